"""Moderation of any assessment, known here only by its id: cases, flags, threads, votes, moderators."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.reviews.moderation.rules.cases import CaseKind, CaseState, MessageKind
from portal.reviews.moderation.rules.flags import FlagKind

_OPEN, _STANDS = text("state = 'open'"), text("voided_at IS NULL")


class ModerationCase(Identified, Model):
    """One time that an assessment was with moderators. An assessment has one open case at most.

    `version` counts what approval rests on: it grows with each change of a rating or comment, not with
    a vote, so that two moderators can approve at once.
    """

    __tablename__ = "moderation_cases"
    __table_args__ = (
        CheckConstraint("quorum >= 1", name="quorum_positive"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_has_date"),
        UniqueConstraint("assessment_id", "round"),
        Index(
            "uq_moderation_cases_one_open",
            "assessment_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_moderation_cases_queue", "state", "risk", "opened_at"),
        Index("ix_moderation_cases_service", "service_id", "state"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"))
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"))
    scale_key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[CaseKind] = mapped_column(EnumText(CaseKind))
    round: Mapped[int]
    state: Mapped[CaseState] = mapped_column(EnumText(CaseState))
    quorum: Mapped[int]  # moderators who must approve
    risk: Mapped[int] = mapped_column(default=0)
    flag_count: Mapped[int] = mapped_column(default=0)
    sampled: Mapped[bool] = mapped_column(default=False)  # of the share that is looked at without flags
    barred: Mapped[list[Any]] = mapped_column(JSON, default=list)  # ids of those who may not moderate it
    opened_at: Mapped[datetime]
    due_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)


class ModerationFlag(Identified, Model):
    """A flag as it was last worked out."""

    __tablename__ = "moderation_flags"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moderation_cases.id"), index=True)
    kind: Mapped[FlagKind] = mapped_column(EnumText(FlagKind))
    item_key: Mapped[str | None] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text)
    weight: Mapped[int]
    place: Mapped[int]  # in the order of the rules


class ModerationMessage(Identified, Model):
    """One line of an item's thread; only ever added. Threads go on from one case to the next.

    `sources`: of an answer, the kinds of evidence that it names (MIS, DOC, INT, OBS, ISP).
    """

    __tablename__ = "moderation_messages"
    __table_args__ = (UniqueConstraint("assessment_id", "item_key", "number"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moderation_cases.id"))
    item_key: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    kind: Mapped[MessageKind] = mapped_column(EnumText(MessageKind))
    text: Mapped[str] = mapped_column(Text, default="")
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class ModerationVote(Identified, Model):
    """An approval of what stood. A change of a rating or comment afterwards voids it; the row stays."""

    __tablename__ = "moderation_votes"
    __table_args__ = (
        Index(
            "uq_moderation_votes_one_each",
            "case_id",
            "person_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moderation_cases.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    on_version: Mapped[int]  # the case's version that was approved
    voided_at: Mapped[datetime | None]


class CaseModerator(Model):
    """Somebody named to moderate a case."""

    __tablename__ = "case_moderators"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moderation_cases.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    named_at: Mapped[datetime]
    named_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
