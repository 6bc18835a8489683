"""The evidence files of an assessment's items, as pages list them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core.db import db
from portal.core.storage.models import Attachment
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.models import EvidenceFile

KIB = 1024


@dataclass(frozen=True)
class FileLine:
    """One file as a list shows it."""

    id: UUID
    name: str
    size_words: str
    added_at: datetime


def may_see_files(actor: Actor, found: Loaded) -> bool:
    """Files are for those who work on the assessment; readers of the final one see the notes only."""
    return allowed(actor, Permission.ASSESSMENT_READ_DRAFT, found.links)


def files_of(assessment_id: UUID, item_key: str) -> list[FileLine]:
    """The files attached to an item, oldest first. One statement."""
    return _lines(assessment_id, item_key, removed=False)


def removed_files_of(assessment_id: UUID, item_key: str) -> list[FileLine]:
    """The files that were removed from an item and can be put back, oldest first. One statement."""
    return _lines(assessment_id, item_key, removed=True)


def attachment_of(assessment_id: UUID, file_id: UUID) -> Attachment | None:
    """The stored file behind a line; None where it was removed or belongs elsewhere. One statement."""
    query = (
        select(Attachment)
        .join(EvidenceFile, EvidenceFile.attachment_id == Attachment.id)
        .where(
            EvidenceFile.id == file_id,
            EvidenceFile.assessment_id == assessment_id,
            EvidenceFile.removed_at.is_(None),
        )
    )
    return db.session.execute(query).scalar_one_or_none()


def size_words(size: int) -> str:
    """900 bytes, 12 KB, 3.4 MB: rounded up, so that no file reads as 0."""
    if size < KIB:
        return f"{size} bytes"
    if size < KIB * KIB:
        return f"{-(-size // KIB)} KB"
    tenths = -(-size * 10 // (KIB * KIB))
    return f"{tenths // 10}.{tenths % 10} MB"


def _lines(assessment_id: UUID, item_key: str, *, removed: bool) -> list[FileLine]:
    wanted = EvidenceFile.removed_at.is_not(None) if removed else EvidenceFile.removed_at.is_(None)
    query = (
        select(EvidenceFile.id, Attachment.original_name, Attachment.size, Attachment.created_at)
        .join(Attachment, Attachment.id == EvidenceFile.attachment_id)
        .where(EvidenceFile.assessment_id == assessment_id, EvidenceFile.item_key == item_key, wanted)
        .order_by(Attachment.created_at, Attachment.original_name)
    )
    return [
        FileLine(row.id, row.original_name, size_words(row.size), row.created_at)
        for row in db.session.execute(query)
    ]
