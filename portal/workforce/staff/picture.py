"""Demand and supply in every region, as the national page shows them: counts only, small groups hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core.rules.rate import Rate
from portal.workforce.staff.queries import Everywhere, everywhere
from portal.workforce.staff.rules.counting import Spell, role_lines, turnover
from portal.workforce.staff.rules.national import Growth, hidden, total_is_hidden
from portal.workforce.staff.rules.words import StaffRole


@dataclass(frozen=True)
class RegionLine:
    """A region, or all of them. What is counted from people is None where it is hidden."""

    name: str
    services: int
    recorded: int  # services that have recorded people or funded posts
    funded: Decimal
    filled: Decimal | None
    vacant: Decimal | None
    turnover: Rate | None
    roles: dict[StaffRole, Decimal] | None  # filled FTE of each role; None where one role is a small group

    @property
    def is_hidden(self) -> bool:
        return self.filled is None


@dataclass(frozen=True)
class Picture:
    """The national picture."""

    regions: tuple[RegionLine, ...]
    total: RegionLine
    growth: Growth

    @property
    def lines(self) -> tuple[RegionLine, ...]:
        """Every region, then all of them."""
        return (*self.regions, self.total)

    @property
    def hides(self) -> bool:
        return any(one.is_hidden for one in self.lines)


def picture(actor: Actor, today: date) -> Picture:
    """Every region within the person's reach. Five statements."""
    found = everywhere(actor, today)
    by_region: dict[str, list[UUID]] = {}
    for service_id, region in found.regions.items():
        by_region.setdefault(region, []).append(service_id)
    people = {name: _people(found, ids, today) for name, ids in by_region.items()}
    small = hidden(people)
    lines = tuple(
        _line(name, by_region[name], found, today, show=name not in small) for name in sorted(by_region)
    )
    total = _line("All regions", list(found.regions), found, today, show=not total_is_hidden(people))
    return Picture(lines, total, growth_of(found, today))


def growth_of(found: Everywhere, today: date) -> Growth:
    """Authorities with a drug and alcohol service, and the FTE funded where that is known."""
    known = {code: ids for code, ids in found.covered.items() if any(one in found.funded for one in ids)}
    services = set().union(*known.values())
    funded = sum((_funded(found, one, today) for one in services), Fraction(0))
    return Growth(len(found.covered), found.authorities, len(known), funded)


def _people(found: Everywhere, ids: Iterable[UUID], today: date) -> int:
    """The fewest people that a figure is counted from: those there today, else those turnover counts."""
    spells = [spell for one in ids for spell in found.spells.get(one, ())]
    return sum(spell.covers(today) for spell in spells) or len(spells)


def _line(name: str, ids: list[UUID], found: Everywhere, today: date, *, show: bool) -> RegionLine:
    lines = [
        line
        for one in ids
        for line in role_lines(found.spells.get(one, ()), found.funded.get(one, ()), today)
    ]
    spells: list[Spell] = [spell for one in ids for spell in found.spells.get(one, ())]
    roles = {
        role: sum((line.filled for line in lines if line.role is role), Decimal(0)) for role in StaffRole
    }
    people = {role: sum(line.people for line in lines if line.role is role) for role in StaffRole}
    return RegionLine(
        name,
        len(ids),
        sum(one in found.spells or one in found.funded for one in ids),
        sum((line.funded or Decimal(0) for line in lines), Decimal(0)),
        sum(roles.values(), Decimal(0)) if show else None,
        sum((line.vacant for line in lines), Decimal(0)) if show else None,
        turnover(spells, today) if show else None,
        roles if show and not hidden(people) else None,
    )


def _funded(found: Everywhere, service_id: UUID, today: date) -> Fraction:
    lines = role_lines((), found.funded.get(service_id, ()), today)
    return sum((Fraction(line.funded or 0) for line in lines), Fraction(0))
