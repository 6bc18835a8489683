"""The draft that a service checks, its comments with the reviewers' decisions, and the files it adds."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.reviews.external.rules.accuracy import CommentState


class PresentedDraft(Model):
    """The moderated draft as it was presented to the service: canonical JSON of a report without a code.

    The service always sees this one, whatever the reviewers change meanwhile. Its PDF is drawn once.
    """

    __tablename__ = "presented_drafts"
    __table_args__ = (
        CheckConstraint("(pdf_attachment_id IS NULL) = (pdf_digest IS NULL)", name="pdf_has_digest"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("external_reviews.assessment_id"), primary_key=True
    )
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    presented_at: Mapped[datetime]
    pdf_asked_at: Mapped[datetime | None]
    pdf_attachment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attachments.id"))
    pdf_digest: Mapped[str | None] = mapped_column(String(64))


class AccuracyComment(Identified, Model):
    """What the service says of one item of the draft, and what the reviewers decided.

    rating_before: the team's rating when the comment was decided; a decision taken back returns to it.
    """

    __tablename__ = "accuracy_comments"
    __table_args__ = (
        UniqueConstraint("assessment_id", "item_key"),
        CheckConstraint("text <> ''", name="something_said"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_has_moment"),
        CheckConstraint("state = 'open' OR decision_reason <> ''", name="decided_has_reason"),
        CheckConstraint("new_rating IS NULL OR state = 'accepted'", name="changed_by_accepting"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    item_key: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[CommentState] = mapped_column(EnumText(CommentState), default=CommentState.OPEN)
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    rating_before: Mapped[int | None]
    new_rating: Mapped[int | None]
    decided_round: Mapped[int | None]  # of moderation: what moderators have seen since stays
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class AccuracyFile(Identified, Model):
    """A file that the service adds for an item of the draft. Removed ones are kept and can be put back."""

    __tablename__ = "accuracy_files"
    __table_args__ = (Index("ix_accuracy_files_item", "assessment_id", "item_key"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    item_key: Mapped[str] = mapped_column(String(60))
    attachment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attachments.id"), unique=True)
    removed_at: Mapped[datetime | None]
