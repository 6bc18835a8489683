"""What a service says of itself to the public: writing it, publishing it, taking it away."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.db import db
from portal.core.errors import Invalid, Refused, Stale
from portal.core.forms import summary
from portal.directory.forms.public_page import PublicPageForm
from portal.directory.public_models import ServicePublicPage
from portal.directory.rules.public import LABELS
from portal.directory.service.public_page import details_of, save_public_page, show_public_page
from portal.directory.subjects import service_subject
from portal.directory.views.blueprint import blueprint
from portal.directory.views.stale import version_of

_EDIT = May(Permission.SERVICE_EDIT, service_subject, seen_by=Permission.SERVICE_READ)


@blueprint.route("/services/<key>/public-page", methods=["GET", "POST"])
@access(_EDIT)
def public_page(key: str) -> ResponseReturnValue:
    """Write the page. A save over a newer one shows both."""
    page = db.session.get(ServicePublicPage, g.subject.id)
    start = details_of(page).values() | {"version": str(page.version)} if page else None
    form = PublicPageForm(data=start)
    stale: Stale | None = None
    if form.validate_on_submit():
        try:
            save_public_page(current_actor(), g.subject.id, form.details(), version_of(form))
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale = error
        else:
            flash("The public page has been saved.", "success")
            return redirect(url_for(".public_page", key=key), 303)
    return _page(form, page, stale)


@blueprint.post("/services/<key>/public-page/<any(publish,hide):action>")
@access(_EDIT)
def show_page(key: str, action: str) -> ResponseReturnValue:
    """Publish the page or take it away."""
    try:
        show_public_page(current_actor(), g.subject.id, action == "publish")
    except Refused as error:
        page = db.session.get(ServicePublicPage, g.subject.id)
        form = PublicPageForm(formdata=None, data=details_of(page).values() if page else None)
        form.version.process_data(str(page.version if page else 0))
        form.form_errors.append(error.reason)
        return _page(form, page, None)[0], 409
    said = "can be found by everybody" if action == "publish" else "is no longer shown to the public"
    flash(f"The page {said}.", "success")
    return redirect(url_for(".public_page", key=key), 303)


def _page(form: PublicPageForm, page: ServicePublicPage | None, stale: Stale | None) -> tuple[str, int]:
    errors, stands = summary(form), []
    if stale is not None:
        typed, now = form.details().values(), stale.current
        stands = [
            (label, typed[name], str(now.get(name, "")))
            for name, label in LABELS.items()
            if typed[name] != now.get(name, "")
        ]
        form.version.process_data(str(stale.version))  # saving again is then a choice made knowingly
        errors = [{"text": stale.reason, "href": "#stale"}]
    drawn = render_template(
        "directory/public_page.html",
        service=g.subject,
        page=page,
        form=form,
        stale=stale,
        stands=stands,
        errors=errors,
    )
    return drawn, 409 if stale else form.status
