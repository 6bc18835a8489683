"""Vetting checks of an EISM: adding, changing, and taking back a mistake."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, demand_version
from portal.workforce.posts.definitions import check_kinds
from portal.workforce.posts.models import EismCheck
from portal.workforce.posts.service.cases import check_for, eism_for


@dataclass(frozen=True)
class CheckDetails:
    """A check as it is entered. Without a last day it does not lapse."""

    kind: str
    checked_on: date
    valid_until: date | None


def add_check(actor: Actor, eism_id: UUID, details: CheckDetails, id_: UUID | None = None) -> UUID:
    """Record a check. What it found is kept nowhere. Raises NotFound, Forbidden or Invalid."""
    check_id = id_ or uuid.uuid4()
    with act(actor, "workforce.add-check", ("eism-check", check_id)) as work:
        eism_for(actor, eism_id)
        _demand_sound(details)
        row = EismCheck(id=check_id, eism_id=eism_id, kind=details.kind, checked_on=details.checked_on)
        row.valid_until = details.valid_until
        db.session.add(row)
        work.note(eism=eism_id, kind=details.kind, valid_until=details.valid_until)
    return check_id


def change_check(actor: Actor, check_id: UUID, details: CheckDetails, version: int) -> None:
    """Put a check right. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "workforce.change-check", ("eism-check", check_id)) as work:
        row = check_for(actor, check_id)
        before = CheckDetails(row.kind, row.checked_on, row.valid_until)
        demand_version(version, row.version, vars(before))
        _demand_sound(details)
        if details == before:
            work.unchanged()
            return
        work.note(eism=row.eism_id, valid_until=[before.valid_until, details.valid_until])
        row.kind, row.checked_on, row.valid_until = details.kind, details.checked_on, details.valid_until
        row.version += 1


def remove_check(actor: Actor, check_id: UUID, version: int) -> None:
    """Take back a check that was entered by mistake. Raises NotFound, Forbidden or Stale."""
    with act(actor, "workforce.remove-check", ("eism-check", check_id)) as work:
        row = check_for(actor, check_id)
        demand_version(version, row.version, {})
        work.note(eism=row.eism_id, kind=row.kind, valid_until=row.valid_until)
        db.session.delete(row)


def _demand_sound(details: CheckDetails) -> None:
    if details.kind not in check_kinds():
        raise Invalid({"kind": "Choose the kind of check"})
    if details.checked_on > clock.today():
        raise Invalid({"checked_on": "The day of the check cannot be in the future"})
    if details.valid_until is not None and details.valid_until < details.checked_on:
        raise Invalid({"valid_until": "The check must be valid on the day it was made"})
