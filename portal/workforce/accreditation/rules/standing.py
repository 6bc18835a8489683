"""How an accreditation stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

SOON_DAYS = 60  # before its last day, a renewal is to be arranged


class Standing(StrEnum):
    """How a reviewer's accreditation stands, the most pressing first."""

    SOON = "soon"
    EXPIRED = "expired"
    NONE = "none"
    CURRENT = "current"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _TITLES[self]


_TITLES = {
    Standing.SOON: "Expires soon",
    Standing.EXPIRED: "Expired",
    Standing.NONE: "Not accredited",
    Standing.CURRENT: "Current",
}


def covered_until(spans: Iterable[tuple[date, date]], today: date) -> date | None:
    """The last day of accreditation without a gap, from spans of (first day, last day).

    None where none has begun; a day in the past where the last one is over. A renewal that begins on the
    day after counts already, so that nobody is told to renew twice.
    """
    known = sorted(spans)
    until = max((last for first, last in known if first <= today), default=None)
    if until is None or until < today:
        return until
    for first, last in known:
        if first <= until + timedelta(days=1):
            until = max(until, last)
    return until


def standing(until: date | None, today: date) -> Standing:
    """`until`: as `covered_until` says; None where none has begun."""
    if until is None:
        return Standing.NONE
    if until < today:
        return Standing.EXPIRED
    return Standing.SOON if (until - today).days <= SOON_DAYS else Standing.CURRENT


def pressing(until: date | None, today: date, name: str) -> tuple[int, date, str]:
    """For sorting: what expires soon first, by its day; then expired, never accredited, and current."""
    order = list(Standing).index(standing(until, today))
    return order, until or date.max, name.casefold()


def left_words(until: date | None, today: date) -> str:
    """Today is the last day, 12 days left, expired 3 days ago. Empty where nothing presses."""
    state = standing(until, today)
    if until is None or state in (Standing.NONE, Standing.CURRENT):
        return ""
    days = abs((until - today).days)
    if days == 0:
        return "Today is the last day"
    count = "1 day" if days == 1 else f"{days:,} days"
    return f"{count} left" if state is Standing.SOON else f"{count} ago"
