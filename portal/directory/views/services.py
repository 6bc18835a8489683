"""Adding, editing, closing and reopening a service."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.form_pages import Differing, FormPage, form_page
from portal.core.forms import summary
from portal.directory import service as verbs
from portal.directory.forms.links import CloseForm, ReopenForm
from portal.directory.forms.services import NewServiceForm, ServiceForm, of_service
from portal.directory.models import Service
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
    page = render_template(
        "directory/new.html", form=form, errors=summary(form), cancel=url_for("directory.index")
    )
    return page, form.status


@blueprint.route("/services/<key>/edit", methods=["GET", "POST"])
@access(_EDIT)
def edit(key: str) -> ResponseReturnValue:
    """Change what is said of a service. A save over a newer one shows both."""
    service = g.subject
    form = ServiceForm(data=of_service(service))

    def save() -> str:
        verbs.edit_service(current_actor(), service.id, version_of(form), form.details())
        return "The service’s details have been saved."

    return form_page(form, _page("directory/edit.html", service, partial(what_stands, form)), save)


@blueprint.route("/services/<key>/close", methods=["GET", "POST"])
@access(_ADMINISTER)
def close(key: str) -> ResponseReturnValue:
    """Close a service on a day, or open a closed one again."""
    service = g.subject
    form = (ReopenForm if service.closed else CloseForm)(data={"version": str(service.version)})
    return form_page(form, _page("directory/close.html", service), lambda: _close_or_reopen(service, form))


def _close_or_reopen(service: Service, form: Any) -> str:
    if isinstance(form, ReopenForm):
        verbs.reopen_service(current_actor(), service.id, version_of(form))
        return f"{service.name} is open again."
    verbs.close_service(current_actor(), service.id, version_of(form), form.closed.data)
    return f"{service.name} has been given a closing date."


def _page(template: str, service: Service, stands: Callable[[Stale], Differing] | None = None) -> FormPage:
    back = f"/services/{service.key}"
    return FormPage(back=back, template=template, context={"service": service, "cancel": back}, stands=stands)
