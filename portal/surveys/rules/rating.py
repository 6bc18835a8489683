"""Indicator 5: good or excellent, of all answers that rate satisfaction (OHID specification, section 12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from portal.core.rules.rate import Rate, rate
from portal.core.rules.satisfaction import FEWEST, SATISFIED, Satisfaction

APRIL = 4


def year_of(day: date) -> int:
    """The financial year that a day is in, named by the year in which it starts."""
    return day.year - (day.month < APRIL)


def year_words(year: int) -> str:
    """April 2026 to March 2027."""
    return f"April {year} to March {year + 1}"


def satisfaction_rate(surveys: Iterable[Sequence[str]]) -> Rate:
    """From the answers of each survey. Blank answers are not among them, on either side.

    A survey with fewer than five is left out: the year's figure less the other surveys' would tell it.
    """
    counted = [answer for answers in surveys if len(answers) >= FEWEST for answer in answers]
    return rate(sum(Satisfaction(answer) in SATISFIED for answer in counted), len(counted))
