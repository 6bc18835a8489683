"""Reads of people, organisations and sign-ins, for those who may see them. A fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from portal.accounts.models import Membership, Organisation, Person, SignIn
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import ROLES, OrganisationKind, Role
from portal.core import clock
from portal.core.db import db
from portal.core.rules import spans
from portal.core.rules.paging import Paging

SORTS = {
    "name": "Name",
    "email": "Email address",
    "seen": "Last sign-in",
}


@dataclass(frozen=True)
class HeldRole:
    """A role as pages show it."""

    membership_id: UUID
    role: Role
    organisation_id: UUID
    organisation: str
    region: str | None
    starts: date
    ends: date | None
    in_force: bool

    @property
    def title(self) -> str:
        return ROLES[self.role].title


@dataclass(frozen=True)
class PersonRow:
    """A person as lists show them."""

    id: UUID
    name: str
    email: str
    state: str
    last_sign_in: datetime | None
    version: int
    roles: tuple[HeldRole, ...] = ()

    @property
    def current(self) -> tuple[HeldRole, ...]:
        return tuple(held for held in self.roles if held.in_force)


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation as lists show it, with how many people hold a role there today."""

    id: UUID
    name: str
    kind: OrganisationKind
    people: int


def in_force() -> ColumnElement[bool]:
    """SQL: a membership's dates cover today."""
    today = clock.today()
    return and_(Membership.starts <= today, or_(Membership.ends.is_(None), Membership.ends >= today))


def holders(organisation_id: UUID, roles: Iterable[Role]) -> list[tuple[str, str]]:
    """Name and address of everybody who holds one of these roles in an organisation today, for mails."""
    query = (
        select(Person.name, Person.email)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role.in_(list(roles)),
            in_force(),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.email)
        .distinct()
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def people(search: str, sort: str, page: str | None) -> tuple[list[PersonRow], Paging]:
    """One page of all people: those whose name, address or organisation contains the search text."""
    found = _matching(search)
    total = db.session.execute(select(func.count()).select_from(Person).where(found)).scalar_one()
    paging = Paging.of(page, total)
    order: dict[str, tuple[Any, ...]] = {
        "name": (func.lower(Person.name), Person.id),
        "email": (Person.email, Person.id),
        "seen": (func.coalesce(_last_sign_in(), _LONG_AGO).desc(), func.lower(Person.name), Person.id),
    }
    query = _person_columns().where(found).order_by(*order.get(sort, order["name"]))
    return _rows(query.limit(paging.size).offset(paging.offset)), paging


def person(person_id: UUID) -> PersonRow | None:
    """A person with all their roles, ended ones too."""
    rows = _rows(_person_columns().where(Person.id == person_id))
    return rows[0] if rows else None


def staff(organisation_id: UUID, page: str | None) -> tuple[list[PersonRow], Paging]:
    """One page of those who hold a role in this organisation today; each with their roles there only."""
    here = select(Membership.person_id).where(Membership.organisation_id == organisation_id, in_force())
    found = Person.id.in_(here)
    total = db.session.execute(select(func.count()).select_from(Person).where(found)).scalar_one()
    paging = Paging.of(page, total)
    query = _person_columns().where(found).order_by(func.lower(Person.name), Person.id)
    return _rows(query.limit(paging.size).offset(paging.offset), organisation_id), paging


def organisations(search: str, page: str | None) -> tuple[list[OrganisationRow], Paging]:
    """One page of the organisations whose name contains the search text."""
    found = func.lower(Organisation.name).contains(search.strip().lower(), autoescape=True)
    total = db.session.execute(select(func.count()).select_from(Organisation).where(found)).scalar_one()
    paging = Paging.of(page, total)
    held = and_(Membership.organisation_id == Organisation.id, in_force())
    query = (
        select(Organisation, func.count(Membership.person_id.distinct()))
        .outerjoin(Membership, held)
        .where(found)
        .group_by(Organisation.id)
        .order_by(func.lower(Organisation.name), Organisation.id)
        .limit(paging.size)
        .offset(paging.offset)
    )
    return [
        OrganisationRow(row.id, row.name, row.kind, count) for row, count in db.session.execute(query)
    ], paging


def choices(ids: Iterable[UUID] | None = None) -> Sequence[Organisation]:
    """Organisations to choose from, by name: all, or those with these ids."""
    query = select(Organisation).order_by(func.lower(Organisation.name), Organisation.id)
    if ids is not None:
        query = query.where(Organisation.id.in_(list(ids)))
    return db.session.scalars(query).all()


def sign_ins(actor: Actor) -> Sequence[SignIn]:
    """The actor's own sign-ins that have not ended, newest first."""
    query = select(SignIn).where(SignIn.person_id == actor.person_id, SignIn.ended_at.is_(None))
    return db.session.scalars(query.order_by(SignIn.started_at.desc(), SignIn.id)).all()


_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _last_sign_in() -> ColumnElement[datetime]:
    newest = select(func.max(SignIn.started_at)).where(SignIn.person_id == Person.id)
    return newest.correlate(Person).scalar_subquery()


def _person_columns() -> Select[Person, datetime]:
    return select(Person, _last_sign_in().label("last_sign_in"))


def _matching(search: str) -> ColumnElement[bool]:
    text = search.strip().lower()
    if not text:
        return Person.id.is_not(None)
    there = (
        select(Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(func.lower(Organisation.name).contains(text, autoescape=True), in_force())
    )
    return or_(
        func.lower(Person.name).contains(text, autoescape=True),
        Person.email.contains(text, autoescape=True),
        Person.id.in_(there),
    )


def _rows(query: Select[Person, datetime], organisation_id: UUID | None = None) -> list[PersonRow]:
    found = db.session.execute(query).all()
    held = _roles([row.id for row, _ in found], organisation_id)
    return [
        PersonRow(row.id, row.name, row.email, _state(row), last, row.version, tuple(held.get(row.id, ())))
        for row, last in found
    ]


def _roles(person_ids: list[UUID], organisation_id: UUID | None) -> dict[UUID, list[HeldRole]]:
    query = (
        select(Membership, Organisation.name)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id.in_(person_ids))
        .order_by(Membership.starts.desc(), Organisation.name, Membership.id)
    )
    if organisation_id is not None:
        query = query.where(Membership.organisation_id == organisation_id)
    today, held = clock.today(), dict[UUID, list[HeldRole]]()
    for row, organisation in db.session.execute(query):
        now = spans.covers(row.starts, row.ends, today)
        place = (row.organisation_id, organisation, row.region, row.starts, row.ends, now)
        held.setdefault(row.person_id, []).append(HeldRole(row.id, row.role, *place))
    return held


def _state(row: Person) -> str:
    if row.disabled_at is not None:
        return "Disabled"
    return "Active" if row.password_hash else "Invited"
