"""What a service says of itself to the public: writing it, publishing it, taking it away."""

from __future__ import annotations

from functools import partial

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.db import db
from portal.core.errors import Refused, Stale
from portal.core.form_pages import Differing, FormPage, form_page
from portal.core.forms import summary
from portal.directory.forms.public_page import PublicPageForm
from portal.directory.public_models import ServicePublicPage
from portal.directory.rules.public import LABELS
from portal.directory.service.public_page import details_of, save_public_page, show_public_page
from portal.directory.subjects import service_subject
from portal.directory.views.blueprint import blueprint
from portal.directory.views.stale import version_of

TEMPLATE = "directory/public_page.html"
_EDIT = May(Permission.SERVICE_EDIT, service_subject, seen_by=Permission.SERVICE_READ)


@blueprint.route("/services/<key>/public-page", methods=["GET", "POST"])
@access(_EDIT)
def public_page(key: str) -> ResponseReturnValue:
    """Write the page. A save over a newer one shows both."""
    written = db.session.get(ServicePublicPage, g.subject.id)
    start = details_of(written).values() | {"version": str(written.version)} if written else None
    form = PublicPageForm(data=start)

    def save() -> str:
        save_public_page(current_actor(), g.subject.id, form.details(), version_of(form))
        return "The public page has been saved."

    page = FormPage(
        back=url_for(".public_page", key=key),
        template=TEMPLATE,
        context={"service": g.subject, "written": written},
        stands=partial(_both, form),
    )
    return form_page(form, page, save)


@blueprint.post("/services/<key>/public-page/<any(publish,hide):action>")
@access(_EDIT)
def show_page(key: str, action: str) -> ResponseReturnValue:
    """Publish the page or take it away."""
    try:
        show_public_page(current_actor(), g.subject.id, action == "publish")
    except Refused as error:
        written = db.session.get(ServicePublicPage, g.subject.id)
        form = PublicPageForm(formdata=None, data=details_of(written).values() if written else None)
        form.version.process_data(str(written.version if written else 0))
        form.form_errors.append(error.reason)
        shown = {"service": g.subject, "written": written, "errors": summary(form)}
        return render_template(TEMPLATE, form=form, **shown), 409
    said = "can be found by everybody" if action == "publish" else "is no longer shown to the public"
    flash(f"The page {said}.", "success")
    return redirect(url_for(".public_page", key=key), 303)


def _both(form: PublicPageForm, stale: Stale) -> Differing:
    """(label, typed, as it stands) of each field that differs."""
    typed, now = form.details().values(), stale.current
    return [
        (label, typed[name], str(now.get(name, "")))
        for name, label in LABELS.items()
        if typed[name] != now.get(name, "")
    ]
