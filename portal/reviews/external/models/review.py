"""An external review: what it adds to its assessment, and the people named for it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Stage

_LEAD, _SECOND = text("capacity = 'lead'"), text("capacity = 'second'")


class ExternalReview(Model):
    """One external fidelity review. Service, scale, total and band stand on its assessment."""

    __tablename__ = "external_reviews"
    __table_args__ = (
        CheckConstraint("fieldwork_to >= fieldwork_from", name="fieldwork_in_order"),
        CheckConstraint("quorum >= 1", name="quorum_positive"),
        CheckConstraint("(stage = 'published') = (published_on IS NOT NULL)", name="published_has_date"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    stage: Mapped[Stage] = mapped_column(EnumText(Stage), index=True)
    programme_key: Mapped[str | None] = mapped_column(String(40))
    fieldwork_from: Mapped[date] = mapped_column(index=True)
    fieldwork_to: Mapped[date]
    virtual: Mapped[bool] = mapped_column(default=False)
    quorum: Mapped[int] = mapped_column(default=1)  # moderators who must approve
    round: Mapped[int] = mapped_column(default=1)  # grows each time it goes to the moderators again
    left_site_at: Mapped[datetime | None]
    gaps_reason: Mapped[str] = mapped_column(Text, default="")  # why the team left with sources missing
    unblinded_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(Text, default="")
    presented_on: Mapped[date | None]
    accuracy_until: Mapped[date | None]
    accuracy_done: Mapped[bool] = mapped_column(default=False)
    published_on: Mapped[date | None]
    valid_until: Mapped[date | None]  # of the accreditation, where the band earns one
    next_due_on: Mapped[date | None]
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    purge_hold: Mapped[str] = mapped_column(Text, default="")  # why the notes must be kept: legal hold
    purged_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class ReviewMember(Identified, Model):
    """Somebody named for a review, in one capacity."""

    __tablename__ = "review_members"
    __table_args__ = (
        UniqueConstraint("assessment_id", "person_id"),
        Index(
            "uq_review_members_lead",
            "assessment_id",
            unique=True,
            sqlite_where=_LEAD,
            postgresql_where=_LEAD,
        ),
        Index(
            "uq_review_members_second",
            "assessment_id",
            unique=True,
            sqlite_where=_SECOND,
            postgresql_where=_SECOND,
        ),
        Index("ix_review_members_person", "person_id", "capacity"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    capacity: Mapped[Capacity] = mapped_column(EnumText(Capacity))
    override_reason: Mapped[str] = mapped_column(Text, default="")
    locked_at: Mapped[datetime | None]  # of a reviewer's or observer's sheet: then it never changes
