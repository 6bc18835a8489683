"""When each step of a review is due, and how it stands today.

Months are calendar months: where the target month is shorter, the day is its last (31 August − 2 months
= 30 June). Weeks and days are counted. A date that rests on a later event which has not come yet is
*expected*: the presentation by the last day it may be, publication when the service's time to comment
is over, and neither earlier than today (docs/programmes.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.core.rules.months import months_after
from portal.programmes.rules.review import Anchor, Fact, ReviewProcess, Step, Unit

SOON_DAYS = 7


class Status(StrEnum):
    """How a step stands, the most pressing first."""

    OVERDUE = "overdue"
    SOON = "soon"
    UNDER_WAY = "under-way"
    WAITING = "waiting"
    EXPECTED = "expected"
    LAPSED = "lapsed"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _TITLES[self]


_TITLES = {
    Status.OVERDUE: "Overdue",
    Status.SOON: "Due soon",
    Status.UNDER_WAY: "Under way",
    Status.WAITING: "To do",
    Status.EXPECTED: "Expected",
    Status.LAPSED: "Not recorded",
    Status.DONE: "Done",
    Status.STOPPED: "Not needed",
}
OPEN = frozenset({Status.OVERDUE, Status.SOON, Status.UNDER_WAY, Status.WAITING, Status.EXPECTED})


@dataclass(frozen=True)
class Dates:
    """The dates of a review that steps count from; the last two are None until they have come."""

    fieldwork_from: date
    fieldwork_to: date
    presented_on: date | None = None
    published_on: date | None = None
    virtual: bool = False


@dataclass(frozen=True)
class Line:
    """One step with its dates. A deadline starts on the day it is due.

    `left`: days from today to its start while it waits, else to its end; negative when that is past.
    """

    step: Step
    starts: date
    due: date
    expected: bool
    status: Status
    done_on: date | None = None
    left: int = 0

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def words(self) -> str:
        """How far off it is: due today, in 3 days, 2 days late. Empty where that says nothing."""
        if self.status is Status.UNDER_WAY:
            return "ends today" if self.left == 0 else f"ends in {_days(self.left)}"
        if self.status is Status.OVERDUE:
            return f"{_days(-self.left)} late"
        if self.status in (Status.SOON, Status.WAITING):
            return "due today" if self.left == 0 else f"in {_days(self.left)}"
        return ""


def shift(day: date, offset: int, unit: Unit) -> date:
    """The day so far on (negative: before). Raises OverflowError beyond the calendar's years."""
    if unit is not Unit.MONTHS:
        return day + timedelta(days=offset * (7 if unit is Unit.WEEKS else 1))
    return months_after(day, offset)


def anchors(process: ReviewProcess, dates: Dates, today: date) -> dict[Anchor, tuple[date, bool]]:
    """Each anchor's date, and whether it is only expected."""
    shown = next(step for step in process.steps if step.fact is Fact.PRESENTED)
    presented, published = dates.presented_on, dates.published_on
    likely = presented or max(shift(dates.fieldwork_to, shown.offset, shown.unit), today)
    final = published or max(likely + timedelta(days=process.accuracy_days), today)
    return {
        Anchor.FIELDWORK_START: (dates.fieldwork_from, False),
        Anchor.FIELDWORK_END: (dates.fieldwork_to, False),
        Anchor.PRESENTATION: (likely, presented is None),
        Anchor.PUBLICATION: (final, published is None),
    }


def lines(
    process: ReviewProcess,
    dates: Dates,
    done: Mapping[str, date],
    today: date,
    *,
    stopped: bool = False,
) -> list[Line]:
    """Every step that this review has, in order of its date. `done`: by step key, when it was done.

    `stopped`: the review is cancelled, so that nothing is due any more.
    """
    known = anchors(process, dates, today)
    wanted = [step for step in process.steps if dates.virtual or not step.virtual]
    visited = any(step.fact is Fact.FIELDWORK and step.key in done for step in wanted)
    found = [_line(step, known, done.get(step.key), today, visited, stopped) for step in wanted]
    return sorted(
        found, key=lambda line: (line.due, line.starts)
    )  # sorted keeps the file's order within a day


def by_fact(process: ReviewProcess, auto: Mapping[Fact, date]) -> dict[str, date]:
    """What the portal knows to have happened, by the key of the step it completes."""
    facts = {step.key: step.fact for step in process.steps if step.fact is not None}
    return {key: auto[fact] for key, fact in facts.items() if fact in auto}


def pressing(found: Iterable[Line], most: int = 3) -> tuple[list[Line], list[Line]]:
    """What is overdue, and the next `most` steps after it that somebody can do."""
    everything = list(found)
    overdue = [line for line in everything if line.status is Status.OVERDUE]
    coming = [line for line in everything if line.is_open and line.status is not Status.OVERDUE]
    return overdue, coming[:most]


def _line(
    step: Step,
    known: Mapping[Anchor, tuple[date, bool]],
    done_on: date | None,
    today: date,
    visited: bool,
    stopped: bool,
) -> Line:
    anchor, expected = known[step.anchor]
    starts = shift(anchor, step.offset, step.unit)
    due = starts if step.until is None else known[step.until][0]
    expected = expected or (step.until is not None and known[step.until][1])
    too_late = visited and step.anchor is Anchor.FIELDWORK_START
    if done_on is not None:
        status = Status.DONE
    elif stopped:
        status = Status.STOPPED
    elif too_late:
        status = Status.LAPSED
    else:
        status = _status(starts, due, expected, today, span=step.until is not None)
    next_day = starts if status in (Status.SOON, Status.WAITING) else due
    return Line(step, starts, due, expected, status, done_on, (next_day - today).days)


def _status(starts: date, due: date, expected: bool, today: date, *, span: bool) -> Status:
    if expected:
        return Status.EXPECTED
    if due < today:
        return Status.OVERDUE
    if span and starts <= today:
        return Status.UNDER_WAY
    if (starts - today).days <= SOON_DAYS:
        return Status.SOON
    return Status.WAITING


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
