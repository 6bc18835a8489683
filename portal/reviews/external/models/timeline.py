"""What people ticked off on a review's timeline, whom the portal has reminded, and calendar addresses."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Identified, Model


class ReviewStepDone(Identified, Model):
    """A step of the timeline that is done. `by` is NULL where the portal noted it itself."""

    __tablename__ = "review_steps_done"
    __table_args__ = (UniqueConstraint("assessment_id", "step_key"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    step_key: Mapped[str] = mapped_column(String(60))
    done_on: Mapped[date]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)


class ReviewReminder(Identified, Model):
    """A reminder that was sent: each step, kind and person once."""

    __tablename__ = "review_reminders"
    __table_args__ = (UniqueConstraint("assessment_id", "step_key", "kind", "recipient_id", "due"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    step_key: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))  # soon or overdue
    due: Mapped[date]  # a visit that is put off is reminded of anew
    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    sent_on: Mapped[date]


class CalendarAddress(Model):
    """A person's secret calendar address. Only the SHA-256 of its token is kept."""

    __tablename__ = "calendar_addresses"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
