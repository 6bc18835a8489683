"""Who may lead a fidelity review, and until when; what reviewers have done."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.workforce.accreditation.rules.path import Experience


class ReviewerAccreditation(Identified, Model):
    """A person is accredited as a reviewer from a day to a day, both included."""

    __tablename__ = "reviewer_accreditations"
    __table_args__ = (CheckConstraint("ends >= starts", name="dates_in_order"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date]


class ReviewerExperience(Identified, Model):
    """Something a reviewer did, written by the verb that finished it. `subject_id`: the review or exercise.

    `near` of `rated`: of a calibration exercise, the items rated near the middle of all who rated.
    """

    __tablename__ = "reviewer_experience"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "subject_id"),
        CheckConstraint("(near IS NULL) = (rated IS NULL)", name="near_of_rated"),
        CheckConstraint("near IS NULL OR (near >= 0 AND near <= rated AND rated >= 1)", name="near_in_range"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[Experience] = mapped_column(EnumText(Experience))
    subject_id: Mapped[uuid.UUID]
    on: Mapped[date]
    near: Mapped[int | None]
    rated: Mapped[int | None]
