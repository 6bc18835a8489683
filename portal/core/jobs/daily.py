"""Jobs done once a UK day. There is no scheduler: every worker asks, and the first one writes the job.

A row of `daily_runs` says that a kind was written for a day, so that several workers, and a worker that
starts anew, write it once. Where no worker runs in the morning it is written when one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Flask, current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs.models import DailyRun
from portal.core.jobs.queue import enqueue

EXTENSION = "portal_daily"
FROM_HOUR = 7  # UK time: what is mailed comes in the morning
KEPT = timedelta(days=30)


def init_app(app: Flask, kinds: Sequence[str]) -> None:
    """Give the app the kinds of its daily jobs. Their handlers must bear being called twice a day."""
    app.extensions[EXTENSION] = Daily(tuple(kinds))


class Daily:
    """What one process knows of today: after the first look it asks the database no more that day."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self.kinds = kinds
        self.seen: date | None = None

    def look(self) -> int:
        """Write today's jobs that nobody has written yet. Returns how many."""
        now = clock.uk(clock.now())
        if now.hour < FROM_HOUR or self.seen == now.date():
            return 0
        written = sum(_write(kind, now.date()) for kind in self.kinds)
        self.seen = now.date()
        return written


def look() -> int:
    """Write this app's daily jobs where they are due. Returns how many were written."""
    daily: Daily = current_app.extensions[EXTENSION]
    return daily.look()


def _write(kind: str, on: date) -> bool:
    there = select(DailyRun.on).where(DailyRun.kind == kind, DailyRun.on == on)
    if db.session.execute(there).first() is not None:
        db.session.rollback()
        return False
    try:
        with operational() as database:
            database.execute(delete(DailyRun).where(DailyRun.kind == kind, DailyRun.on < on - KEPT))
            database.add(DailyRun(kind=kind, on=on))
            database.flush()
            enqueue(kind, {"on": on.isoformat()})
    except IntegrityError:  # another worker was faster
        return False
    return True
