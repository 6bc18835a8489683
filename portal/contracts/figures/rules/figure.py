"""A figure: one indicator of one quarter, with what it was counted from.

Everything is exact: a value is a fraction, its band follows from comparing it unrounded. A figure that
cannot be had is a state of its own, with the reason in words: never 0%, never 100% (contract.md, 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from portal.contracts.definition.rules.bands import Band
from portal.contracts.definition.rules.terms import Consequence, Indicator, Unit
from portal.contracts.figures.rules import showing
from portal.contracts.figures.rules.periods import Period

NO_TARGET = "No target set"
NOTHING_REPORTED = "Nothing reported yet"
NOT_ENTERED = "Not entered yet"
OUTSIDE = "Outside the contract"
NO_ANSWERS = "No answers yet"


@dataclass(frozen=True)
class Row:
    """A record behind a figure: its cells, whether it counts, and which thing it is (“event:…”)."""

    cells: tuple[str, ...]
    counts: bool = True
    thing: str = ""


@dataclass(frozen=True)
class Counted:
    """What a measure found. `missing` says why there is no value; `steps` how the numbers were made."""

    numerator: Fraction | None = None
    denominator: Fraction | None = None
    missing: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ByHand:
    """A figure entered by hand: why, on what evidence, by whom and when (as text), which version."""

    reason: str
    evidence: str
    by: str
    at: str
    version: int


@dataclass(frozen=True)
class Figure:
    """An indicator's figure of a quarter. `by_hand` None: counted from the records.

    `counted` is what the records say, even where a figure entered by hand stands over it.
    `frozen` is the version of the report that it was frozen for; None: it is counted anew each time.
    """

    indicator: Indicator
    quarter: str
    period: Period
    numerator: Fraction | None
    denominator: Fraction | None
    provisional: bool
    counted: Counted
    by_hand: ByHand | None = None
    frozen: int | None = None

    @cached_property
    def value(self) -> Fraction | None:
        """The exact value: a share where the unit is per cent, else a number of things."""
        if self.numerator is None:
            return None
        if self.indicator.unit is not Unit.PERCENT:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None

    @cached_property
    def band(self) -> Band | None:
        return self.indicator.band(self.value)

    @property
    def consequence(self) -> Consequence | None:
        return self.indicator.consequence(self.band)

    @property
    def manual(self) -> str | None:
        """Why the figure was entered by hand; None where it was counted."""
        return self.by_hand.reason if self.by_hand else None

    @property
    def missing(self) -> str:
        """Why there is no value; empty where there is one."""
        if self.value is not None:
            return ""
        return self.counted.missing or NO_TARGET

    @cached_property
    def percent(self) -> str:
        """95.56%, 12; where there is no value, why."""
        if self.value is None:
            return self.missing
        return showing.words(self.value, self.indicator.unit, self.indicator.bands)

    @property
    def fraction(self) -> str:
        """4.33 of 4.5, to two places; empty where there is no value."""
        if self.value is None or self.numerator is None:
            return ""
        of = f" {self.indicator.of}" if self.indicator.of else ""
        if self.denominator is None:
            return f"{showing.short(self.numerator)}{of}"
        return f"{showing.short(self.numerator)} of {showing.short(self.denominator)}{of}"

    @property
    def standing(self) -> str:
        """The band's word, or that there is none."""
        return self.band.title if self.band else "No band"


def figure_of(
    indicator: Indicator,
    quarter: str,
    period: Period,
    provisional: bool,
    counted: Counted,
    entered: tuple[Fraction, Fraction | None, ByHand] | None = None,
) -> Figure:
    """A figure from what was counted, or from what was entered by hand over it."""
    if entered is None:
        numerator, denominator, by_hand = counted.numerator, counted.denominator, None
    else:
        numerator, denominator, by_hand = entered
    return Figure(indicator, quarter, period, numerator, denominator, provisional, counted, by_hand)
