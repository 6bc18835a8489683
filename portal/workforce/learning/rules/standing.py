"""What somebody must still complete, and by when; and who worked with clients before their training.

A completion with a last day holds on that day still. Weeks count in sevens of days from the first day of
the role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.core.rules.months import months_after
from portal.workforce.learning.rules.module import RequiredSet, Requirement

SOON_DAYS = 60  # before its last day, a course is to be taken again


class State(StrEnum):
    """How a required course stands for somebody, the most pressing first."""

    EXPIRED = "expired"
    OVERDUE = "overdue"
    SOON = "soon"
    DUE = "due"
    DONE = "done"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _TITLES[self]

    @property
    def out_of_date(self) -> bool:
        """Whether it is missing although it should be there."""
        return self in (State.EXPIRED, State.OVERDUE)


_TITLES = {
    State.EXPIRED: "Expired",
    State.OVERDUE: "Overdue",
    State.SOON: "Expires soon",
    State.DUE: "To do",
    State.DONE: "Done",
}


@dataclass(frozen=True)
class Done:
    """A completion of a course. `expires_on`: its last day, None where it never expires."""

    course: str
    completed_on: date
    expires_on: date | None = None

    def holds_on(self, on: date) -> bool:
        """Whether it was there, and not expired, on a day."""
        return self.completed_on <= on and (self.expires_on is None or self.expires_on >= on)


@dataclass(frozen=True)
class Demanded:
    """A course that somebody must complete, by a day. `sets`: titles of the sets that ask for it."""

    course: str
    due: date
    before_clients: bool
    sets: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A required course as it stands. `until`: the last day of what was completed, None without end."""

    demanded: Demanded
    state: State
    completed_on: date | None
    until: date | None


def expiry(completed_on: date, months: int | None) -> date | None:
    """The last day of a completion; None where the course never expires."""
    return None if months is None else months_after(completed_on, months)


def demanded(sets: Iterable[tuple[RequiredSet, date]]) -> tuple[Demanded, ...]:
    """What sets ask for together, each counted from its own first day: the earlier day counts."""
    found: dict[str, Demanded] = {}
    for one, starts in sets:
        for requirement in one.requirements:
            due = due_on(requirement, starts)
            before = found.get(requirement.course)
            if before is None:
                made = Demanded(requirement.course, due, requirement.before_clients, (one.title,))
            else:
                early = requirement.before_clients or before.before_clients
                titles = (*before.sets, one.title)
                made = Demanded(requirement.course, min(due, before.due), early, titles)
            found[requirement.course] = made
    return tuple(found.values())


def due_on(requirement: Requirement, starts: date) -> date:
    """The last day on which a course is in time."""
    return starts + timedelta(weeks=requirement.weeks)


def newest(course: str, completions: Iterable[Done], on: date) -> Done | None:
    """The completion of a course that counts on a day: that which holds longest."""
    known = [one for one in completions if one.course == course and one.completed_on <= on]
    return max(known, key=lambda one: (one.expires_on or date.max, one.completed_on), default=None)


def stand(wanted: Demanded, completions: Iterable[Done], today: date) -> Line:
    """How a required course stands today."""
    last = newest(wanted.course, completions, today)
    if last is None:
        state = State.OVERDUE if wanted.due < today else State.DUE
        return Line(wanted, state, None, None)
    if last.expires_on is None or (last.expires_on - today).days > SOON_DAYS:
        state = State.DONE
    else:
        state = State.EXPIRED if last.expires_on < today else State.SOON
    return Line(wanted, state, last.completed_on, last.expires_on)


def lines(wanted: Iterable[Demanded], completions: Sequence[Done], today: date) -> list[Line]:
    """Every required course, the most pressing first."""
    order = list(State)
    found = [stand(one, completions, today) for one in wanted]
    return sorted(found, key=lambda line: (order.index(line.state), line.until or line.demanded.due))


@dataclass(frozen=True)
class Gate:
    """Courses that were missing when somebody began to work with clients.

    `missing`: still not completed; `late`: completed since.
    """

    missing: tuple[str, ...]
    late: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not (self.missing or self.late)


def gate(
    required: Iterable[Requirement], completions: Sequence[Done], start: date, first_client_on: date | None
) -> Gate:
    """Who worked with clients before their required training (Sheffield specification, Appendix 4).

    A course completed on the day of the first client is in time. Clients from before `start` belong to an
    earlier role, so they count from `start`. None: no client yet, so nothing can be missing.
    """
    if first_client_on is None:
        return Gate((), ())
    begins = max(start, first_client_on)
    without = [
        one.course
        for one in required
        if one.before_clients
        and not any(done.course == one.course and done.holds_on(begins) for done in completions)
    ]
    later = {done.course for done in completions if done.completed_on > begins}
    return Gate(
        tuple(course for course in without if course not in later),
        tuple(course for course in without if course in later),
    )
