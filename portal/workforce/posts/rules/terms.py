"""What a contract says of EISMs: its days, its target, its bands and which leave counts.

Source: OHID specification 12, indicator 1; contract.md, “Indicators and bands” and “How each percentage is
made”. Percentages are compared as exact fractions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class LeaveKind:
    """A kind of leave. `counts`: whether somebody on it still counts as employed, unless a contract says."""

    key: str
    title: str
    paid: bool
    counts: bool


@dataclass(frozen=True)
class Band:
    """A band from a percentage of the target upwards. `exactly`: that percentage itself is in the band."""

    title: str
    percent: Decimal
    exactly: bool

    def holds(self, share: Fraction) -> bool:
        """Whether a share of the target reaches this band."""
        edge = Fraction(self.percent) / 100
        return share >= edge if self.exactly else share > edge

    @property
    def words(self) -> str:
        """Above 95%, 90% or more."""
        return f"{self.percent.normalize():f}% or more" if self.exactly else f"Above {self.percent:f}%"


@dataclass(frozen=True)
class ContractTerms:
    """What the figure of indicator 1 needs of a contract. A missing first or last day bounds nothing.

    `bands` from the highest down, the last one from 0%; `leave`: what this contract says of kinds of leave.
    """

    title: str
    starts: date | None
    ends: date | None
    target: Decimal
    bands: tuple[Band, ...]
    leave: dict[str, bool] = field(default_factory=dict)

    def counts(self, kind: LeaveKind) -> bool:
        """Whether somebody on this kind of leave counts as employed."""
        return self.leave.get(kind.key, kind.counts)

    def band_of(self, share: Fraction | None) -> Band | None:
        """The band of a share of the target; None where there is no share."""
        if share is None:
            return None
        return next((band for band in self.bands if band.holds(share)), None)

    def covered(self, first: date, last: date) -> tuple[date, date] | None:
        """The part of a period that the contract covers, both days included; None where it covers none."""
        begins, over = max(first, self.starts or first), min(last, self.ends or last)
        return (begins, over) if begins <= over else None
