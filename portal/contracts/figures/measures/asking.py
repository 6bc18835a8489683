"""What a measure is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.contracts.definition.rules.terms import Indicator, Terms
from portal.contracts.figures.rules.figure import Counted
from portal.contracts.figures.rules.periods import Period
from portal.core.rules.quarters import Quarter


@dataclass(frozen=True)
class Ask:
    """One figure wanted: an indicator as seen from a quarter, by the terms that hold for it."""

    quarter: Quarter
    terms: Terms
    indicator: Indicator
    period: Period


Measure = Callable[[UUID, Sequence[Ask]], list[Counted]]


def whole_span(asks: Sequence[Ask]) -> tuple[date, date] | None:
    """The days from the first to the last that any of them covers; None where none covers any."""
    spans = [ask.period.covered for ask in asks if ask.period.covered]
    return (min(one[0] for one in spans), max(one[1] for one in spans)) if spans else None
