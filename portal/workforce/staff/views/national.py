"""Demand and supply in every region, the growth to every authority, and the workforce strategy."""

from __future__ import annotations

from uuid import UUID

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, may_ever
from portal.core import clock
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.form_pages import FormPage, form_page, version
from portal.workforce.staff.export import regions_csv
from portal.workforce.staff.figures import of, shown
from portal.workforce.staff.forms import ActionForm
from portal.workforce.staff.models import StrategyAction
from portal.workforce.staff.picture import picture
from portal.workforce.staff.queries import actions_of, suppliers_of
from portal.workforce.staff.rules.checking import ActionDetails
from portal.workforce.staff.rules.national import CONTRACT_AUTHORITIES, LEAST
from portal.workforce.staff.rules.words import ActionState, StaffRole
from portal.workforce.staff.service import add_action, edit_action
from portal.workforce.staff.subjects import action_subject
from portal.workforce.staff.views.blueprint import blueprint, csv_file

READ, EDIT = Permission.STAFF_NATIONAL, Permission.STRATEGY_EDIT
ADDRESS = "/workforce/national"


@blueprint.get(ADDRESS)
@access(May(READ))
def national() -> ResponseReturnValue:
    """The national picture with the actions of the workforce strategy."""
    actor, today = current_actor(), clock.today()
    suppliers = dict(suppliers_of(actor, READ))
    return render_template(
        "workforce/staff/national.html",
        picture=picture(actor, today),
        actions=actions_of(list(suppliers)),
        suppliers=suppliers,
        editing=may_ever(actor, EDIT),
        today=today,
        of=of,
        shown=shown,
        roles=StaffRole,
        least=LEAST,
        contract_authorities=CONTRACT_AUTHORITIES,
    )


@blueprint.get(ADDRESS + ".csv")
@access(May(READ))
def national_file() -> ResponseReturnValue:
    """The regions as a file."""
    found = picture(current_actor(), clock.today())
    return csv_file(regions_csv(found.lines), "workforce-by-region")


@blueprint.route(ADDRESS + "/actions/new", methods=["GET", "POST"])
@access(May(EDIT))
def new_action() -> ResponseReturnValue:
    """Add an action to the workforce strategy."""
    suppliers = suppliers_of(current_actor(), EDIT)
    if not suppliers:
        raise NotFound("There is no supplier yet, and so no workforce strategy.")
    form = ActionForm(suppliers)

    def save() -> str:
        supplier = UUID(form.supplier.data) if form.supplier else suppliers[0][0]
        add_action(current_actor(), supplier, _details(form))
        return "Saved: the action."

    return form_page(form, _page("Add an action", "Add the action"), save)


@blueprint.route(ADDRESS + "/actions/<uuid:action_id>", methods=["GET", "POST"])
@access(May(EDIT, action_subject, seen_by=READ))
def change_action(action_id: UUID) -> ResponseReturnValue:
    """Change an action, or say how far it is."""
    row: StrategyAction = g.subject
    values = {
        "text": row.text,
        "owner": row.owner,
        "due": row.due,
        "state": row.state.value,
        "note": row.note,
    }
    own = [one for one in suppliers_of(current_actor(), EDIT) if one[0] == row.supplier_id]
    form = ActionForm(own, data={**values, "version": row.version})

    def save() -> str:
        edit_action(current_actor(), action_id, _details(form), version())
        return "Saved: the action."

    return form_page(form, _page("Change an action"), save)


def _page(title: str, button: str = "Save") -> FormPage:
    intro = "The lead manager and the buyer both keep the workforce strategy."
    return FormPage(title, url_for(".national"), "National workforce", intro, button=button)


def _details(form: ActionForm) -> ActionDetails:
    assert form.due.data is not None  # the form asks for it
    return ActionDetails(
        form.text.data or "",
        form.owner.data or "",
        form.due.data,
        ActionState(form.state.data),
        form.note.data or "",
    )
