"""What a service is asked for, what it supplied, its audit of the gaps, and the timetable of the visit."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.reviews.external.rules.meetings import MeetingState
from portal.reviews.external.rules.portfolio import DocumentState, MeetingKind


class RequestedDocument(Identified, Model):
    """A document asked for: from the usual list (it has that list's key), or by a reviewer.

    The words are kept as they were when it was asked for.
    """

    __tablename__ = "requested_documents"
    __table_args__ = (
        UniqueConstraint("assessment_id", "document_key"),
        Index("ix_requested_documents_place", "assessment_id", "position"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    document_key: Mapped[str | None] = mapped_column(String(60))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    send: Mapped[str] = mapped_column(Text)
    leave_out: Mapped[str] = mapped_column(Text, default="")
    required: Mapped[bool] = mapped_column(default=True)
    item_keys: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[DocumentState] = mapped_column(EnumText(DocumentState), default=DocumentState.NOT_SUPPLIED)
    note: Mapped[str] = mapped_column(Text, default="")  # of the service
    asked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))  # None: the usual list
    withdrawn_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)


class PortfolioFile(Identified, Model):
    """A file that the service supplied for a document. Removed ones are kept and can be put back."""

    __tablename__ = "portfolio_files"

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("requested_documents.id"), index=True)
    attachment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attachments.id"), unique=True)
    removed_at: Mapped[datetime | None]


class PortfolioAudit(Identified, Model):
    """The service looked through its portfolio for gaps. Only ever added."""

    __tablename__ = "portfolio_audits"
    __table_args__ = (CheckConstraint("supplied <= asked", name="counts_in_order"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"), index=True)
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    supplied: Mapped[int]
    asked: Mapped[int]
    gaps: Mapped[list[Any]] = mapped_column(JSON, default=list)  # titles of what was missing then
    comment: Mapped[str] = mapped_column(Text, default="")


class PlannedMeeting(Identified, Model):
    """An interview, observation or other session of the visit. It says how many come, never who."""

    __tablename__ = "planned_meetings"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes_in_range"),
        CheckConstraint("people BETWEEN 1 AND 50", name="people_in_range"),
        CheckConstraint('starts IS NULL OR "on" IS NOT NULL', name="time_has_day"),
        Index("ix_planned_meetings_place", "assessment_id", "position"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    kind: Mapped[MeetingKind] = mapped_column(EnumText(MeetingKind))
    role: Mapped[str] = mapped_column(String(60))  # an interview's role, else the key of the data file
    title: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]
    on: Mapped[date | None]
    starts: Mapped[time | None]  # UK wall-clock time
    minutes: Mapped[int]
    people: Mapped[int]
    place: Mapped[str] = mapped_column(String(500), default="")  # a room or a link
    state: Mapped[MeetingState] = mapped_column(EnumText(MeetingState), default=MeetingState.PLANNED)
    why: Mapped[str] = mapped_column(Text, default="")  # why it was not possible
    removed_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)
