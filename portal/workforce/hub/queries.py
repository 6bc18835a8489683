"""Named reads about vacancies: those that everybody sees, one's own, and the national figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.db import db
from portal.core.rules.paging import Paging
from portal.directory.models import Service
from portal.directory.scope import within
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.rules.finding import FIELDS, Order, Search
from portal.workforce.hub.rules.moving import UNDER_WAY, State

PER_PAGE = 20
_EMPLOYER = Organisation.name.label("employer")
_SERVICE = Service.name.label("service")
_CLOSED = Service.closed.label("service_closed")
_ORDERS: dict[Order, tuple[Any, ...]] = {
    Order.NEWEST: (Vacancy.opened_at.desc(), Vacancy.key),
    Order.CLOSING: (Vacancy.closes_on, Vacancy.key),
    Order.PAY: (Vacancy.salary_from.is_(None), Vacancy.salary_from.desc(), Vacancy.key),
}


def on_show(on: date) -> ColumnElement[bool]:
    """SQL over a vacancy and its service: everybody sees it on this day. The last day is the closing date."""
    still_there = or_(Service.closed.is_(None), Service.closed > on)
    return and_(Vacancy.state == State.OPEN, Vacancy.closes_on >= on, still_there)


def is_on_show(row: Row[Any], on: date) -> bool:
    """Whether everybody sees the vacancy of a row on this day. The same question as `on_show`."""
    vacancy: Vacancy = row.Vacancy
    there = row.service_closed is None or row.service_closed > on
    return bool(vacancy.state is State.OPEN and vacancy.closes_on >= on and there)


@dataclass(frozen=True)
class Found:
    """A page of what was searched for. A row is (Vacancy, employer, service, service_closed)."""

    rows: list[Row[Any]]
    paging: Paging


def find(search: Search, page: str | None = None) -> Found:
    """Vacancies on show that a search leaves. Two statements."""
    conditions = (on_show(clock.today()), *_conditions(search))
    total = db.session.scalar(_joined(select(func.count(Vacancy.id))).where(*conditions)) or 0
    paging = Paging.of(page, total, PER_PAGE)
    rows = _rows(*conditions).order_by(*_ORDERS[search.order]).limit(PER_PAGE).offset(paging.offset)
    return Found(list(db.session.execute(rows)), paging)


def newest(region: str, most: int = 50) -> list[Row[Any]]:
    """The newest vacancies on show, of one region where it is given, for the feed. One statement."""
    conditions = _conditions(Search(region=region))
    rows = _rows(on_show(clock.today()), *conditions).order_by(*_ORDERS[Order.NEWEST]).limit(most)
    return list(db.session.execute(rows))


def by_key(key: str) -> Row[Any] | None:
    """The vacancy at a public address, on show or closed; None for one never opened, or withdrawn."""
    shown = Vacancy.state.in_({State.OPEN, State.SHORTLISTING, State.FILLED})
    return db.session.execute(_rows(Vacancy.key == key, shown)).one_or_none()


def of_service(service_id: UUID) -> list[Row[Any]]:
    """A service's vacancies on show, those that close first above. One statement."""
    rows = _rows(Vacancy.service_id == service_id, on_show(clock.today()))
    return list(db.session.execute(rows.order_by(*_ORDERS[Order.CLOSING])))


def own(actor: Actor, state: State | None = None) -> list[Row[Any]]:
    """The vacancies that the person manages: under way first, then the newest. One statement."""
    mine = within(actor, Permission.VACANCY_MANAGE, Vacancy.service_id)
    rows = _rows(mine, *([Vacancy.state == state] if state else []))
    found = list(db.session.execute(rows.order_by(Vacancy.created_at.desc(), Vacancy.key)))
    return sorted(found, key=lambda row: row.Vacancy.state not in {*UNDER_WAY, State.DRAFT})


def dressed(vacancy_id: UUID) -> Row[Any]:
    """A vacancy with the names around it, in whatever state. One statement."""
    return db.session.execute(_rows(Vacancy.id == vacancy_id)).one()


def services_to_post_for(actor: Actor) -> list[Row[Any]]:
    """Id, name and region of the open services that the person may post for, by name. One statement."""
    still_open = or_(Service.closed.is_(None), Service.closed > clock.today())
    query = select(Service.id, Service.name, Service.region).where(
        within(actor, Permission.VACANCY_MANAGE), still_open
    )
    return list(db.session.execute(query.order_by(Service.name)))


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(Vacancy)
        .join(Organisation, Organisation.id == Vacancy.employer_id)
        .join(Service, Service.id == Vacancy.service_id)
    )


def _rows(*conditions: ColumnElement[bool]) -> Select[Any]:
    columns: list[Any] = [Vacancy, _EMPLOYER, _SERVICE, _CLOSED]
    return _joined(select(*columns)).where(*conditions)


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    """Every word is somewhere in the texts; the other parts of the search hold too."""
    texts = {
        "title": Vacancy.title,
        "place": Vacancy.place,
        "region": Vacancy.region,
        "employer": Organisation.name,
        "service": Service.name,
    }
    columns = [texts[name] for name in FIELDS]
    found: list[ColumnElement[bool]] = [
        or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in search.words
    ]
    if search.region:
        found.append(Vacancy.region == search.region)
    if search.role:
        found.append(Vacancy.role == search.role)
    if search.part_time:
        found.append(Vacancy.part_time.is_(True))
    return found


@dataclass(frozen=True)
class Gap:
    """Vacancies of a region that nobody fills yet: how many, and their full-time equivalent."""

    count: int
    fte: Decimal


def open_vacancies_by_region(on: date) -> dict[str, Gap]:
    """Vacancies under way (open or shortlisting) that had opened by a day, by region. One statement.

    Counted from the states of today: for a day in the past, what was filled or withdrawn since is not in it.
    """
    midnight = datetime.combine(on + timedelta(days=1), time(), clock.UK)
    query = (
        select(Vacancy.region, func.count(), func.sum(Vacancy.fte))
        .where(Vacancy.state.in_(UNDER_WAY), Vacancy.opened_at < midnight)
        .group_by(Vacancy.region)
        .order_by(Vacancy.region)
    )
    return {row[0]: Gap(row[1], Decimal(row[2])) for row in db.session.execute(query)}


def days_to_fill(first: date, last: date, service_ids: Iterable[UUID] | None = None) -> list[int]:
    """For each vacancy filled from a day to a day (both included), the days since it first opened.

    Of these services where they are given; in no order. One statement.
    """
    query = select(Vacancy.opened_at, Vacancy.filled_at).where(Vacancy.filled_at.is_not(None))
    if service_ids is not None:
        query = query.where(Vacancy.service_id.in_(set(service_ids)))
    found = []
    for opened_at, filled_at in db.session.execute(query):
        if opened_at is None or filled_at is None:
            continue
        filled = clock.uk(filled_at).date()
        if first <= filled <= last:
            found.append((filled - clock.uk(opened_at).date()).days)
    return found
