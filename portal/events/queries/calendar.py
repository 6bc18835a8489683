"""The calendar of events, as everybody or as somebody signed in sees it."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from portal.core import clock
from portal.core.db import db
from portal.core.rules.months import months_after
from portal.core.rules.paging import Paging
from portal.events.models import Event
from portal.events.rules.booking import left_words
from portal.events.rules.kinds import EventKind
from portal.events.rules.state import EventState

SHOWN = (EventState.PUBLISHED, EventState.HELD, EventState.CANCELLED)


@dataclass(frozen=True)
class Filters:
    """What somebody looks for. `where`: empty, `online`, or a region."""

    kind: EventKind | None = None
    where: str = ""
    month: date | None = None
    past: bool = False

    @property
    def any(self) -> bool:
        return bool(self.kind or self.where or self.month)


@dataclass(frozen=True)
class EventLine:
    """An event as lists show it."""

    id: UUID
    kind: EventKind
    title: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    online: bool
    place: str
    region: str | None
    state: EventState
    capacity: int | None
    taken: int

    @property
    def places(self) -> str:
        return left_words(self.capacity, self.taken)


_COLUMNS = tuple(getattr(Event, name) for name in EventLine.__dataclass_fields__)


def calendar(filters: Filters, signed_in: bool, page: str | None) -> tuple[list[EventLine], Paging]:
    """One page: what is to come, the next first; or what is past, the latest first. Two statements."""
    wanted = and_(*_wanted(filters, signed_in))
    total = db.session.execute(select(func.count()).select_from(Event).where(wanted)).scalar_one()
    paging = Paging.of(page, total)
    order = (Event.starts_at.desc(), Event.id) if filters.past else (Event.starts_at, Event.id)
    query = select(*_COLUMNS).where(wanted).order_by(*order).limit(paging.size).offset(paging.offset)
    return [EventLine(*row) for row in db.session.execute(query)], paging


def of_month(month: date, signed_in: bool) -> list[list[tuple[date, list[EventLine]]]]:
    """The weeks of a month, Monday first, each day with its events. One statement."""
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    first, last = weeks[0][0], weeks[-1][-1]
    query = select(*_COLUMNS).where(
        Event.state.in_(SHOWN),
        *_audience(signed_in),
        Event.starts_at >= start_of(first),
        Event.starts_at < start_of(last + timedelta(days=1)),
    )
    found: dict[date, list[EventLine]] = {}
    for row in db.session.execute(query.order_by(Event.starts_at, Event.id)):
        line = EventLine(*row)
        found.setdefault(clock.uk(line.starts_at).date(), []).append(line)
    return [[(day, found.get(day, [])) for day in week] for week in weeks]


def others_of_series(event: Event, *, planned: bool) -> list[EventLine]:
    """The other events of its series that are to come, with those still planned for organisers."""
    if event.series_id is None:
        return []
    states = (EventState.PUBLISHED, EventState.PLANNED) if planned else (EventState.PUBLISHED,)
    query = select(*_COLUMNS).where(
        Event.series_id == event.series_id,
        Event.id != event.id,
        Event.state.in_(states),
        Event.public.is_(event.public),
        Event.ends_at > clock.now(),
    )
    return [EventLine(*row) for row in db.session.execute(query.order_by(Event.starts_at, Event.id))]


def coming_public() -> Sequence[Event]:
    """Every public event from a month ago on, for the calendar file. One statement."""
    query = select(Event).where(
        Event.state.in_(SHOWN), Event.public.is_(True), Event.starts_at >= clock.now() - timedelta(days=31)
    )
    return db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(500)).all()


def start_of(day: date) -> datetime:
    """The first instant of a UK day."""
    return datetime.combine(day, time(0), clock.UK)


def between(first: date, last: date) -> ColumnElement[bool]:
    """SQL: an event begins on one of these UK days."""
    return and_(Event.starts_at >= start_of(first), Event.starts_at < start_of(last + timedelta(days=1)))


def _wanted(filters: Filters, signed_in: bool) -> list[ColumnElement[bool]]:
    now: datetime = clock.now()
    found: list[Any] = [Event.state.in_(SHOWN), *_audience(signed_in)]
    found.append(Event.ends_at <= now if filters.past else Event.ends_at > now)
    if filters.kind is not None:
        found.append(Event.kind == filters.kind)
    if filters.where == "online":
        found.append(Event.online.is_(True))
    elif filters.where:
        found.append(Event.region == filters.where)
    if filters.month is not None:
        found.append(between(filters.month, months_after(filters.month, 1) - timedelta(days=1)))
    return found


def _audience(signed_in: bool) -> list[ColumnElement[bool]]:
    return [] if signed_in else [Event.public.is_(True)]
