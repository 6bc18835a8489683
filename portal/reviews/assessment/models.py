"""Assessments of every kind: the header, the provider's sheet, the guide's proposals, what is final.

A rating in draft is one row updated in place with its version; at submission and when final a sealed
copy is kept for ever (`SealedSheet`).
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.core.frozen import FROZEN, Frozen
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Kind, State

_OPEN = text("state IN ('draft', 'with-guide', 'with-provider', 'settling', 'with-moderator')")
_UNDER_REVIEW = text("state = 'under-review'")


class ScaleContent(Model):
    """A scale definition as it was when first used, kept by its digest for ever."""

    __tablename__ = "scale_contents"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class Assessment(Identified, Model):
    """One assessment of one service on one scale."""

    __tablename__ = "assessments"
    __table_args__ = (
        CheckConstraint("period_to >= period_from", name="period_in_order"),
        CheckConstraint("(state = 'final') = (final_at IS NOT NULL)", name="final_has_date"),
        CheckConstraint("state <> 'final' OR total IS NOT NULL", name="final_has_total"),
        CheckConstraint("kind <> 'peer' OR guide_id IS NOT NULL", name="peer_has_guide"),
        Index("ix_assessments_service_final", "service_id", "final_at"),
        Index(
            "uq_assessments_one_open",
            "service_id",
            "scale_key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_assessments_one_review",
            "service_id",
            "scale_key",
            unique=True,
            sqlite_where=_UNDER_REVIEW,
            postgresql_where=_UNDER_REVIEW,
        ),
    )

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"))
    kind: Mapped[Kind] = mapped_column(EnumText(Kind))
    state: Mapped[State] = mapped_column(EnumText(State), index=True)
    scale_key: Mapped[str] = mapped_column(String(40))
    scale_version: Mapped[str] = mapped_column(String(20))
    scale_digest: Mapped[str] = mapped_column(ForeignKey("scale_contents.digest"))
    period_from: Mapped[date]
    period_to: Mapped[date]
    started_at: Mapped[datetime]
    started_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    guide_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    round: Mapped[int] = mapped_column(default=1)  # grows by one each time it is returned
    return_reason: Mapped[str] = mapped_column(Text, default="")
    final_at: Mapped[datetime | None]
    final_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    total: Mapped[int | None]
    band: Mapped[str | None] = mapped_column(String(30))
    imported: Mapped[bool] = mapped_column(default=False)
    reviewers: Mapped[str] = mapped_column(String(200), default="")  # of an imported past review
    version: Mapped[int] = mapped_column(default=1)


class ItemRating(Identified, Model):
    """The provider's rating of one item, as it stands."""

    __tablename__ = "item_ratings"
    __table_args__ = (
        UniqueConstraint("assessment_id", "item_key"),
        CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 5", name="rating_in_range"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"))
    item_key: Mapped[str] = mapped_column(String(60))
    rating: Mapped[int | None]
    rationale: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    entries: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what was typed in the calculator
    suggested: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class Proposal(Identified, Model):
    """The guide's rating of one item, and the provider's one answer to it."""

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("assessment_id", "item_key"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_range"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"))
    item_key: Mapped[str] = mapped_column(String(60))
    rating: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    response: Mapped[Response | None] = mapped_column(EnumText(Response))
    answer: Mapped[str] = mapped_column(Text, default="")
    came_round: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class Remark(Identified, Model):
    """One line of the talk on an item; only ever added. What each kind says is in `RemarkKind`."""

    __tablename__ = "remarks"
    __table_args__ = (Index("ix_remarks_item", "assessment_id", "item_key", "at"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"))
    item_key: Mapped[str] = mapped_column(String(60))
    kind: Mapped[RemarkKind] = mapped_column(EnumText(RemarkKind))
    rating: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text, default="")
    round: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    answers: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("remarks.id"))  # an answer's question


class EvidenceFile(Identified, Model):
    """A file attached to an item as evidence. Removing one keeps the row and the file (undo)."""

    __tablename__ = "evidence_files"

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"), index=True)
    item_key: Mapped[str] = mapped_column(String(60))
    attachment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attachments.id"))
    removed_at: Mapped[datetime | None]


class SealedSheet(Identified, Model):
    """What stood when the assessment was submitted, answered, returned or made final. Never changed."""

    __tablename__ = "sealed_sheets"
    __table_args__ = (Index("ix_sealed_sheets_assessment", "assessment_id", "at"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"))
    moment: Mapped[str] = mapped_column(String(20))  # submitted, answered, returned or final
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))


class FinalRating(Model):
    """An item's final rating, for trends and for “last time”."""

    __tablename__ = "final_ratings"
    __table_args__ = (CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_range"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    item_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    rating: Mapped[int]
    self_rating: Mapped[int | None]
    guide_rating: Mapped[int | None]
    agreed: Mapped[bool] = mapped_column(default=True)


class PublishedReport(Model):
    """A version of the report of a final assessment, frozen when it was issued.

    The first is issued with the result; a correction issues another. `content` is canonical JSON and
    never changes (the database refuses it); each paper is drawn from it once, later, and kept.
    """

    __tablename__ = "published_reports"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("(number = 1) = (reason = '')", name="later_has_reason"),
        CheckConstraint("(pdf_attachment_id IS NULL) = (pdf_digest IS NULL)", name="pdf_has_digest"),
        CheckConstraint(
            "(certificate_attachment_id IS NULL) = (certificate_digest IS NULL)",
            name="certificate_has_digest",
        ),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    issued_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")  # what changed and why; empty for the first
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the content
    pdf_asked_at: Mapped[datetime | None]
    pdf_attachment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attachments.id"))
    pdf_digest: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the PDF's bytes
    certificate_asked_at: Mapped[datetime | None]
    certificate_attachment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attachments.id"))
    certificate_digest: Mapped[str | None] = mapped_column(String(64))


FROZEN[PublishedReport.__tablename__] = Frozen(
    "a published report never changes",
    always=("assessment_id", "number", "code", "issued_at", "reason", "content", "digest"),
    once=("pdf_attachment_id", "pdf_digest", "certificate_attachment_id", "certificate_digest"),
)
