"""People in one's own organisation, for the managers of providers."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import queries
from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.forms.people import StaffForm, organisation_choices
from portal.accounts.models import Organisation
from portal.accounts.rules.permissions import Permission, reaches
from portal.accounts.rules.roles import STAFF_ROLES, Role
from portal.accounts.service import people as service
from portal.accounts.views.blueprint import blueprint
from portal.core.access import access
from portal.core.errors import Invalid, NotFound
from portal.core.forms import summary

INVITE = Permission.ACCOUNTS_INVITE_STAFF


@blueprint.get("/our-people")
@access(May(INVITE))
def staff() -> ResponseReturnValue:
    own = _own()
    chosen = _chosen(own, request.args.get("organisation"))
    rows, paging = queries.staff(chosen.id, request.args.get("page"))
    return render_template(
        "accounts/staff.html", own=own, chosen=chosen, rows=rows, paging=paging, staff_roles=STAFF_ROLES
    )


@blueprint.route("/our-people/new", methods=["GET", "POST"])
@access(May(INVITE))
def invite_staff() -> ResponseReturnValue:
    own, form = _own(), StaffForm()
    form.organisation.choices = organisation_choices(own)
    if request.method == "GET":
        form.organisation.data = str(_chosen(own, request.args.get("organisation")).id)
    if form.validate_on_submit():
        try:
            organisation_id, role = UUID(form.organisation.data), Role(form.role.data)
            invitee = service.Invitee(form.name.data, form.email.data, organisation_id, role)
            service.invite(current_actor(), invitee)
        except Invalid as error:
            form.take(error)
        else:
            flash(f"{form.name.data} is invited. The link is on its way by email.", "success")
            return redirect(url_for("accounts.staff", organisation=organisation_id))
    page = render_template("accounts/invite_staff.html", form=form, own=own, errors=summary(form))
    return page, form.status


def _own() -> list[Organisation]:
    """The organisations that the actor manages."""
    return list(queries.choices({held.organisation_id for held, _ in reaches(current_actor(), INVITE)}))


def _chosen(own: list[Organisation], asked: str | None) -> Organisation:
    if asked is None:
        return own[0]
    found = next((row for row in own if str(row.id) == asked), None)
    if found is None:
        raise NotFound("There is no organisation of yours at this address.")
    return found
