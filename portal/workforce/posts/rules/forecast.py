"""What becomes of the figure when somebody leaves, as known or as tried out.

Two things are told apart: how many are in post on a day (`changes`), and the figure of a quarter as it
builds up day by day (`below_from`). A contract's bands judge the latter at the quarter's end; the former
says how far staffing is from the target. Source: OHID specification 12, indicator 1.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from portal.workforce.posts.rules.fte import DAY, Breakdown, Run, Spell
from portal.workforce.posts.rules.terms import Band, ContractTerms

TARGET = Band("The target", Decimal(100), exactly=True)


@dataclass(frozen=True)
class WhatIf:
    """Somebody leaves after this day; after so many days without, somebody at the same FTE starts."""

    person: str
    last: date
    empty_days: int | None = None  # None: nobody follows


@dataclass(frozen=True)
class Change:
    """From this day on the FTE in post is another. `lost` and `gained`: edges crossed, the highest first."""

    on: date
    before: Fraction
    after: Fraction
    share: Fraction
    lost: tuple[Band, ...]
    gained: tuple[Band, ...]


def supposing(spells: Iterable[Spell], what_if: WhatIf) -> list[Spell]:
    """The spells as they would be: what the person holds beyond that day, or from a later one, falls away."""
    found: list[Spell] = []
    for spell in spells:
        if spell.person != what_if.person or (spell.last is not None and spell.last <= what_if.last):
            found.append(spell)
            continue
        if spell.first <= what_if.last:
            found.append(replace(spell, last=what_if.last))
        if what_if.empty_days is not None:
            starts = max(spell.first, what_if.last + timedelta(days=1 + what_if.empty_days))
            if spell.last is None or starts <= spell.last:
                found.append(
                    replace(spell, person=f"after {spell.person}", name=f"After {spell.name}", first=starts)
                )
    return found


def edges(terms: ContractTerms) -> tuple[Band, ...]:
    """The target itself and the lower edge of every band but the last, the highest first."""
    return (TARGET, *terms.bands[:-1])


def changes(runs: Sequence[Run], terms: ContractTerms) -> list[Change]:
    """The days on which the FTE in post changes, with the edges that are crossed on them."""
    target, found = Fraction(terms.target), []
    for before, after in itertools.pairwise(runs):
        if before.fte != after.fte:
            old, new = before.fte / target, after.fte / target
            found.append(
                Change(
                    after.first,
                    before.fte,
                    after.fte,
                    new,
                    tuple(edge for edge in edges(terms) if edge.holds(old) and not edge.holds(new)),
                    tuple(edge for edge in edges(terms) if edge.holds(new) and not edge.holds(old)),
                )
            )
    return found


def below_from(figure: Breakdown, edge: Band) -> date | None:
    """The day from which on a period's figure so far stays below an edge; None where it ends on or above.

    The figure so far: FTE-days from the period's first covered day to this one ÷ those days ÷ target.
    """
    target, total, days, since = Fraction(figure.target), Fraction(0), 0, None
    for run in figure.runs:
        for step in range(run.days):
            total, days = total + run.fte, days + 1
            if edge.holds(total / (days * target)):
                since = None
            elif since is None:
                since = run.first + step * DAY
    return since
