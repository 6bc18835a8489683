"""Figures of quarters as pages and files show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.core.charts import Figure
from portal.core.rules.quarters import Quarter
from portal.core.rules.rate import rounded
from portal.workforce.posts.rules.chart import Bar, quarters_chart
from portal.workforce.posts.rules.fte import Breakdown
from portal.workforce.posts.rules.terms import ContractTerms

QUARTERS = 8


@dataclass(frozen=True)
class QuarterLine:
    """A quarter's figure in words. `expected`: it is not over, and rests on what is known today."""

    quarter: Quarter
    figure: Breakdown
    band: str
    expected: bool

    @property
    def percent(self) -> str:
        return self.figure.rate.percent()

    @property
    def sum(self) -> str:
        """398.4 of 409.5; where there is no percentage, why."""
        if not self.figure.days:
            return "Outside the contract"
        return f"{fte(self.figure.total)} of {fte(self.figure.rate.denominator)}"

    @property
    def average(self) -> str:
        return "–" if self.figure.average is None else fte(self.figure.average)

    @property
    def part(self) -> str:
        """The days counted, where they are not the whole quarter's."""
        if self.figure.covered is None or not self.figure.is_part:
            return ""
        return f"{self.figure.days} of {self.quarter.days} days are in the contract"


def quarter_line(quarter: Quarter, figure: Breakdown, terms: ContractTerms, today: date) -> QuarterLine:
    """One quarter's figure in words."""
    band = terms.band_of(figure.rate.value)
    return QuarterLine(quarter, figure, band.title if band else "", quarter.last >= today)


def chart_of(lines: Sequence[QuarterLine], terms: ContractTerms) -> Figure:
    """The quarters as bars."""
    bars = [
        Bar(line.quarter.key, line.figure.rate.value, line.percent, line.sum, line.band or "–", line.expected)
        for line in lines
    ]
    return quarters_chart(bars, terms.bands[0])


def fte(value: Fraction) -> str:
    """An FTE, or a number of FTE-days, to two places: 4.3, 398.4."""
    return f"{rounded(value, 2):,}"
