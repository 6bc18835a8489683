"""When somebody who has not answered is reminded: a week and two days before a survey closes."""

from __future__ import annotations

from datetime import date, timedelta

DAYS_BEFORE = (7, 2)


def due(invited_on: date, reminded_on: date | None, closes_on: date, today: date) -> bool:
    """Whether a reminder is due today. One that no worker was there to send is sent on the next day."""
    if today > closes_on:
        return False
    passed = [day for days in DAYS_BEFORE if (day := closes_on - timedelta(days=days)) <= today]
    if not passed:
        return False
    last = max(passed)
    return invited_on < last and (reminded_on is None or reminded_on < last)
