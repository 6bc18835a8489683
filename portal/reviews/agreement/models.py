"""Calibration: a written case that all reviewers rate, each alone."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.reviews.agreement.rules.calibration import ExerciseState


class CalibrationExercise(Identified, Model):
    """A case to rate, of one supplier."""

    __tablename__ = "calibration_exercises"
    __table_args__ = (
        CheckConstraint(
            "closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on", name="days_in_order"
        ),
        CheckConstraint("(state = 'draft') = (opened_at IS NULL)", name="opened_has_date"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_date"),
        Index("ix_calibration_exercises_supplier", "supplier_id", "created_at"),
    )

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[str] = mapped_column(String(120))
    scale_key: Mapped[str] = mapped_column(String(40))
    scale_version: Mapped[str] = mapped_column(String(20))
    scale_digest: Mapped[str] = mapped_column(ForeignKey("scale_contents.digest"))
    item_keys: Mapped[list[Any]] = mapped_column(JSON)  # in the order of the scale
    case_text: Mapped[str] = mapped_column(Text)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    state: Mapped[ExerciseState] = mapped_column(EnumText(ExerciseState), default=ExerciseState.DRAFT)
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class CalibrationSheet(Identified, Model):
    """One person's ratings of a case. Made for everybody invited when the exercise opens.

    Until the exercise is closed only its author reads it (`agreement.sheets`); handed in, it never changes.
    """

    __tablename__ = "calibration_sheets"
    __table_args__ = (UniqueConstraint("exercise_id", "person_id"),)

    exercise_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("calibration_exercises.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    invited: Mapped[bool] = mapped_column(default=True)
    ratings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rationales: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    submitted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
