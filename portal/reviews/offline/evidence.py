"""Photos of evidence as the server's pages list them, whole or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.storage.models import Attachment
from portal.reviews.offline.models import EvidencePhoto
from portal.reviews.offline.service.photos import received

_MB = 1_000_000


@dataclass(frozen=True)
class PhotoLine:
    """One photo of a note. `received`: bytes that are here."""

    id: UUID
    note_id: UUID
    caption: str
    by: str
    at: datetime
    size: int
    received: int
    whole: bool
    purged: bool

    @property
    def size_words(self) -> str:
        return megabytes(self.size)

    @property
    def arrived_words(self) -> str:
        """1.2 of 2.0 MB have arrived."""
        return f"{_tenths(self.received)} of {megabytes(self.size)} have arrived"


def photos_of(assessment_id: UUID) -> dict[UUID, list[PhotoLine]]:
    """The photos of a review by note, in the order they were announced. One statement."""
    query = (
        select(EvidencePhoto, Person.name)
        .join(Person, Person.id == EvidencePhoto.person_id)
        .where(EvidencePhoto.assessment_id == assessment_id)
        .order_by(EvidencePhoto.announced_at, EvidencePhoto.id)
    )
    found: dict[UUID, list[PhotoLine]] = {}
    for photo, name in db.session.execute(query):
        found.setdefault(photo.note_id, []).append(_line(photo, name))
    return found


def attachment_of(assessment_id: UUID, photo_id: UUID) -> Attachment:
    """The file of a photo that is whole. Raises NotFound."""
    query = (
        select(Attachment)
        .join(EvidencePhoto, EvidencePhoto.attachment_id == Attachment.id)
        .where(EvidencePhoto.id == photo_id, EvidencePhoto.assessment_id == assessment_id)
    )
    found = db.session.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such photo in this review, or it has not wholly arrived.")
    return found


def megabytes(size: int) -> str:
    """2.0 MB; at least 0.1 for anything."""
    return f"{_tenths(size)} MB"


def _tenths(size: int) -> str:
    tenths = max(size * 10 // _MB, 1 if size else 0)
    return f"{tenths // 10}.{tenths % 10}"


def _line(photo: EvidencePhoto, name: str) -> PhotoLine:
    purged = photo.purged_at is not None
    return PhotoLine(
        id=photo.id,
        note_id=photo.note_id,
        caption=photo.caption,
        by=name,
        at=photo.announced_at,
        size=photo.size,
        received=0 if purged else received(photo),
        whole=photo.attachment_id is not None,
        purged=purged,
    )
