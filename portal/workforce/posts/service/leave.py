"""Leave of an EISM: adding, changing, and taking back a mistake."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, demand_version
from portal.workforce.posts.definitions import leave_kinds
from portal.workforce.posts.models import EismLeave
from portal.workforce.posts.service.cases import eism_for, leave_for


@dataclass(frozen=True)
class LeaveDetails:
    """Leave as it is entered. Without a last day it goes on."""

    kind: str
    starts: date
    ends: date | None


def add_leave(actor: Actor, eism_id: UUID, details: LeaveDetails, id_: UUID | None = None) -> UUID:
    """Record leave. Two leaves may overlap: a day is taken once. Raises NotFound, Forbidden or Invalid.

    The audit says that there is leave, never of which kind.
    """
    leave_id = id_ or uuid.uuid4()
    with act(actor, "workforce.add-leave", ("eism-leave", leave_id)) as work:
        eism_for(actor, eism_id)
        _demand_sound(details)
        row = EismLeave(id=leave_id, eism_id=eism_id, kind=details.kind, starts=details.starts)
        row.ends = details.ends
        db.session.add(row)
        work.note(eism=eism_id, starts=details.starts, ends=details.ends)
    return leave_id


def change_leave(actor: Actor, leave_id: UUID, details: LeaveDetails, version: int) -> None:
    """Put leave right, or say when it ends. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "workforce.change-leave", ("eism-leave", leave_id)) as work:
        row = leave_for(actor, leave_id)
        before = LeaveDetails(row.kind, row.starts, row.ends)
        demand_version(version, row.version, vars(before))
        _demand_sound(details)
        if details == before:
            work.unchanged()
            return
        work.note(eism=row.eism_id, starts=[before.starts, details.starts], ends=[before.ends, details.ends])
        row.kind, row.starts, row.ends = details.kind, details.starts, details.ends
        row.version += 1


def remove_leave(actor: Actor, leave_id: UUID, version: int) -> None:
    """Take back leave that was entered by mistake. Raises NotFound, Forbidden or Stale."""
    with act(actor, "workforce.remove-leave", ("eism-leave", leave_id)) as work:
        row = leave_for(actor, leave_id)
        demand_version(version, row.version, {})
        work.note(eism=row.eism_id, starts=row.starts, ends=row.ends)
        db.session.delete(row)


def _demand_sound(details: LeaveDetails) -> None:
    if details.kind not in leave_kinds():
        raise Invalid({"kind": "Choose the kind of leave"})
    if details.ends is not None and details.ends < details.starts:
        raise Invalid({"ends": "The leave must end on or after the day it starts"})
