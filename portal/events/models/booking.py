"""Who asked for a place, who was there, and who was reminded."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.events.rules.booking import BookingState, Presence

_LIVE = text("state <> 'cancelled'")


class Booking(Identified, Model):
    """A person's place or wait. `seq`: the how-manieth to ask, given under the event's lock."""

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("event_id", "seq"),
        Index(
            "uq_bookings_live",
            "event_id",
            "person_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_bookings_queue", "event_id", "state", "seq"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[BookingState] = mapped_column(EnumText(BookingState))
    seq: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]


class Attendance(Model):
    """Somebody was at an event, booked or not. No row: not there, or not known."""

    __tablename__ = "event_attendance"

    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    how: Mapped[Presence] = mapped_column(EnumText(Presence))
    at: Mapped[datetime]
    gave_feedback: Mapped[bool] = mapped_column(default=False)  # that they did; never what


class EventReminder(Model):
    """A reminder that was sent: so many days before this beginning. A moved event is reminded of anew."""

    __tablename__ = "event_reminders"

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bookings.id"), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
