"""Who a published review was sent to, its corrections, and the purge of what named people."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.reviews.external.rules.corrections import CorrectionState

_WAITING = text("state = 'waiting'")


class ReportRecipient(Identified, Model):
    """Somebody who was told of a published version. A correction tells the same people again."""

    __tablename__ = "report_recipients"
    __table_args__ = (UniqueConstraint("assessment_id", "number", "person_id"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    number: Mapped[int]  # of the version
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    sent_at: Mapped[datetime]


class Correction(Identified, Model):
    """A correction of a published review: proposed by the lead reviewer, decided by a moderator.

    `items`: what changes, each {"item", "rating", "comment"} as it is to be. `number`: of the version
    that an approval issued.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("why <> ''", name="why_given"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_has_moment"),
        CheckConstraint("(state = 'approved') = (number IS NOT NULL)", name="approved_has_version"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        Index(
            "uq_corrections_waiting",
            "assessment_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"), index=True)
    state: Mapped[CorrectionState] = mapped_column(EnumText(CorrectionState), default=CorrectionState.WAITING)
    items: Mapped[list[Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[int | None]


class FieldworkPurge(Model):
    """That the personal data of a review's fieldwork was purged: when, and how much of what."""

    __tablename__ = "fieldwork_purges"

    assessment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("external_reviews.assessment_id"), primary_key=True
    )
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)


class PurgeHold(Identified, Model):
    """A legal hold on the notes of a review: put on, and perhaps released. Only ever added to."""

    __tablename__ = "purge_holds"

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    held_at: Mapped[datetime]
    held_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[datetime | None]
    released_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    release_reason: Mapped[str] = mapped_column(Text, default="")
