"""Another role or other hours from a day on. What was before stays, so that figures of the past do."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused, demand_version
from portal.workforce.staff.models import EarlierTerms, StaffMember
from portal.workforce.staff.rules.checking import outside_terms, terms_problems
from portal.workforce.staff.rules.counting import Spell
from portal.workforce.staff.rules.words import StaffRole
from portal.workforce.staff.service.cases import row_for

DAY = timedelta(days=1)


def change_terms(
    actor: Actor, member_id: UUID, role: StaffRole, fte: Decimal, first: date, version: int
) -> None:
    """Somebody works in another role or other hours from a day on.

    Raises NotFound, Forbidden, Invalid or Stale.
    """
    with act(actor, "workforce.change-terms", ("staff-member", member_id)) as work:
        member = row_for(actor, StaffMember, member_id)
        demand_version(version, member.version, {"role": member.role, "fte": member.fte})
        present = Spell(member.role, member.fte, since(member), member.ends)
        problems = terms_problems(Spell(role, fte, first), present, clock.today())
        if problems:
            raise Invalid(problems)
        before = EarlierTerms(member_id=member_id, role=member.role, fte=member.fte, starts=present.first)
        before.ends = first - DAY
        db.session.add(before)
        work.note(role=[member.role, role], fte=[member.fte, fte], first=first)
        member.role, member.fte = role, fte
        member.version += 1


def take_back_terms(actor: Actor, member_id: UUID, version: int) -> None:
    """Undo the last change: they work as before. Raises NotFound, Forbidden, Refused (no change) or Stale."""
    with act(actor, "workforce.take-back-terms", ("staff-member", member_id)) as work:
        member = row_for(actor, StaffMember, member_id)
        demand_version(version, member.version, {"role": member.role, "fte": member.fte})
        rows = rows_of(member_id)
        if not rows:
            raise Refused("Their role and hours have not changed since they began.")
        work.note(role=[member.role, rows[-1].role], fte=[member.fte, rows[-1].fte], first=rows[-1].starts)
        member.role, member.fte = rows[-1].role, rows[-1].fte
        member.version += 1
        db.session.delete(rows[-1])


def begin_on(member: StaffMember, starts: date) -> None:
    """Put their first day right in what was before, too. Raises Invalid where that is over by then."""
    rows = rows_of(member.id)
    if rows and starts > rows[0].ends:
        raise Invalid({"starts": outside_terms(rows[0].ends + DAY, "an earlier day")})
    if rows:
        rows[0].starts = starts


def demand_after_changes(member: StaffMember, ends: date) -> None:
    """Raises Invalid where somebody would leave before their role or hours changed."""
    if ends < since(member):
        raise Invalid({"ends": outside_terms(since(member), "that day or a later one")})


def since(member: StaffMember) -> date:
    """From when they work as they do now."""
    rows = rows_of(member.id)
    return rows[-1].ends + DAY if rows else member.starts


def rows_of(member_id: UUID) -> list[EarlierTerms]:
    """What was before, in order."""
    query = select(EarlierTerms).where(EarlierTerms.member_id == member_id).order_by(EarlierTerms.starts)
    return list(db.session.scalars(query))
