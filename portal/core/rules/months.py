"""Counting in calendar months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(on: date, months: int) -> date:
    """The same day so many months on (negative: before), or the last of that month where there is none.

    Raises OverflowError beyond the calendar's years.
    """
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("date value out of range")
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def months_before(on: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month where there is none."""
    return months_after(on, -months)
