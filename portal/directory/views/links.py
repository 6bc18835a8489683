"""The dated links of a service: to provider, supplier, commissioner, EISM and programme."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.forms import PortalForm, summary
from portal.directory import service as verbs
from portal.directory.forms.links import EndForm, StartLinkForm
from portal.directory.models import Service
from portal.directory.queries.profile import service_profile
from portal.directory.rules.settings import LinkKind
from portal.directory.subjects import service_subject
from portal.directory.views.blueprint import blueprint
from portal.directory.views.stale import version_of

_ADMINISTER = May(Permission.SERVICE_ADMINISTER, service_subject, seen_by=Permission.SERVICE_READ)


@blueprint.get("/services/<key>/links")
@access(_ADMINISTER)
def links(key: str) -> str:
    """The links, in force, planned and past, with what can be changed."""
    return render_template(
        "directory/links.html", service=g.subject, profile=service_profile(key), kinds=list(LinkKind)
    )


@blueprint.route("/services/<key>/links/<kind>/start", methods=["GET", "POST"])
@access(_ADMINISTER)
def start_link(key: str, kind: str) -> ResponseReturnValue:
    """Start a link of a kind; the one before ends the day before."""
    if kind not in set(LinkKind):
        raise NotFound("There is no such kind of link.")
    service = g.subject
    form = StartLinkForm(LinkKind(kind), data={"version": str(service.version)})
    failure: Stale | Refused | None = None
    if form.validate_on_submit():
        try:
            verbs.start_link(current_actor(), service.id, version_of(form), form.new_link())
        except Invalid as error:
            form.take(error)
        except (Refused, Stale) as error:
            failure = error
        else:
            flash("The link has been recorded.", "success")
            return redirect(url_for("directory.links", key=key))
    now = service_profile(key).linked(kind)
    return _page("directory/start_link.html", service, form, failure, kind=LinkKind(kind), now=now)


@blueprint.route("/services/<key>/links/<uuid:link_id>/end", methods=["GET", "POST"])
@access(_ADMINISTER)
def end_link(key: str, link_id: UUID) -> ResponseReturnValue:
    """Give a link its last day."""
    service = g.subject
    line = next((line for line in service_profile(key).links if line.id == link_id), None)
    if line is None:
        raise NotFound("There is no such link.")
    form = EndForm(data={"version": str(service.version)})
    failure: Stale | Refused | None = None
    if form.validate_on_submit() and form.ends.data is not None:
        try:
            verbs.end_link(current_actor(), service.id, version_of(form), link_id, form.ends.data)
        except Invalid as error:
            form.take(error)
        except (Refused, Stale) as error:
            failure = error
        else:
            flash("The link has its last day.", "success")
            return redirect(url_for("directory.links", key=key))
    return _page("directory/end_link.html", service, form, failure, line=line)


def _page(
    template: str, service: Service, form: PortalForm, failure: Stale | Refused | None, **more: object
) -> ResponseReturnValue:
    errors = summary(form)
    if failure is not None:
        errors = [{"text": failure.reason, "href": "#main-content"}]
        if isinstance(failure, Stale):
            form.version.process_data(str(failure.version))
    page = render_template(template, service=service, form=form, errors=errors, **more)
    return page, 409 if failure else form.status
