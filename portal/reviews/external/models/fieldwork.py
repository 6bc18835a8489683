"""What the team writes down on site: notes by role or place, and the rows of its worksheets."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.reviews.external.rules.notes import NoteKind


class FieldNote(Identified, Model):
    """One note of the team, tied to the items it informs. Text and heading are emptied when purged."""

    __tablename__ = "field_notes"
    __table_args__ = (
        CheckConstraint("purged_at IS NULL OR (text = '' AND heading = '')", name="purged_is_empty"),
        Index("ix_field_notes_review", "assessment_id", "taken_on", "added_at"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    kind: Mapped[NoteKind] = mapped_column(EnumText(NoteKind))
    role: Mapped[str] = mapped_column(String(30), default="")  # whom an interview was with
    source: Mapped[str] = mapped_column(String(3))  # MIS, DOC, INT, OBS, ISP
    heading: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    item_keys: Mapped[list[Any]] = mapped_column(JSON, default=list)  # in the order of the scale
    taken_on: Mapped[date]
    added_at: Mapped[datetime]
    added_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    removed_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class WorksheetRow(Identified, Model):
    """One row of a worksheet, as the team fills it: no names, only its number."""

    __tablename__ = "worksheet_rows"
    __table_args__ = (
        UniqueConstraint("assessment_id", "worksheet", "position"),
        CheckConstraint("position >= 1", name="position_from_one"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    worksheet: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
