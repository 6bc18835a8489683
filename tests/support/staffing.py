"""Services' workforce for tests: people, funded posts and what is logged, with days counted from today."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from portal.core import clock
from portal.workforce.staff.rules.checking import EntryDetails, MemberDetails
from portal.workforce.staff.rules.words import EntryKind, StaffRole
from portal.workforce.staff.service import add_member, log_entry
from tests.support.assessing import SERVICE, actor

KEY = "alder-ips"


def day(count: int) -> date:
    """So many days from today."""
    return clock.today() + timedelta(days=count)


def details(
    name: str = "Ann", role: StaffRole = StaffRole.SPECIALIST, fte: str = "1", first: int = -400
) -> MemberDetails:
    return MemberDetails(name, role, Decimal(fte), day(first))


def member(
    name: str = "Ann", role: StaffRole = StaffRole.SPECIALIST, fte: str = "1", first: int = -400
) -> UUID:
    """Somebody works in the world's first service."""
    return add_member(actor("manager"), SERVICE, details(name, role, fte, first))


def logged(
    kind: EntryKind,
    on: int,
    member_id: UUID | None = None,
    count: int | None = None,
    out_of: int | None = None,
) -> UUID:
    """Something took place so many days from today."""
    entry = EntryDetails(kind, day(on), member_id, count, out_of, minuted=True)
    return log_entry(actor("manager"), SERVICE, entry)
