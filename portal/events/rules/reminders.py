"""When somebody who has a place is reminded."""

from __future__ import annotations

WEEK, EVE = 7, 1  # days before the event


def due_days(days_left: int) -> int | None:
    """Which reminder is due when an event is so many days away: 7, 1, or None.

    A day on which no worker ran is made up for: the week's reminder until the day before, and that one on it.
    """
    if EVE < days_left <= WEEK:
        return WEEK
    return EVE if days_left == EVE else None
