"""Actions of the workforce strategy, which buyer and supplier keep together (OHID specification 3.8)."""

from __future__ import annotations

import uuid
from uuid import UUID

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.accounts.rules.roles import OrganisationKind
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, demand_version
from portal.workforce.staff.models import StrategyAction
from portal.workforce.staff.rules.checking import ActionDetails, action_problems


def add_action(actor: Actor, supplier_id: UUID, details: ActionDetails, id_: UUID | None = None) -> UUID:
    """An action of this supplier's contract. Returns its id. Raises NotFound, Forbidden or Invalid."""
    action_id = id_ or uuid.uuid4()
    with act(actor, "workforce.add-action", ("workforce-action", action_id)) as work:
        demand(actor, Permission.STRATEGY_EDIT, Links(supplier=supplier_id))
        supplier = db.session.get(Organisation, supplier_id)
        if supplier is None or supplier.kind is not OrganisationKind.SUPPLIER:
            raise NotFound("There is no such supplier.")
        _demand_sound(details)
        row = StrategyAction(id=action_id, supplier_id=supplier_id)
        _put(row, details)
        db.session.add(row)
        work.note(supplier=supplier_id, due=details.due)
    return action_id


def edit_action(actor: Actor, action_id: UUID, details: ActionDetails, version: int) -> None:
    """Change an action or how far it is. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "workforce.edit-action", ("workforce-action", action_id)) as work:
        row = db.session.get(StrategyAction, action_id, populate_existing=True, with_for_update=True)
        if row is None:
            raise NotFound("There is no such action.")
        demand(actor, Permission.STRATEGY_EDIT, Links(supplier=row.supplier_id))
        before = action_of(row)
        demand_version(version, row.version, vars(before))
        _demand_sound(details)
        if details == before:
            work.unchanged()
            return
        _put(row, details)
        row.version += 1
        work.note(state=details.state, changed=[k for k, v in vars(details).items() if v != vars(before)[k]])


def action_of(row: StrategyAction) -> ActionDetails:
    """An action as a form shows it."""
    return ActionDetails(row.text, row.owner, row.due, row.state, row.note)


def _put(row: StrategyAction, details: ActionDetails) -> None:
    for name, value in vars(details).items():
        setattr(row, name, value)


def _demand_sound(details: ActionDetails) -> None:
    problems = action_problems(details)
    if problems:
        raise Invalid(problems)
