"""The people of a service or supplier, what they have still to complete, and the uptake of each course."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.roles import ROLES
from portal.core import clock
from portal.core.db import db
from portal.core.rules.rate import Rate, rate
from portal.core.spreadsheets import write_csv
from portal.workforce.learning.models import Enrolment
from portal.workforce.learning.people import Learner
from portal.workforce.learning.queries import completions_of, dones, required_lines
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.standing import Line, State, newest

PEOPLE_COLUMNS = ("Name", "Organisation", "Role", "Course", "State", "Due", "Completed", "Holds until")
UPTAKE_COLUMNS = ("Course", "Kind", "Enrolled", "Completed and in date", "Required of", "In date of required")


@dataclass(frozen=True)
class LearnerLine:
    """A person with what is required of them."""

    learner: Learner
    lines: tuple[Line, ...]

    @property
    def state(self) -> State | None:
        """The most pressing state; None where nothing is required of them."""
        return self.lines[0].state if self.lines else None

    @property
    def missing(self) -> tuple[Line, ...]:
        """What is overdue or expired."""
        return tuple(line for line in self.lines if line.state.out_of_date)

    @property
    def in_date(self) -> Rate:
        """How many of the required courses hold."""
        held = sum(line.state in (State.DONE, State.SOON) for line in self.lines)
        return rate(held, len(self.lines))


@dataclass(frozen=True)
class UptakeLine:
    """How many of a group of people take a course. `kind`: module or external course.

    holding: have completed it, and it has not expired; wanted: it is required of them.
    """

    key: str
    title: str
    kind: str
    enrolled: int
    holding: int
    in_date: Rate


def learner_lines(learners: Sequence[Learner]) -> list[LearnerLine]:
    """These people with what is required of them, whoever is out of date first. Three statements."""
    ids = [one.id for one in learners]
    required = required_lines(ids, completions_of(ids))
    found = [LearnerLine(one, tuple(required[one.id])) for one in learners]
    order = list(State)
    return sorted(
        found, key=lambda line: (order.index(line.state) if line.state else len(order), -len(line.missing))
    )


def chosen(lines: Iterable[LearnerLine], words: str, state: str) -> list[LearnerLine]:
    """Those whose name or organisation holds these words, in this state (empty: any)."""
    wanted = words.casefold().split()
    return [
        line
        for line in lines
        if all(word in f"{line.learner.name} {line.learner.organisation}".casefold() for word in wanted)
        and (not state or (line.state is not None and line.state.value == state))
    ]


def people_csv(lines: Iterable[LearnerLine]) -> bytes:
    """A row for each course that is required of each person."""
    known = catalogue()
    return write_csv(
        PEOPLE_COLUMNS,
        [
            (
                line.learner.name,
                line.learner.organisation,
                ", ".join(ROLES[role].title for role in line.learner.roles),
                known.title(one.demanded.course),
                one.state.title,
                one.demanded.due,
                one.completed_on,
                one.until,
            )
            for line in lines
            for one in line.lines
        ],
    )


def uptake(learners: Sequence[Learner]) -> list[UptakeLine]:
    """Every course with how many of these people take it, modules first, by title. Four statements."""
    ids, today = [one.id for one in learners], clock.today()
    completions = completions_of(ids)
    required, enrolled = required_lines(ids, completions), _enrolled(ids)
    holding: dict[str, set[UUID]] = defaultdict(set)
    for person_id, rows in completions.items():
        done = dones(rows)
        for key in {one.course for one in done}:
            last = newest(key, done, today)
            if last is not None and last.holds_on(today):
                holding[key].add(person_id)
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for person_id, lines in required.items():
        for line in lines:
            wanted[line.demanded.course].add(person_id)
    offered = [("Module", key, one.title) for key, one in catalogue().modules.items()]
    offered += [("External course", key, one.title) for key, one in catalogue().external.items()]
    return [
        UptakeLine(
            key,
            title,
            kind,
            len(enrolled.get(key, ())),
            len(holding[key]),
            rate(len(holding[key] & wanted[key]), len(wanted[key])),
        )
        for kind, key, title in sorted(offered, key=lambda one: (one[0] != "Module", one[2]))
    ]


def uptake_csv(lines: Iterable[UptakeLine]) -> bytes:
    """The report for a spreadsheet."""
    return write_csv(
        UPTAKE_COLUMNS,
        [
            (
                line.title,
                line.kind,
                line.enrolled if line.kind == "Module" else None,
                line.holding,
                int(line.in_date.denominator),
                int(line.in_date.numerator),
            )
            for line in lines
        ],
    )


def _enrolled(person_ids: Sequence[UUID]) -> dict[str, set[UUID]]:
    query = select(Enrolment.module, Enrolment.person_id).where(Enrolment.person_id.in_(set(person_ids)))
    found: dict[str, set[UUID]] = defaultdict(set)
    for key, person_id in db.session.execute(query):
        found[key].add(person_id)
    return found
