"""When a review that was taken to a device ought to have been returned."""

from __future__ import annotations

from datetime import date, timedelta

GRACE = timedelta(days=3)  # after the last day of fieldwork


def overdue(left_site: bool, last_day: date, today: date) -> bool:
    """Whether a check-out that is still out stands out: the team has left, or the visit is over for a while.

    `last_day` is the last day of fieldwork as planned.
    """
    return left_site or today > last_day + GRACE
