"""Somebody who left Alder's service, a funded post, an entry, an action of the strategy: see `things`."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.workforce.staff.models import FundedPosts, StaffEntry
from portal.workforce.staff.rules.checking import ActionDetails, EntryDetails, MemberDetails
from portal.workforce.staff.rules.words import EntryKind, StaffRole
from portal.workforce.staff.service import add_action, add_member, end_member, fund_posts, log_entry
from tests.integration.access import world

ON = "workforce"
MEMBER, ACTION = world.id_of("staff-member"), world.id_of("workforce-action")


def fill() -> None:
    """Write them. The person's version is 2."""
    manager, service = world.actor("manager"), world.id_of("service-draft")
    since = clock.today() - timedelta(days=100)
    add_member(manager, service, MemberDetails("Iris Ford", StaffRole.SPECIALIST, Decimal(1), since), MEMBER)
    end_member(manager, MEMBER, clock.today() - timedelta(days=1), 1)
    fund_posts(manager, service, StaffRole.SPECIALIST, Decimal(2), since)
    log_entry(manager, service, EntryDetails(EntryKind.TEAM, since))
    action = ActionDetails("Recruit", "OHID", date(2027, 3, 31))
    add_action(world.actor("lead"), world.id_of("north"), action, ACTION)


def ids() -> dict[str, UUID]:
    """Their ids, as addresses have them."""
    return {
        "member_id": MEMBER,
        "action_id": ACTION,
        "funding_id": db.session.scalars(select(FundedPosts.id)).one(),
        "entry_id": db.session.scalars(select(StaffEntry.id)).one(),
    }
