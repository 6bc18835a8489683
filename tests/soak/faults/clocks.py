"""F6: tablets whose clocks are a day wrong, and the night on which an hour comes twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.soak.faults.fault import Fault
from tests.soak.ground import SECOND
from tests.soak.journal import Told
from tests.soak.run import Run, demand

DAY = timedelta(hours=24)
TWICE = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))  # 01:30 in summer time, then again


def wrong_clocks(run: Run) -> None:
    """What arrives first stands, whatever the tablets think the time is."""
    first_clock, later_clock = _CLOCKS[run.number % len(_CLOCKS)]
    review = run.review()
    author = run.tablet(review)
    key = run.note(author, review)["key"]
    run.settle(author)
    first, later = run.tablet(review), run.tablet(review, SECOND)
    first.now, later.now = first_clock, later_clock
    for tablet in (first, later):
        run.rate(tablet, review)
        run.note(tablet, review)  # dated by the tablet's clock
        tablet.edit(review, "note", key, {"text": run.words()})
        run.row(tablet, review) if tablet is first else run.rate(tablet, review)
    run.settle(first, later)
    outcomes = [_outcome_of(tablet.told, key) for tablet in (first, later)]
    demand(outcomes == ["applied", "conflict"], f"arrived first and second, came out {outcomes}")


def _outcome_of(told: Told, key: str) -> str:
    edits = [op_id for op_id, op in told.operations.items() if op["key"] == key]
    return str(told.receipts[edits[0]]["outcome"])


def _shifted(by: timedelta) -> Callable[[], datetime]:
    return lambda: datetime.now(UTC) + by


def _fixed(fold: int) -> Callable[[], datetime]:
    return lambda: TWICE.replace(fold=fold)


# (the one that arrives first, the one that arrives later)
_CLOCKS = (
    (_shifted(DAY), _shifted(-DAY)),
    (_shifted(-DAY), _shifted(DAY)),
    (_fixed(1), _fixed(0)),
    (_fixed(0), _fixed(1)),
)

FAULTS = (Fault("F6", "Clocks a day wrong, and the long night", 20, wrong_clocks, few=8),)
