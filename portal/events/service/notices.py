"""What people are told by mail about their bookings. Joining details go only to those who have a place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.filters import clock_time, day
from portal.core.mail import send_mail, words
from portal.core.urls import public_url
from portal.events.models import Booking, Event
from portal.events.rules.booking import BookingState


def times_words(starts_at: datetime, ends_at: datetime) -> str:
    """4 May 2026, 10:00 to 12:00."""
    return f"{day(starts_at)}, {clock_time(starts_at)} to {clock_time(ends_at)}"


def tell(person: Person, event: Event, what: str) -> None:
    """Mail one person: booked, waiting, moved-up, reminder, moved, cancelled or given-back."""
    subject, text = words(
        f"email/event-{what}.txt",
        name=person.name,
        event=event,
        when=times_words(event.starts_at, event.ends_at),
        address=f"{public_url()}/events/{event.id}",
    )
    send_mail(person.email, subject, text)


def tell_all(event: Event, what: str, states: Iterable[BookingState]) -> int:
    """Mail everybody whose booking stands so. Returns how many."""
    query = (
        select(Person)
        .join(Booking, Booking.person_id == Person.id)
        .where(Booking.event_id == event.id, Booking.state.in_(list(states)), Person.disabled_at.is_(None))
        .order_by(Booking.seq)
    )
    people = db.session.scalars(query).all()
    for person in people:
        tell(person, event, what)
    return len(people)
