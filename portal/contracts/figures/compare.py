"""The newest quarter of several contracts, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.contracts.definition.parties import Parties, all_parties
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.figures.queries import figures
from portal.contracts.figures.rules.figure import Figure
from portal.contracts.figures.rules.periods import quarters_of
from portal.core import clock
from portal.core.rules.quarters import Quarter


@dataclass(frozen=True)
class Compared:
    """A contract's newest quarter that has begun; None where none has."""

    contract: Contract
    parties: Parties
    quarter: Quarter | None
    figures: tuple[Figure, ...]

    @property
    def met(self) -> str:
        """3 of 5: how many of the indicators with a figure meet their target."""
        known = [one for one in self.figures if one.band is not None]
        met = sum(one.band is not None and one.band.met for one in known)
        return f"{met} of {len(known)}" if known else "–"


def compared(those: Sequence[Contract]) -> list[Compared]:
    """Each contract with its newest quarter, in the order given."""
    parties, today = all_parties(those), clock.today()
    found = []
    for one in those:
        quarters = quarters_of(one, today)
        newest = quarters[-1] if quarters else None
        shown = tuple(figures(one, newest)) if newest else ()
        found.append(Compared(one, parties[one.key], newest, shown))
    return found
