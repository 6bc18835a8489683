"""The full-time equivalent of EISMs employed in a period, as an exact fraction, with its sum day by day.

FTE-days employed ÷ days of the period (or of the part that the contract covers) ÷ target (contract.md,
“How each percentage is made”, indicator 1). A person at 0.6 FTE for half a quarter counts 0.3; over 100%
stays over 100%. First and last days are included.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from portal.core.rules.rate import Rate, rate
from portal.core.rules.spans import Lasting
from portal.workforce.posts.rules.terms import ContractTerms

DAY = timedelta(days=1)
FULL_TIME = Decimal(1)


@dataclass(frozen=True)
class Spell(Lasting):
    """A person holds a post at this FTE from a day to a day; without a last day it goes on."""

    person: str
    name: str
    post: str
    fte: Decimal
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Leave(Lasting):
    """A person is on leave from a day to a day. `counts`: they count as employed all the same."""

    person: str
    kind: str
    counts: bool
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Part:
    """What one spell adds on each day of a run: its FTE, or nothing while the person is on such leave."""

    person: str
    name: str
    post: str
    fte: Decimal
    away: str = ""  # the kind of leave that does not count

    @property
    def counted(self) -> Decimal:
        return Decimal(0) if self.away else self.fte


@dataclass(frozen=True)
class Run:
    """Days in a row with the same people at the same FTE."""

    first: date
    last: date
    parts: tuple[Part, ...]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @cached_property
    def counted(self) -> Decimal:
        """FTE on each of the days: a sum of numbers of two decimal places, and so exact."""
        return sum((part.counted for part in self.parts), Decimal(0))

    @property
    def fte(self) -> Fraction:
        return Fraction(self.counted)

    @property
    def fte_days(self) -> Fraction:
        return self.days * self.fte


@dataclass(frozen=True)
class Breakdown:
    """The figure of a period with all it was counted from. `covered`: the days within the contract."""

    first: date
    last: date
    covered: tuple[date, date] | None
    target: Decimal
    runs: tuple[Run, ...]

    @property
    def days(self) -> int:
        """The days counted."""
        return (self.covered[1] - self.covered[0]).days + 1 if self.covered else 0

    @property
    def is_part(self) -> bool:
        """Whether the contract covers some of the period's days only."""
        return self.days < (self.last - self.first).days + 1

    @cached_property
    def total(self) -> Fraction:
        """FTE-days employed."""
        return Fraction(sum((run.days * run.counted for run in self.runs), Decimal(0)))

    @property
    def average(self) -> Fraction | None:
        """FTE employed on average; None where the contract covers no day."""
        return self.total / self.days if self.days else None

    @property
    def rate(self) -> Rate:
        """FTE-days employed of those that the target asks for."""
        return rate(self.total, self.days * Fraction(self.target))

    @property
    def over_full_time(self) -> tuple[str, ...]:
        """Who counts for more than full time on some day, by name: their posts overlap."""
        found = {
            part.name
            for run in self.runs
            for part in run.parts
            if sum((other.counted for other in run.parts if other.person == part.person), Decimal(0))
            > FULL_TIME
        }
        return tuple(sorted(found))


def breakdown(
    spells: Iterable[Spell], leaves: Iterable[Leave], period: tuple[date, date], terms: ContractTerms
) -> Breakdown:
    """The figure of a period, both days included."""
    covered = terms.covered(*period)
    found = runs(list(spells), list(leaves), *covered) if covered else ()
    return Breakdown(period[0], period[1], covered, terms.target, found)


def runs(spells: Sequence[Spell], leaves: Sequence[Leave], first: date, last: date) -> tuple[Run, ...]:
    """The days from first to last, gathered into runs. A day with nobody is in a run too."""
    there = sorted(
        (spell for spell in spells if spell.meets(first, last)),
        key=lambda one: (one.name.casefold(), one.post, one.first),
    )
    uncounted = [leave for leave in leaves if not leave.counts and leave.meets(first, last)]
    days = _edges(
        [(one.first, one.last) for one in there] + [(one.first, one.last) for one in uncounted], first, last
    )
    found: list[Run] = []
    whole = [(spell, Part(spell.person, spell.name, spell.post, spell.fte)) for spell in there]
    for begins, ends in itertools.pairwise(days):
        parts = _parts(whole, uncounted, begins)
        if found and found[-1].parts == parts:
            found[-1] = Run(found[-1].first, ends - DAY, parts)
        else:
            found.append(Run(begins, ends - DAY, parts))
    return tuple(found)


def _edges(spans: Iterable[tuple[date, date | None]], first: date, last: date) -> list[date]:
    """The days on which something begins, or has ended the day before; with the bounds of the period."""
    edges = {first, last + DAY}
    for begins, over in spans:
        edges.add(max(begins, first))
        if over is not None and over < last:
            edges.add(over + DAY)
    return sorted(edges)


def _parts(whole: Iterable[tuple[Spell, Part]], uncounted: Sequence[Leave], on: date) -> tuple[Part, ...]:
    """Who holds what on a day. Two leaves on one day take a person away once."""
    away = {leave.person: leave.kind for leave in reversed(uncounted) if leave.covers(on)}
    return tuple(
        replace(part, away=away[part.person]) if part.person in away else part
        for spell, part in whole
        if spell.covers(on)
    )
