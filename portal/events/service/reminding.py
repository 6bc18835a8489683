"""Reminders by mail to those who have a place: a week before an event, and the day before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.events.models import Booking, Event, EventReminder
from portal.events.rules.booking import BookingState
from portal.events.rules.reminders import WEEK, due_days
from portal.events.rules.state import EventState
from portal.events.service.loading import locked
from portal.events.service.notices import tell

JOB = "events.remind"


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    remind()


def remind() -> int:
    """Send what is due today and was not sent yet. Returns how many mails were written.

    One transaction an event, with what was sent noted in it, so that a second run sends nothing twice.
    """
    today = clock.today()
    query = select(Event.id, Event.starts_at).where(
        Event.state == EventState.PUBLISHED,
        Event.starts_at > clock.now(),
        Event.starts_at < clock.now() + timedelta(days=9),
    )
    soon = db.session.execute(query.order_by(Event.starts_at, Event.id)).all()
    due = [(row.id, _days(row.starts_at, today)) for row in soon]
    return sum(_remind(event_id, days) for event_id, days in due if days is not None)


def _days(starts_at: Any, today: date) -> int | None:
    return due_days((clock.uk(starts_at).date() - today).days)


def _remind(event_id: UUID, days: int) -> int:
    with act(PORTAL, "events.remind", ("event", event_id)) as work:
        event = locked(event_id)
        told = (
            select(EventReminder.booking_id)
            .where(EventReminder.days == days, EventReminder.starts_at == event.starts_at)
            .scalar_subquery()
        )
        query = (
            select(Booking, Person)
            .join(Person, Person.id == Booking.person_id)
            .where(
                Booking.event_id == event_id,
                Booking.state == BookingState.BOOKED,
                Person.disabled_at.is_(None),
                Booking.id.not_in(told),
                # Whoever booked within the week has just been told all of it.
                Booking.asked_at <= (event.starts_at - timedelta(days=WEEK) if days == WEEK else clock.now()),
            )
            .order_by(Booking.seq)
        )
        found = db.session.execute(query).all()
        if not found or event.state is not EventState.PUBLISHED:
            work.unchanged()
            return 0
        for booking, person in found:
            db.session.add(EventReminder(booking_id=booking.id, days=days, starts_at=event.starts_at))
            tell(person, event, "reminder")
        work.note(days=days, told=len(found))
    return len(found)
