"""Reading the draft as it was presented, the service's comments on it, and the files it added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.core.db import db
from portal.core.storage.models import Attachment
from portal.reviews.assessment.rules.report import Report, read_report
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.accuracy import AccuracyComment, AccuracyFile, PresentedDraft
from portal.reviews.external.models.scoring import ChangeStage, ConsensusRating, RatingChange
from portal.reviews.external.rules.accuracy import CommentState

_OPEN = select(AccuracyComment.item_key).where(
    AccuracyComment.assessment_id == bindparam("assessment_id"), AccuracyComment.state == CommentState.OPEN
)


@dataclass(frozen=True)
class AddedFile:
    """A file of the service at an item of the draft."""

    id: UUID
    item_key: str
    name: str
    size: int
    at: datetime
    removed: bool


def draft_row(assessment_id: UUID) -> PresentedDraft | None:
    """The draft as presented, or None. One statement."""
    query = select(PresentedDraft).where(PresentedDraft.assessment_id == assessment_id)
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()


def read_draft(row: PresentedDraft) -> Report:
    """The report that a draft is; it has no code."""
    return read_report(json.loads(row.content))


def comments_of(assessment_id: UUID) -> dict[str, AccuracyComment]:
    """The service's comments by item key. One statement."""
    query = select(AccuracyComment).where(AccuracyComment.assessment_id == assessment_id)
    rows = db.session.execute(query.execution_options(populate_existing=True)).scalars()
    return {row.item_key: row for row in rows}


def files_of(assessment_id: UUID, *, removed: bool = False) -> dict[str, list[AddedFile]]:
    """The files by item key, in the order they came; removed ones too where asked for. One statement."""
    query = (
        select(
            AccuracyFile.id,
            AccuracyFile.item_key,
            Attachment.original_name,
            Attachment.size,
            Attachment.created_at,
            AccuracyFile.removed_at,
        )
        .join(Attachment, Attachment.id == AccuracyFile.attachment_id)
        .where(AccuracyFile.assessment_id == assessment_id)
        .order_by(Attachment.created_at, Attachment.id)
    )
    found: dict[str, list[AddedFile]] = {}
    for row in db.session.execute(query):
        if removed or row.removed_at is None:
            file = AddedFile(*row[:5], row.removed_at is not None)
            found.setdefault(file.item_key, []).append(file)
    return found


def attachment_of(assessment_id: UUID, file_id: UUID) -> Attachment | None:
    """The stored file, unless it was removed. One statement."""
    query = (
        select(Attachment)
        .join(AccuracyFile, AccuracyFile.attachment_id == Attachment.id)
        .where(
            AccuracyFile.id == file_id,
            AccuracyFile.assessment_id == assessment_id,
            AccuracyFile.removed_at.is_(None),
        )
    )
    return db.session.execute(query).scalar_one_or_none()


def undecided_items(assessment_id: UUID) -> set[str]:
    """Keys of the items with a comment that nobody has decided. One statement."""
    return set(db.session.execute(_OPEN, {"assessment_id": assessment_id}).scalars())


def changed_since_moderation(found: LoadedReview) -> bool:
    """Whether a decided comment left a rating other than the moderators approved. One statement."""
    return bool(_unmoderated(found))


def _unmoderated(found: LoadedReview) -> Mapping[str, tuple[int, int]]:
    """Rating as moderated and as it is, by item key, where they differ."""
    query = (
        select(RatingChange.item_key, RatingChange.before, ConsensusRating.rating)
        .join(
            ConsensusRating,
            (ConsensusRating.assessment_id == RatingChange.assessment_id)
            & (ConsensusRating.item_key == RatingChange.item_key),
        )
        .where(
            RatingChange.assessment_id == found.id,
            RatingChange.stage == ChangeStage.ACCURACY,
            RatingChange.round == found.review.round,
        )
        .order_by(RatingChange.at)
    )
    first: dict[str, tuple[int, int]] = {}
    for item_key, before, now in db.session.execute(query):
        first.setdefault(item_key, (before, now))
    return {key: pair for key, pair in first.items() if pair[0] != pair[1]}
