"""How often a job is tried, and how long it waits between."""

from __future__ import annotations

from datetime import timedelta

MOST_ATTEMPTS = 5
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts (1 or more); None: give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return WAITS[attempts - 1]
