"""Who is booked for an event and who was there, for its organisers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.queries import in_force
from portal.core.db import db
from portal.core.spreadsheets import write_csv
from portal.events.models import Attendance, Booking, EventFeedback, EventMaterial, EventMove, EventNote
from portal.events.rules.booking import BookingState, Presence
from portal.events.rules.feedback import Results, results

COLUMNS = ("Name", "Email address", "Organisation", "Booking", "Asked at", "Attended", "How known")


@dataclass(frozen=True)
class Participant:
    """Somebody with a booking, or who was there without one (`state` None)."""

    person_id: UUID
    name: str
    email: str
    organisation: str
    state: BookingState | None
    asked_at: datetime | None
    how: Presence | None
    gave_feedback: bool

    @property
    def state_words(self) -> str:
        return self.state.words if self.state else "Came without a booking"


@dataclass(frozen=True)
class Standing:
    """A person's own standing at an event. `before`: how many wait before them."""

    state: BookingState | None
    before: int
    was_there: bool
    gave_feedback: bool

    @property
    def inside(self) -> bool:
        """Whether they may see joining details and materials."""
        return self.state is BookingState.BOOKED or self.was_there


NO_STANDING = Standing(None, 0, False, False)


def participants(event_id: UUID) -> list[Participant]:
    """By booking: places in order of asking, those who wait, then who came without. Three statements."""
    booked = (
        select(Person.id, Person.name, Person.email, Booking.state, Booking.asked_at, Attendance)
        .join(Booking, Booking.person_id == Person.id)
        .outerjoin(Attendance, (Attendance.event_id == event_id) & (Attendance.person_id == Person.id))
        .where(Booking.event_id == event_id, Booking.state != BookingState.CANCELLED)
        .order_by(Booking.state, Booking.seq)  # booked stands before waiting
    )
    rows: list[tuple[Any, ...]] = [tuple(row) for row in db.session.execute(booked)]
    known = {row[0] for row in rows}
    walked_in = (
        select(Person.id, Person.name, Person.email, Attendance)
        .join(Attendance, Attendance.person_id == Person.id)
        .where(Attendance.event_id == event_id)
        .order_by(Person.name, Person.id)
    )
    for person_id, name, email, attendance in db.session.execute(walked_in):
        if person_id not in known:
            rows.append((person_id, name, email, None, None, attendance))
    places = _organisations(row[0] for row in rows)
    return [
        Participant(id_, name, email, places.get(id_, ""), state, asked, *_seen(attendance))
        for id_, name, email, state, asked, attendance in rows
    ]


def participants_csv(people: Iterable[Participant]) -> bytes:
    """The list for a spreadsheet."""
    return write_csv(
        COLUMNS,
        [
            (
                one.name,
                one.email,
                one.organisation,
                one.state_words,
                one.asked_at.isoformat(timespec="minutes") if one.asked_at else None,
                "yes" if one.how else "no",
                one.how.words if one.how else None,
            )
            for one in people
        ],
    )


def standing_of(event_id: UUID, person_id: UUID | None) -> Standing:
    """How a person stands at an event. Two statements; three for somebody who waits."""
    if person_id is None:
        return NO_STANDING
    query = select(Booking.state, Booking.seq).where(
        Booking.event_id == event_id, Booking.person_id == person_id, Booking.state != BookingState.CANCELLED
    )
    booking = db.session.execute(query).one_or_none()
    there = db.session.get(Attendance, (event_id, person_id))
    before = 0
    if booking is not None and booking.state is BookingState.WAITING:
        ahead = select(func.count()).where(
            Booking.event_id == event_id, Booking.state == BookingState.WAITING, Booking.seq < booking.seq
        )
        before = db.session.execute(ahead).scalar_one()
    state = booking.state if booking else None
    return Standing(state, before, there is not None, there is not None and there.gave_feedback)


def counts(event_id: UUID) -> dict[BookingState, int]:
    """How many bookings stand so."""
    query = select(Booking.state, func.count()).where(Booking.event_id == event_id).group_by(Booking.state)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: found.get(state, 0) for state in BookingState}


def materials(event_id: UUID) -> Sequence[EventMaterial]:
    """The materials, the first added first."""
    query = select(EventMaterial).where(EventMaterial.event_id == event_id)
    return db.session.scalars(query.order_by(EventMaterial.added_at, EventMaterial.id)).all()


def notes(event_id: UUID) -> list[tuple[EventNote, str]]:
    """The organisers' notes with who wrote each, the latest first."""
    query = (
        select(EventNote, Person.name)
        .outerjoin(Person, Person.id == EventNote.by)
        .where(EventNote.event_id == event_id)
        .order_by(EventNote.at.desc(), EventNote.id)
    )
    return [(row[0], row[1] or "The portal") for row in db.session.execute(query)]


def moves(event_id: UUID) -> Sequence[EventMove]:
    """The dates the event was moved from, the latest first."""
    query = select(EventMove).where(EventMove.event_id == event_id)
    return db.session.scalars(query.order_by(EventMove.at.desc(), EventMove.id)).all()


def feedback_of(event_id: UUID) -> tuple[Results, list[str]]:
    """Counts and words of the feedback; neither below five answers. Words come in no order of time."""
    query = select(EventFeedback.rating, EventFeedback.words).where(EventFeedback.event_id == event_id)
    rows = db.session.execute(query.order_by(EventFeedback.id)).all()
    found = results(row.rating for row in rows)
    return found, [row.words for row in rows if row.words] if found.counts is not None else []


def _seen(attendance: Attendance | None) -> tuple[Presence | None, bool]:
    return (attendance.how, attendance.gave_feedback) if attendance else (None, False)


def _organisations(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    query = (
        select(Membership.person_id, Organisation.name)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id.in_(set(person_ids)), in_force())
        .order_by(Organisation.name)
    )
    found: dict[UUID, list[str]] = {}
    for person_id, name in db.session.execute(query):
        if name not in found.setdefault(person_id, []):
            found[person_id].append(name)
    return {person_id: ", ".join(names) for person_id, names in found.items()}
