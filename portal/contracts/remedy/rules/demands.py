"""Which remedial action plans the figures of a quarter ask for: exactly what the definition says of a band.

Source: OHID specification 12.2 (required), 12.3 (the buyer may ask), 13.6 (social value);
contract.md, “What follows from a band”. A quarter asks for nothing before it is over: what counts is what
is presented at its review.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.contracts.definition.rules.bands import Band
from portal.contracts.definition.rules.terms import Consequence, Indicator, Remedy
from portal.contracts.remedy.rules.workflow import RemedyState
from portal.core.rules.quarters import Quarter

_STATES = {
    Remedy.PLAN_REQUIRED: RemedyState.REQUIRED,
    Remedy.PLAN_MAY_BE_ASKED: RemedyState.MAY_BE_ASKED,
}


@dataclass(frozen=True)
class Demand:
    """A plan that an indicator's band asks for in a quarter."""

    quarter: Quarter
    indicator: Indicator
    band: Band
    consequence: Consequence

    @property
    def state(self) -> RemedyState:
        """Where the plan stands before anybody did anything."""
        return _STATES[self.consequence.remedy]


def demand(quarter: Quarter, indicator: Indicator, band: Band | None, today: date) -> Demand | None:
    """What an indicator's band asks for in a quarter; None where it asks for no plan, or the quarter runs."""
    consequence = indicator.consequence(band)
    if band is None or consequence is None or consequence.remedy not in _STATES or today <= quarter.last:
        return None
    return Demand(quarter, indicator, band, consequence)


def demands(
    quarter: Quarter, found: Iterable[tuple[Indicator, Band | None]], today: date
) -> tuple[Demand, ...]:
    """What the figures of a quarter ask for, in the order given."""
    asked = (demand(quarter, indicator, band, today) for indicator, band in found)
    return tuple(one for one in asked if one is not None)
