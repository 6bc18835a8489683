"""The days of a series. Each occurrence is an event of its own, moved and cancelled alone."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from portal.core.rules.months import months_after

MOST = 26  # half a year of weekly sessions


class Repeat(StrEnum):
    """How often a series comes."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {Repeat.WEEKLY: "Every week", Repeat.MONTHLY: "Every month", Repeat.QUARTERLY: "Every quarter"}
_MONTHS = {Repeat.MONTHLY: 1, Repeat.QUARTERLY: 3}


def days_of(first: date, repeat: Repeat, count: int) -> list[date]:
    """So many days from the first: on the same day of the week, or of the month (or that month's last)."""
    if repeat is Repeat.WEEKLY:
        return [first + timedelta(weeks=step) for step in range(count)]
    return [months_after(first, _MONTHS[repeat] * step) for step in range(count)]


def count_problem(count: int | None) -> str | None:
    """What is wrong with the number of events in a series, or None."""
    if count is None or not 2 <= count <= MOST:
        return f"Enter how many events the series has, from 2 to {MOST}"
    return None
