"""What an event leaves behind: materials, the organiser's notes, and feedback without names."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import EnumText, Identified, Model
from portal.core.storage.models import Attachment
from portal.events.rules.feedback import Satisfaction


class EventMaterial(Identified, Model):
    """Slides, a recording, a handout: a link or a file."""

    __tablename__ = "event_materials"
    __table_args__ = (CheckConstraint("(link IS NULL) <> (attachment_id IS NULL)", name="link_or_file"),)

    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    link: Mapped[str | None] = mapped_column(String(500))
    attachment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attachments.id"))
    added_at: Mapped[datetime]

    attachment: Mapped[Attachment | None] = relationship()


class EventNote(Identified, Model):
    """What the organiser's team wrote down of an event, for themselves."""

    __tablename__ = "event_notes"

    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class EventFeedback(Identified, Model):
    """An answer. It has no person and no time: that somebody answered stands at their attendance."""

    __tablename__ = "event_feedback"

    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id"), index=True)
    rating: Mapped[Satisfaction] = mapped_column(EnumText(Satisfaction))
    words: Mapped[str] = mapped_column(Text)
