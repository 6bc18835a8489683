"""Events, the series they come in, and the dates they were moved from."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.core.frozen import FROZEN, Frozen
from portal.events.rules.kinds import EventKind
from portal.events.rules.repeating import Repeat
from portal.events.rules.state import EventState


class EventSeries(Identified, Model):
    """How a series repeats. Each of its events stands for itself."""

    __tablename__ = "event_series"

    organiser_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    repeat: Mapped[Repeat] = mapped_column(EnumText(Repeat))
    count: Mapped[int]


class Event(Identified, Model):
    """An event of a supplier. `taken` and `asked` are counted in the row itself, which bookings lock."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
        CheckConstraint("capacity IS NULL OR capacity >= 1", name="some_places"),
        CheckConstraint("taken >= 0", name="taken_not_negative"),
        CheckConstraint("capacity IS NULL OR taken <= capacity", name="no_place_sold_twice"),
        Index("ix_events_when", "state", "starts_at"),
        Index("ix_events_organiser", "organiser_id", "starts_at"),
    )

    organiser_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[EventKind] = mapped_column(EnumText(EventKind))
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    online: Mapped[bool]
    place: Mapped[str] = mapped_column(String(300))
    join_link: Mapped[str] = mapped_column(String(500))  # shown only to those who have a place
    joining: Mapped[str] = mapped_column(Text)  # as above
    region: Mapped[str | None] = mapped_column(String(40))
    capacity: Mapped[int | None]
    public: Mapped[bool]
    theme: Mapped[str] = mapped_column(String(80))
    item_keys: Mapped[list[Any]]
    state: Mapped[EventState] = mapped_column(EnumText(EventState))
    cancelled_because: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)
    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("event_series.id"))
    plan_line_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("event_plan_lines.id"), index=True)
    taken: Mapped[int] = mapped_column(default=0)  # places given
    asked: Mapped[int] = mapped_column(default=0)  # how many have asked: the next one's place in the queue
    code: Mapped[str | None] = mapped_column(String(6))
    code_on: Mapped[date | None]  # the UK day on which the code holds
    created_at: Mapped[datetime]


class EventMove(Identified, Model):
    """The dates an event had before it was moved. Never changed."""

    __tablename__ = "event_moves"

    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id"), index=True)
    old_starts_at: Mapped[datetime]
    old_ends_at: Mapped[datetime]
    new_starts_at: Mapped[datetime]
    new_ends_at: Mapped[datetime]
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    because: Mapped[str] = mapped_column(String(300))


FROZEN[EventMove.__tablename__] = Frozen(
    "the dates an event was moved from never change",
    ("event_id", "old_starts_at", "old_ends_at", "new_starts_at", "new_ends_at", "at"),
)
