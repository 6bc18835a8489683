"""Bands of an indicator: from where to where, and which band a value is in.

A value is an exact fraction: 19/20 for 95% where the indicator is a percentage, 12 where it is a count.
Source: OHID specification 12 and 13; contract.md, “Indicators and bands” and “Edges”.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Edge:
    """An end of a band. `inside`: the value itself belongs to the band."""

    value: Fraction
    inside: bool


@dataclass(frozen=True)
class Band:
    """A band between two ends; a missing end is open.

    `met`: the target is met in this band. `approaching`: good enough to release what was retained (12.4).
    """

    key: str
    title: str
    low: Edge | None
    high: Edge | None
    met: bool = False
    approaching: bool = False

    def holds(self, value: Fraction) -> bool:
        """Whether an exact value is in this band."""
        return self._above_low(value) and self._below_high(value)

    def _above_low(self, value: Fraction) -> bool:
        if self.low is None:
            return True
        return value >= self.low.value if self.low.inside else value > self.low.value

    def _below_high(self, value: Fraction) -> bool:
        if self.high is None:
            return True
        return value <= self.high.value if self.high.inside else value < self.high.value


def band_of(bands: tuple[Band, ...], value: Fraction | None) -> Band | None:
    """The band of a value; None where there is no value. Bands that a loader let through leave no gap."""
    if value is None:
        return None
    return next((band for band in bands if band.holds(value)), None)
