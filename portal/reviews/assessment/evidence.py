"""The evidence files of an assessment's items, as pages list them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

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
    removed: bool = False


def may_see_files(actor: Actor, found: Loaded) -> bool:
    """Files are for those who work on the assessment; readers of the final one see the notes only."""
    return allowed(actor, Permission.ASSESSMENT_READ_DRAFT, found.links)


_FILES = (
    select(EvidenceFile.id, EvidenceFile.removed_at, Attachment)
    .join(Attachment, Attachment.id == EvidenceFile.attachment_id)
    .where(
        EvidenceFile.assessment_id == bindparam("assessment_id"),
        EvidenceFile.item_key == bindparam("item_key"),
    )
    .order_by(Attachment.created_at, Attachment.original_name)
)


def files_of(assessment_id: UUID, item_key: str, *, with_removed: bool = False) -> list[FileLine]:
    """The files attached to an item, oldest first; removed ones only where asked for. One statement."""
    lines = [
        FileLine(
            file_id, stored.original_name, size_words(stored.size), stored.created_at, removed_at is not None
        )
        for file_id, removed_at, stored in db.session.execute(
            _FILES, {"assessment_id": assessment_id, "item_key": item_key}
        )
    ]
    return [line for line in lines if with_removed or not line.removed]


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
        return "1 byte" if size == 1 else f"{size} bytes"
    if size < KIB * KIB:
        return f"{-(-size // KIB)} KB"
    tenths = -(-size * 10 // (KIB * KIB))
    return f"{tenths // 10}.{tenths % 10} MB"
