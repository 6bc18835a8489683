"""Courses for the clinical staff of host teams: who came, and which teams were trained lately.

Sources: OHID specification 3.7 (clinical staff are to be trained in IPS so that it is part of their teams);
fidelity scale, items 4, 5 and 9. No specification says how often: twelve months is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from portal.core.rules.months import months_before

TRAINED_MONTHS = 12
MOST_ATTENDING = 500  # of one profession at one course
MOST_AHEAD = timedelta(days=731)


class Profession(StrEnum):
    """What somebody of a host team is. Only their number is kept, never a name."""

    MEDICAL = "medical"
    NURSING = "nursing"
    PSYCHOLOGY = "psychology"
    OCCUPATIONAL = "occupational"
    ALLIED = "allied"
    SOCIAL = "social"
    KEY_WORKER = "key-worker"
    PEER = "peer"
    LEADER = "leader"
    OTHER = "other"

    @property
    def words(self) -> str:
        return PROFESSION_TITLES[self]

    @property
    def field(self) -> str:
        """The name of its field in forms; the rules name its problems in the same way."""
        return "n_" + self.value.replace("-", "_")


PROFESSION_TITLES = {
    Profession.MEDICAL: "Doctors, GPs and psychiatrists included",
    Profession.NURSING: "Nurses",
    Profession.PSYCHOLOGY: "Psychologists and therapists",
    Profession.OCCUPATIONAL: "Occupational therapists",
    Profession.ALLIED: "Physiotherapists and other allied health professionals",
    Profession.SOCIAL: "Social workers",
    Profession.KEY_WORKER: "Care coordinators, key workers and recovery workers",
    Profession.PEER: "Peer support workers",
    Profession.LEADER: "Clinical team leaders and managers",
    Profession.OTHER: "Others of the team",
}


class CourseState(StrEnum):
    """How a course for a host team stands."""

    PLANNED = "planned"
    UNCOUNTED = "uncounted"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def words(self) -> str:
        return STATE_TITLES[self]


STATE_TITLES = {
    CourseState.PLANNED: "Planned",
    CourseState.UNCOUNTED: "Attendance missing",
    CourseState.HELD: "Held",
    CourseState.CANCELLED: "Cancelled",
}


@dataclass(frozen=True)
class CourseDetails:
    """A course as it is entered. `attended` is empty until it was held."""

    course: str
    on: date
    attended: Mapping[Profession, int] = field(default_factory=dict)


@dataclass(frozen=True)
class HeldCourse:
    """A course of a host team, as uptake counts it. `people`: how many clinical staff came."""

    on: date
    people: int
    cancelled: bool = False

    def state(self, today: date) -> CourseState:
        return state_of(self.on, self.people, today, cancelled=self.cancelled)


@dataclass(frozen=True)
class Uptake:
    """A host team's courses. `people`: clinical staff at those of the last twelve months, added up."""

    trained: bool
    last_on: date | None
    next_on: date | None
    people: int


def state_of(on: date, people: int, today: date, *, cancelled: bool) -> CourseState:
    """Held once somebody is counted; planned until its day is over; then the attendance is missing."""
    if cancelled:
        return CourseState.CANCELLED
    if people:
        return CourseState.HELD
    return CourseState.PLANNED if on >= today else CourseState.UNCOUNTED


def lately(on: date, today: date) -> bool:
    """Within the last twelve months: their first day and today count."""
    return months_before(today, TRAINED_MONTHS) <= on <= today


def uptake(courses: Iterable[HeldCourse], today: date) -> Uptake:
    """A team is trained if a course was held within the last twelve months, their first day included."""
    known = [(one, one.state(today)) for one in courses]
    held = [one for one, state in known if state is CourseState.HELD]
    recent = [one for one in held if lately(one.on, today)]
    return Uptake(
        bool(recent),
        max((one.on for one in held), default=None),
        min((one.on for one, state in known if state is CourseState.PLANNED), default=None),
        sum(one.people for one in recent),
    )


def course_problems(
    details: CourseDetails, courses: Collection[str], teams: int, today: date
) -> dict[str, str]:
    """What is wrong with a course, by field of its form. `teams`: how many host teams it is entered for."""
    problems = {}
    if details.course not in courses:
        problems["course"] = "Choose the course"
    if not teams:
        problems["teams"] = "Choose at least one host team"
    for profession, people in details.attended.items():
        if not 0 <= people <= MOST_ATTENDING:
            problems[profession.field] = f"Enter a whole number from 0 to {MOST_ATTENDING}"
    came = any(details.attended.values())
    if came and details.on > today:
        problems["on"] = "This day has not come. Leave the numbers empty until the course was held"
    elif details.on > today + MOST_AHEAD:
        problems["on"] = "Enter a day within the next two years"
    if came and teams > 1:
        problems["teams"] = "Attendance is counted by team. Choose one, or leave the numbers empty for now"
    return problems


Key = TypeVar("Key")


def added(counts: Iterable[Mapping[Key, int]]) -> dict[Key, int]:
    """The same counts of several courses, added up."""
    found: dict[Key, int] = {}
    for one in counts:
        for key, count in one.items():
            found[key] = found.get(key, 0) + count
    return found
