"""Adding, editing, closing and reopening a service."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.forms import PortalForm, summary
from portal.directory import service as verbs
from portal.directory.forms.links import CloseForm, ReopenForm
from portal.directory.forms.services import NewServiceForm, ServiceForm, of_service
from portal.directory.subjects import service_subject
from portal.directory.views.blueprint import blueprint
from portal.directory.views.stale import version_of, what_stands

_ADMINISTER = May(Permission.SERVICE_ADMINISTER, service_subject, seen_by=Permission.SERVICE_READ)
_EDIT = May(Permission.SERVICE_EDIT, service_subject, seen_by=Permission.SERVICE_READ)


@blueprint.route("/services/new", methods=["GET", "POST"])
@access(May(Permission.SERVICE_CREATE))
def new() -> ResponseReturnValue:
    """Add a service with its first links."""
    form = NewServiceForm()
    if form.validate_on_submit():
        try:
            service = verbs.create_service(current_actor(), form.details(), form.links())
        except Invalid as error:
            form.take(error)
        else:
            flash(f"{service.name} has been added.", "success")
            return redirect(f"/services/{service.key}")
    return _page("directory/new.html", form, service=None)


@blueprint.route("/services/<key>/edit", methods=["GET", "POST"])
@access(_EDIT)
def edit(key: str) -> ResponseReturnValue:
    """Change what is said of a service. A save over a newer one shows both."""
    service = g.subject
    form = ServiceForm(data=of_service(service))
    stale: Stale | None = None
    if form.validate_on_submit():
        try:
            verbs.edit_service(current_actor(), service.id, version_of(form), form.details())
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale = error
        else:
            flash("The service’s details have been saved.", "success")
            return redirect(f"/services/{key}")
    rows = what_stands(form, stale) if stale else []
    return _page("directory/edit.html", form, service=service, stale=stale, stands=rows)


@blueprint.route("/services/<key>/close", methods=["GET", "POST"])
@access(_ADMINISTER)
def close(key: str) -> ResponseReturnValue:
    """Close a service on a day, or open a closed one again."""
    service = g.subject
    form = (ReopenForm if service.closed else CloseForm)(data={"version": str(service.version)})
    stale: Stale | None = None
    if form.validate_on_submit():
        try:
            message = _close_or_reopen(service, form)
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale = error
        else:
            flash(message, "success")
            return redirect(f"/services/{key}")
    return _page("directory/close.html", form, service=service, stale=stale)


def _close_or_reopen(service: Any, form: Any) -> str:
    if isinstance(form, ReopenForm):
        verbs.reopen_service(current_actor(), service.id, version_of(form))
        return f"{service.name} is open again."
    verbs.close_service(current_actor(), service.id, version_of(form), form.closed.data)
    return f"{service.name} has been given a closing date."


def _page(template: str, form: PortalForm, **more: Any) -> ResponseReturnValue:
    stale: Stale | None = more.get("stale")
    errors = summary(form)
    if stale is not None:
        form.version.process_data(str(stale.version))  # saving again is then a choice made knowingly
        errors = [{"text": stale.reason, "href": "#stale"}]
    status = 409 if stale else form.status
    return render_template(template, form=form, errors=errors, cancel=_back(more["service"]), **more), status


def _back(service: Any) -> str:
    return f"/services/{service.key}" if service else url_for("directory.index")
