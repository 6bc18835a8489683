"""Asking for a place, giving it back, and moving up.

Every verb here locks the event's row first and counts inside the lock, so that the last place is given once
and the queue stands in the order of asking. `taken` is counted up in the database itself, under a
constraint: were the lock ever lost, a place too many would be refused and not sold.
"""

from __future__ import annotations

import uuid
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm.attributes import set_committed_value

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, NotFound, Refused
from portal.events.models import Booking, Event
from portal.events.rules.booking import BookingState, moving_up, standing
from portal.events.rules.state import EventState
from portal.events.service.loading import locked, manages, somebody
from portal.events.service.notices import tell


def book(actor: Actor, event_id: UUID, person_id: UUID | None = None) -> BookingState:
    """Ask for a place: one's own, or for somebody else as the organiser. Asking again changes nothing.

    Returns whether it is a place or a wait. Raises NotFound, Forbidden, or Refused where it cannot be booked.
    """
    wanted = person_id or actor.person_id
    with act(actor, "events.book", ("event", event_id)) as work:
        event, person = locked(event_id), somebody(wanted)
        _demand_own(actor, event, person.id)
        _demand_open(event)
        there = _live(event_id, person.id)
        if there is not None:
            work.unchanged()
            return there.state
        state = standing(event.capacity, event.taken)
        _count(event, places=int(state is BookingState.BOOKED), asked=1)
        db.session.add(
            Booking(
                id=uuid.uuid4(),
                event_id=event_id,
                person_id=person.id,
                state=state,
                seq=event.asked,
                asked_at=clock.now(),
                asked_by=actor.person_id,
            )
        )
        tell(person, event, state.value)
        work.note(person=person.id, state=state.value)
    return state


def give_back(actor: Actor, event_id: UUID, person_id: UUID | None = None) -> None:
    """Cancel a booking or a wait. Who waits first gets the place in the same transaction and is told.

    Raises NotFound, Forbidden, or Refused once the event has been held or cancelled.
    """
    with act(actor, "events.give-back", ("event", event_id)) as work:
        event = locked(event_id)
        person = _known(person_id or actor.person_id)
        _demand_own(actor, event, person.id)
        booking = _live(event_id, person.id)
        if booking is None:
            raise NotFound("There is no booking to cancel.")
        if event.state is not EventState.PUBLISHED:
            raise Refused("This event is over or cancelled: its bookings stay as they are.")
        held_place = booking.state is BookingState.BOOKED
        booking.state, booking.ended_at = BookingState.CANCELLED, clock.now()
        if held_place:
            _count(event, places=-1)
        up = move_up(event)
        if actor.person_id != person.id:
            tell(person, event, "given-back")
        work.note(person=person.id, moved_up=up)


def move_up(event: Event) -> list[UUID]:
    """Give free places to those who wait, in order, and tell them. Call inside a verb that holds the lock.

    Nobody moves up once the event has begun. Returns who did.
    """
    db.session.flush()
    if event.state is not EventState.PUBLISHED or event.starts_at <= clock.now():
        return []
    queue = (
        Booking.event_id == event.id,
        Booking.state == BookingState.WAITING,
        Person.disabled_at.is_(None),  # an account that was closed keeps nobody waiting
    )
    waits = select(func.count(Booking.id)).join(Person, Person.id == Booking.person_id).where(*queue)
    places = moving_up(event.capacity, event.taken, db.session.scalars(waits).one())
    if not places:
        return []
    query = select(Booking, Person).join(Person, Person.id == Booking.person_id).where(*queue)
    found = db.session.execute(query.order_by(Booking.seq).limit(places)).all()
    _count(event, places=len(found))
    for booking, person in found:
        booking.state = BookingState.BOOKED
        tell(person, event, "moved-up")
    return [person.id for _, person in found]


def _count(event: Event, *, places: int, asked: int = 0) -> None:
    """Count in the database, not from what was read: its constraint then holds whatever was read."""
    counted = (
        update(Event)
        .where(Event.id == event.id)
        .values(taken=Event.taken + places, asked=Event.asked + asked)
        .returning(Event.taken, Event.asked)
        .execution_options(synchronize_session=False)
    )
    for name, now in db.session.execute(counted).one()._mapping.items():
        set_committed_value(event, name, now)


def _live(event_id: UUID, person_id: UUID) -> Booking | None:
    query = select(Booking).where(
        Booking.event_id == event_id,
        Booking.person_id == person_id,
        Booking.state != BookingState.CANCELLED,
    )
    return db.session.execute(query).scalar_one_or_none()


def _known(person_id: UUID | None) -> Person:
    person = None if person_id is None else db.session.get(Person, person_id)
    if person is None:
        raise NotFound("There is no such person.")
    return person


def _demand_own(actor: Actor, event: Event, person_id: UUID) -> None:
    if actor.person_id != person_id and not manages(actor, event):
        raise Forbidden("You can book for yourself only.")


def _demand_open(event: Event) -> None:
    if event.state is EventState.PLANNED:
        raise NotFound("There is no such event.")
    if event.state is EventState.CANCELLED:
        raise Refused("This event is cancelled.")
    if event.state is EventState.HELD or event.ends_at <= clock.now():
        raise Refused("This event is over.")
