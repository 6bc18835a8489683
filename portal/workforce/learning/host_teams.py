"""Host teams whose clinical staff were trained, by service: for the pages and their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core.db import db
from portal.core.filters import day, plural
from portal.core.rules.cells import Cell
from portal.core.rules.rate import Rate, rate
from portal.core.spreadsheets import write_csv
from portal.directory.models import HostTeam, Service
from portal.directory.scope import within
from portal.workforce.learning.models import ClinicalAttendance, ClinicalSession
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.clinical import (
    TRAINED_MONTHS,
    CourseState,
    HeldCourse,
    Profession,
    Uptake,
    added,
    lately,
    uptake,
)
from portal.workforce.staff.queries import is_open

TEAM_COLUMNS = (
    "Service",
    "Host team",
    "Trained in the last 12 months",
    "Last course",
    "Next course planned",
    "Clinical staff at courses of the last 12 months",
)
COURSE_COLUMNS = ("Host team", "Course", "Day", "State", "Clinical staff", *(one.words for one in Profession))


@dataclass(frozen=True)
class TeamLine:
    """A host team with its courses added up."""

    name: str
    uptake: Uptake


@dataclass(frozen=True)
class ServiceLine:
    """A service with its host teams."""

    key: str
    name: str
    teams: tuple[TeamLine, ...]

    @property
    def trained(self) -> Rate:
        return rate(sum(one.uptake.trained for one in self.teams), len(self.teams))

    @property
    def all_trained(self) -> bool:
        return self.trained.value == 1

    @property
    def last_on(self) -> date | None:
        return max((one.uptake.last_on for one in self.teams if one.uptake.last_on), default=None)

    @property
    def next_on(self) -> date | None:
        return min((one.uptake.next_on for one in self.teams if one.uptake.next_on), default=None)

    @property
    def people(self) -> int:
        return sum(one.uptake.people for one in self.teams)

    @property
    def words(self) -> str:
        """3 of 5 host teams trained in the last 12 months · last on 3 May 2026."""
        if not self.teams:
            return "No host team entered"
        of = f"{self.trained.numerator} of {plural(len(self.teams), 'host team')}"
        found = f"{of} trained in the last {TRAINED_MONTHS} months"
        return f"{found} · last on {day(self.last_on)}" if self.last_on else found


def service_lines(actor: Actor, today: date) -> list[ServiceLine]:
    """Every open service whose learning the actor may see, those with most teams untrained first.

    Two statements, however many services there are.
    """
    mine = within(actor, Permission.LEARNING_READ)
    query = (
        select(Service.key, Service.name, HostTeam.id, HostTeam.name)
        .outerjoin(HostTeam, HostTeam.service_id == Service.id)
        .where(mine, is_open(today))
        .order_by(Service.name, Service.key, HostTeam.name, HostTeam.id)
    )
    courses: dict[UUID | None, list[HeldCourse]] = {}
    for team_id, on, cancelled, people in db.session.execute(_counted()):
        courses.setdefault(team_id, []).append(HeldCourse(on, people, cancelled))
    found: dict[tuple[str, str], list[TeamLine]] = {}
    for key, name, team_id, team in db.session.execute(query):
        teams = found.setdefault((key, name), [])
        if team_id is not None:
            teams.append(TeamLine(team, uptake(courses.get(team_id, ()), today)))
    lines = [ServiceLine(key, name, tuple(teams)) for (key, name), teams in found.items()]
    return sorted(lines, key=lambda one: (one.trained.value is None, one.trained.value or 0, one.name))


def _counted() -> Select[UUID | None, date, bool, int]:
    people = func.coalesce(func.sum(ClinicalAttendance.people), 0)
    return (
        select(ClinicalSession.team_id, ClinicalSession.on, ClinicalSession.cancelled, people)
        .outerjoin(ClinicalAttendance, ClinicalAttendance.session_id == ClinicalSession.id)
        .where(ClinicalSession.team_id.is_not(None))
        .group_by(ClinicalSession.id, ClinicalSession.team_id, ClinicalSession.on, ClinicalSession.cancelled)
    )


def teams_of(service_id: UUID) -> Sequence[HostTeam]:
    """The host teams of a service, by name."""
    query = select(HostTeam).where(HostTeam.service_id == service_id).order_by(HostTeam.name, HostTeam.id)
    return db.session.scalars(query).all()


def courses_of(service_id: UUID) -> Sequence[ClinicalSession]:
    """Every course of a service's host teams, the newest first. Two statements."""
    query = (
        select(ClinicalSession)
        .where(ClinicalSession.service_id == service_id)
        .options(joinedload(ClinicalSession.team), selectinload(ClinicalSession.attendance))
        .order_by(ClinicalSession.on.desc(), ClinicalSession.team_name, ClinicalSession.id)
    )
    return db.session.scalars(query).all()


def line_of(
    service: Service, teams: Iterable[HostTeam], courses: Iterable[ClinicalSession], today: date
) -> ServiceLine:
    """A service as the list shows it, from what its own page has read."""
    held: dict[UUID | None, list[HeldCourse]] = {}
    for one in courses:
        held.setdefault(one.team_id, []).append(HeldCourse(one.on, one.people, one.cancelled))
    lines = tuple(TeamLine(team.name, uptake(held.get(team.id, ()), today)) for team in teams)
    return ServiceLine(service.key, service.name, lines)


def by_profession(courses: Iterable[ClinicalSession], today: date) -> list[tuple[str, int]]:
    """How many of each profession came in the last twelve months, in the order of the form."""
    found = added(
        one.attended for one in courses if one.state(today) is CourseState.HELD and lately(one.on, today)
    )
    return [(one.words, found[one]) for one in Profession if one in found]


def teams_csv(lines: Iterable[ServiceLine]) -> bytes:
    """A row for each host team."""
    return write_csv(
        TEAM_COLUMNS,
        [
            (
                line.name,
                team.name,
                "Yes" if team.uptake.trained else "No",
                team.uptake.last_on,
                team.uptake.next_on,
                team.uptake.people,
            )
            for line in lines
            for team in line.teams
        ],
    )


def courses_csv(courses: Iterable[ClinicalSession], today: date) -> bytes:
    """A row for each course of a service."""
    rows: list[list[Cell]] = []
    for one in courses:
        came = one.attended
        title = catalogue().title(one.course)
        row: list[Cell] = [one.where, title, one.on, one.state(today).words, one.people]
        rows.append([*row, *(came.get(profession, 0) for profession in Profession)])
    return write_csv(COURSE_COLUMNS, rows)
