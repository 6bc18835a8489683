"""The only place that asks what time it is.

Instants are UTC-aware; dates are UK dates (architecture: Data). Demonstration data and tests
move the clock with `at`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
_moved: ContextVar[datetime | None] = ContextVar("portal_clock", default=None)


def now() -> datetime:
    """This instant, UTC-aware."""
    return _moved.get() or datetime.now(UTC)


def today() -> date:
    """Today's date in the UK."""
    return uk(now()).date()


def uk(instant: datetime) -> datetime:
    """An instant as UK wall-clock time."""
    return instant.astimezone(UK)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Inside this block it is `instant` (aware). Blocks nest."""
    token = _moved.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
