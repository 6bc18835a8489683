"""Keeping what no figure tells: activities, milestones, risks, changes of the lead manager, actions.

One table says of each kind of record where it is kept and who may change it; three verbs do the rest.
"""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.cycle.models import (
    ActivityEntry,
    ManagerChange,
    MeetingAction,
    Milestone,
    OfContract,
    RiskEntry,
)
from portal.contracts.cycle.rules.records import (
    ActionDetails,
    ActivityDetails,
    Details,
    ManagerDetails,
    MilestoneDetails,
    RiskDetails,
)
from portal.contracts.cycle.service.loading import contract_for, quarter_within, row_for
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, demand_version


@dataclass(frozen=True)
class Kept:
    """A kind of record: its table, what is entered, who may, and how the audit names it."""

    name: str
    model: type[Any]
    details: type[Any]
    permission: Permission


ACTIVITY = Kept("activity", ActivityEntry, ActivityDetails, Permission.CONTRACT_REPORT)
MILESTONE = Kept("milestone", Milestone, MilestoneDetails, Permission.CONTRACT_MEET)
RISK = Kept("risk", RiskEntry, RiskDetails, Permission.CONTRACT_MEET)
MANAGER = Kept("manager", ManagerChange, ManagerDetails, Permission.CONTRACT_REPORT)
ACTION = Kept("action", MeetingAction, ActionDetails, Permission.CONTRACT_MEET)
KINDS = {one.name: one for one in (ACTIVITY, MILESTONE, RISK, MANAGER, ACTION)}


def add(actor: Actor, kind: Kept, key: str, details: Details, id_: UUID | None = None, **more: Any) -> UUID:
    """Keep a record of a contract. `more`: the quarter of an activity, the meeting of an action.

    Returns its id. Raises NotFound, Forbidden or Invalid.
    """
    row_id = id_ or uuid.uuid4()
    with act(actor, f"contract.add-{kind.name}", (kind.name, row_id)) as work:
        contract = contract_for(actor, key, kind.permission)
        if "quarter" in more:
            quarter_within(contract, more["quarter"])
        _demand_sound(details)
        row = kind.model(id=row_id, contract_key=key, **more)
        put(row, details)
        db.session.add(row)
        work.note(contract=key, **more)
    return row_id


def edit(actor: Actor, kind: Kept, id_: UUID, details: Details, version: int) -> bool:
    """Change a record. Returns whether anything changed. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, f"contract.edit-{kind.name}", (kind.name, id_)) as work:
        row = row_for(actor, kind.model, id_, kind.permission)
        before = read(row, kind)
        if before == details:
            work.unchanged()
            return False
        demand_version(version, row.version, shown(before))
        _demand_sound(details)
        put(row, details)
        row.version += 1
        was = shown(before)
        work.note(contract=row.contract_key, changed=[k for k, v in shown(details).items() if v != was[k]])
        return True


def remove(actor: Actor, kind: Kept, id_: UUID, version: int) -> None:
    """Take back a record that was a mistake. Raises NotFound, Forbidden or Stale."""
    with act(actor, f"contract.remove-{kind.name}", (kind.name, id_)) as work:
        row = row_for(actor, kind.model, id_, kind.permission)
        demand_version(version, row.version, shown(read(row, kind)))
        db.session.delete(row)
        work.note(contract=row.contract_key)


def read(row: OfContract, kind: Kept) -> Any:
    """A record as it would be entered."""
    return kind.details(**{one.name: getattr(row, one.name) for one in dataclasses.fields(kind.details)})


def found(kind: Kept, id_: UUID) -> OfContract:
    """A record. Raises NotFound."""
    row: OfContract | None = db.session.get(kind.model, id_)
    if row is None:
        raise NotFound("This is no longer there.")
    return row


def put(row: OfContract, details: Details) -> None:
    """Write what was entered into a row."""
    for name, value in shown(details).items():
        setattr(row, name, value)


def shown(details: Details) -> dict[str, Any]:
    """What was entered, by field."""
    return dict(vars(details))


def _demand_sound(details: Details) -> None:
    problems = details.problems(clock.today())
    if problems:
        raise Invalid(problems)
