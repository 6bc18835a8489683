"""A person's own bookings, and those of a provider's people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Membership, Person
from portal.accounts.queries import in_force
from portal.core import clock
from portal.core.db import db
from portal.events.models import Attendance, Booking, Event
from portal.events.rules.booking import BookingState
from portal.events.rules.state import EventState

PAST = timedelta(days=400)
MOST = 200


@dataclass(frozen=True)
class NextBooking:
    """A place or a wait of a person. `before`: how many wait before them."""

    event_id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    online: bool
    place: str
    state: BookingState
    before: int


@dataclass(frozen=True)
class PastEvent:
    """An event that a person had a place at, or was at."""

    event_id: UUID
    title: str
    starts_at: datetime
    was_there: bool
    gave_feedback: bool


@dataclass(frozen=True)
class OthersBooking:
    """A booking of one of our people."""

    person: str
    event_id: UUID
    title: str
    starts_at: datetime
    state: BookingState


def next_bookings(person_id: UUID, limit: int = MOST) -> list[NextBooking]:
    """A person's places and waits of events to come, the next first. One statement."""
    ahead = aliased(Booking)
    before = (
        select(func.count())
        .where(
            ahead.event_id == Booking.event_id, ahead.state == BookingState.WAITING, ahead.seq < Booking.seq
        )
        .correlate(Booking)
        .scalar_subquery()
    )
    query = (
        select(
            Event.id,
            Event.title,
            Event.starts_at,
            Event.ends_at,
            Event.online,
            Event.place,
            Booking.state,
            before,
        )
        .join(Booking, Booking.event_id == Event.id)
        .where(
            Booking.person_id == person_id,
            Booking.state != BookingState.CANCELLED,
            Event.state == EventState.PUBLISHED,
            Event.ends_at > clock.now(),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    )
    return [NextBooking(*row) for row in db.session.execute(query)]


def past_events(person_id: UUID) -> list[PastEvent]:
    """What a person was at or had a place at, the latest first. One statement."""
    there = Attendance.person_id.is_not(None)
    query = (
        select(Event.id, Event.title, Event.starts_at, there, func.coalesce(Attendance.gave_feedback, False))
        .outerjoin(Attendance, (Attendance.event_id == Event.id) & (Attendance.person_id == person_id))
        .outerjoin(
            Booking,
            (Booking.event_id == Event.id)
            & (Booking.person_id == person_id)
            & (Booking.state == BookingState.BOOKED),
        )
        .where(
            Event.state.in_((EventState.PUBLISHED, EventState.HELD)),
            Event.ends_at <= clock.now(),
            Event.ends_at > clock.now() - PAST,
            there | Booking.id.is_not(None),
        )
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(MOST)
    )
    return [PastEvent(*row) for row in db.session.execute(query)]


def bookings_of_staff(organisation_ids: Collection[UUID]) -> list[OthersBooking]:
    """Who of these organisations has a place or waits, the next event first. One statement."""
    here = select(Membership.person_id).where(Membership.organisation_id.in_(organisation_ids), in_force())
    query = (
        select(Person.name, Event.id, Event.title, Event.starts_at, Booking.state)
        .join(Booking, Booking.person_id == Person.id)
        .join(Event, Event.id == Booking.event_id)
        .where(
            Person.id.in_(here),
            Booking.state != BookingState.CANCELLED,
            Event.state == EventState.PUBLISHED,
            Event.ends_at > clock.now(),
        )
        .order_by(Event.starts_at, Event.id, Person.name, Person.id)
        .limit(MOST)
    )
    return [OthersBooking(*row) for row in db.session.execute(query)]


def events_of(person_id: UUID) -> Sequence[tuple[Event, BookingState]]:
    """The events of a person's calendar: with a place, or a wait. One statement."""
    query = (
        select(Event, Booking.state)
        .join(Booking, Booking.event_id == Event.id)
        .where(
            Booking.person_id == person_id,
            Booking.state != BookingState.CANCELLED,
            Event.starts_at > clock.now() - PAST,
        )
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(MOST)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]
