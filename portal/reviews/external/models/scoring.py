"""Blind ratings, the team's one rating of each item, and every change of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model


class BlindRating(Identified, Model):
    """One reviewer's rating of one item. Only `external.blind` reads it; locked, it never changes."""

    __tablename__ = "blind_ratings"
    __table_args__ = (
        UniqueConstraint("assessment_id", "person_id", "item_key"),
        CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 5", name="rating_in_range"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    item_key: Mapped[str] = mapped_column(String(60))
    rating: Mapped[int | None]
    rationale: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    entries: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    suggested: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]


class ConsensusRating(Identified, Model):
    """The one rating of an item as it stands: agreed, then perhaps moderated or corrected."""

    __tablename__ = "consensus_ratings"
    __table_args__ = (
        UniqueConstraint("assessment_id", "item_key"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_range"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    item_key: Mapped[str] = mapped_column(String(60))
    rating: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")  # why this one, where it differs from both
    comment: Mapped[str] = mapped_column(Text, default="")  # on the evidence, for the report
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class ChangeStage(StrEnum):
    """At which point a rating was changed."""

    CONSENSUS = "consensus"
    MODERATION = "moderation"
    ACCURACY = "accuracy"
    CORRECTION = "correction"


class RatingChange(Identified, Model):
    """A rating of the team that became another. Only ever added, so that both sides stay visible."""

    __tablename__ = "rating_changes"
    __table_args__ = (Index("ix_rating_changes_item", "assessment_id", "item_key", "at"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    item_key: Mapped[str] = mapped_column(String(60))
    stage: Mapped[ChangeStage] = mapped_column(EnumText(ChangeStage))
    round: Mapped[int]
    before: Mapped[int]
    after: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
