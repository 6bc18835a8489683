"""Employment specialists with clients before their required training: by person, service and region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core.db import db
from portal.core.rules.cells import Cell
from portal.core.rules.rate import Rate
from portal.core.spreadsheets import write_csv
from portal.directory.models import Service
from portal.directory.scope import within
from portal.workforce.learning.queries import completions_of, dones
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.gate import (
    GateState,
    Standing,
    counts,
    first_client,
    in_time,
    stand_at_gate,
)
from portal.workforce.learning.rules.module import Requirement
from portal.workforce.staff.models import StaffEntry, StaffMember
from portal.workforce.staff.queries import is_open
from portal.workforce.staff.rules.national import hidden, total_is_hidden
from portal.workforce.staff.rules.words import EntryKind, StaffRole

SETS = {StaffRole.SPECIALIST: "employment-specialist", StaffRole.SENIOR: "senior"}
HIDDEN = "Hidden: a small group"
COLUMNS = ("Service", "Name", "Role", "Since", "First client", "State", "Courses")


@dataclass(frozen=True)
class GatePerson:
    """An employment specialist of today. `counted`: the first client is known from a caseload only."""

    member: StaffMember
    service_key: str
    service: str
    region: str
    first_client_on: date | None
    counted: bool
    standing: Standing

    @property
    def courses(self) -> tuple[str, ...]:
        """The titles of the courses in question."""
        return tuple(catalogue().title(key) for key in self.standing.courses)


@dataclass(frozen=True)
class GateLine:
    """A service or region. `counts` is None where a small group is hidden."""

    key: str
    name: str
    people: int
    counts: Mapping[GateState, int] | None

    @property
    def in_time(self) -> Rate | None:
        return in_time(self.counts) if self.counts is not None else None


def before_clients(role: StaffRole) -> tuple[Requirement, ...]:
    """The courses that somebody in this role must complete before their first client."""
    return tuple(one for one in catalogue().sets[SETS[role]].requirements if one.before_clients)


def people_at_gate(
    actor: Actor, today: date, permission: Permission, service_id: UUID | None = None
) -> list[GatePerson]:
    """Employment specialists of today in open services within reach, the most pressing first.

    Three statements, however many there are.
    """
    chosen = Service.id == service_id if service_id else is_open(today)
    query = (
        select(StaffMember, Service.key, Service.name, Service.region)
        .join(Service, Service.id == StaffMember.service_id)
        .where(within(actor, permission), chosen, _there(today))
    )
    rows = db.session.execute(query).all()
    counted = _first_counts([row[0].id for row in rows]) if service_id else _first_counts(None)
    known = completions_of([row[0].person_id for row in rows if row[0].person_id is not None])
    found = []
    for member, key, name, region in rows:
        first = first_client(member.first_client_on, counted.get(member.id))
        done = dones(known[member.person_id]) if member.person_id is not None else None
        standing = stand_at_gate(before_clients(member.role), done, member.starts, first, today)
        by_count = first is not None and first != member.first_client_on
        found.append(GatePerson(member, key, name, region, first, by_count, standing))
    order = list(GateState)
    return sorted(
        found, key=lambda one: (order.index(one.standing.state), one.service, one.member.name.casefold())
    )


def _there(today: date) -> ColumnElement[bool]:
    here = or_(StaffMember.ends.is_(None), StaffMember.ends >= today)
    return (StaffMember.starts <= today) & here & StaffMember.role.in_(SETS)


def _first_counts(member_ids: Sequence[UUID] | None) -> dict[UUID, date]:
    """The first day on which somebody's caseload was above nought; None: of everybody."""
    query = (
        select(StaffEntry.member_id, func.min(StaffEntry.on))
        .where(StaffEntry.kind == EntryKind.CASELOAD, StaffEntry.count > 0)
        .group_by(StaffEntry.member_id)
    )
    if member_ids is not None:
        query = query.where(StaffEntry.member_id.in_(member_ids))
    return {row[0]: row[1] for row in db.session.execute(query) if row[0] is not None}


def by_service(people: Iterable[GatePerson]) -> list[GateLine]:
    """A line for each service with employment specialists, those with most clients before training first."""
    groups: dict[tuple[str, str], list[GateState]] = {}
    for one in people:
        groups.setdefault((one.service_key, one.service), []).append(one.standing.state)
    lines = [GateLine(key, name, len(states), counts(states)) for (key, name), states in groups.items()]
    return sorted(lines, key=lambda line: (*(-count for count in (line.counts or {}).values()), line.name))


def by_region(people: Iterable[GatePerson]) -> list[GateLine]:
    """A line for each region, then all of them; groups of fewer than five people are hidden."""
    groups: dict[str, list[GateState]] = {}
    for one in people:
        groups.setdefault(one.region, []).append(one.standing.state)
    sizes = {name: len(states) for name, states in groups.items()}
    small = hidden(sizes)
    lines = [
        GateLine(name, name, sizes[name], None if name in small else counts(groups[name]))
        for name in sorted(groups)
    ]
    every = [state for states in groups.values() for state in states]
    shown = len(every) > 0 and not total_is_hidden(sizes)
    return [*lines, GateLine("", "All regions", len(every), counts(every) if shown else None)]


def people_csv(people: Iterable[GatePerson]) -> bytes:
    """A row for each employment specialist."""
    return write_csv(
        COLUMNS,
        [
            (
                one.service,
                one.member.name,
                one.member.role.title,
                one.member.starts,
                one.first_client_on,
                one.standing.state.words,
                "; ".join(one.courses),
            )
            for one in people
        ],
    )


def regions_csv(lines: Iterable[GateLine]) -> bytes:
    """A row for each region, then all of them."""
    rows: list[list[Cell]] = []
    for line in lines:
        hiding: list[Cell] = [HIDDEN] * (len(GateState) + 1)
        shown: list[Cell] = [line.people, *line.counts.values()] if line.counts is not None else hiding
        rows.append([line.name, *shown])
    return write_csv(("Region", "Employment specialists", *(one.words for one in GateState)), rows)
