"""Counting back in calendar months."""

from __future__ import annotations

from datetime import date


def months_before(on: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month where there is none."""
    index = on.year * 12 + on.month - 1 - months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, month + 1, min(on.day, last))
