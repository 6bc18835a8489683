"""FTE, vacancies, turnover, caseloads and the team leader ratio of a service, as exact fractions.

Sources: West Midlands appendix 6, item 5 (one team leader to at most ten employment specialists); each
programme's caseload cap; turnover by the formula on the page. First and last days are included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from portal.core.rules.months import months_before
from portal.core.rules.rate import Rate, rate
from portal.core.rules.spans import Lasting
from portal.workforce.staff.rules.words import StaffRole

DAY = timedelta(days=1)
MOST_PER_LEADER = 10
TURNOVER_MONTHS = 12


@dataclass(frozen=True)
class Spell(Lasting):
    """Somebody works in a role at this FTE from a day to a day; without a last day they go on."""

    role: StaffRole
    fte: Decimal
    first: date
    last: date | None = None


def terms(present: Spell, earlier: Sequence[Spell]) -> list[Spell]:
    """Every role and FTE that somebody had. `present`: as they work now, dated from their first day.

    `earlier`: what was before it, in order; the present one begins on the day after.
    """
    if not earlier or earlier[-1].last is None:
        return [present]
    return [*earlier, replace(present, first=earlier[-1].last + DAY)]


@dataclass(frozen=True)
class RoleLine:
    """A role's FTE on a day: funded (None where nobody has said), filled, people, and what is missing."""

    role: StaffRole
    funded: Decimal | None
    filled: Decimal
    people: int

    @property
    def vacant(self) -> Decimal:
        """Funded FTE that nobody fills. Never below nought: more people than funded fill no other role."""
        return max(Decimal(0), (self.funded or Decimal(0)) - self.filled)


@dataclass(frozen=True)
class Load:
    """Somebody's clients against the cap in proportion to their hours."""

    clients: int
    fte: Decimal
    cap: Decimal

    @property
    def limit(self) -> Fraction:
        return Fraction(self.cap) * Fraction(self.fte)

    @property
    def per_fte(self) -> Fraction:
        return Fraction(self.clients) / Fraction(self.fte)

    @property
    def is_over(self) -> bool:
        """More clients than the cap allows; as many as it allows are not over."""
        return self.clients > self.limit


def role_lines(
    spells: Sequence[Spell], funded: Iterable[tuple[StaffRole, date, Decimal]], on: date
) -> tuple[RoleLine, ...]:
    """Each role on a day. `funded`: the FTE of a role from a day on; the newest by then counts."""
    newest: dict[StaffRole, tuple[date, Decimal]] = {}
    for role, starts, fte in funded:
        if starts <= on and (role not in newest or starts > newest[role][0]):
            newest[role] = (starts, fte)
    lines = []
    for role in StaffRole:
        there = [one for one in spells if one.role is role and one.covers(on)]
        filled = sum((one.fte for one in there), Decimal(0))
        lines.append(RoleLine(role, newest[role][1] if role in newest else None, filled, len(there)))
    return tuple(lines)


def turnover(spells: Sequence[Spell], today: date) -> Rate:
    """Leavers ÷ average headcount over the twelve months to yesterday.

    Somebody leaves when their last day lies in these months. The average is person-days ÷ days, from the
    first of these days on which anybody worked there, so that a new service is not counted as empty.
    """
    last = today - DAY
    first = months_before(today, TURNOVER_MONTHS)
    present = [one for one in spells if one.meets(first, last)]
    if not present:
        return rate(0, 0)
    first = max(first, min(one.first for one in present))
    leavers = sum(one.last is not None and one.last <= last for one in present)
    days = sum((min(one.last or last, last) - max(one.first, first)).days + 1 for one in present)
    return rate(leavers, Fraction(days, (last - first).days + 1))


@dataclass(frozen=True)
class Ratio:
    """FTE of employment specialists, seniors included, to FTE of team leaders."""

    specialists: Fraction
    leaders: Fraction

    @property
    def per_leader(self) -> Fraction | None:
        return self.specialists / self.leaders if self.leaders else None

    @property
    def is_over(self) -> bool:
        """More than ten to one, or nobody leads. Exactly ten to one is not over."""
        return self.specialists > MOST_PER_LEADER * self.leaders


def leader_ratio(lines: Iterable[RoleLine]) -> Ratio:
    """The ratio on the day of these lines."""
    lines = tuple(lines)
    specialists = sum((Fraction(one.filled) for one in lines if one.role.has_caseload), Fraction(0))
    leaders = sum((Fraction(one.filled) for one in lines if not one.role.has_caseload), Fraction(0))
    return Ratio(specialists, leaders)
