"""Photos of evidence, which come in pieces and are whole when their hash says so."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Identified, Model


class EvidencePhoto(Identified, Model):
    """A photo that belongs to a note. The id is the device's own; without `attachment_id` it is not whole."""

    __tablename__ = "evidence_photos"
    __table_args__ = (
        CheckConstraint("size > 0", name="not_empty"),
        Index("ix_evidence_photos_note", "note_id"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"), index=True)
    note_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("field_notes.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    caption: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64))  # as the device said it
    size: Mapped[int]  # bytes
    announced_at: Mapped[datetime]
    attachment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attachments.id"))
    whole_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]
