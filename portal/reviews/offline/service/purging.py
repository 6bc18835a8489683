"""Purging what edits and photos from devices say, once the fieldwork of their review has been purged.

    purge_due()     # `portal purge fieldwork`, after the fieldwork's own; by the daily job `offline.purge`

A review's fieldwork is purged when its time has come and no legal hold stands in the way
(external/service/purging.py); what its devices sent follows. Edits that name no review are emptied after
their own time (strays.py). Numbers, times and outcomes stay: they hold
nothing of what was typed, and a replay still changes nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.act import Work, act
from portal.core.db import db
from portal.core.storage import service as storage
from portal.core.storage.models import Attachment
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.offline.models import EvidencePhoto, HeldOperation, Operation
from portal.reviews.offline.service.photos import path_of
from portal.reviews.offline.strays import KEPT

JOB = "offline.purge"


@dataclass(frozen=True)
class Emptied:
    """What one review's purge emptied."""

    edits: int
    photos: int

    @property
    def words(self) -> str:
        """12 edits from devices, 3 photos."""
        return f"{self.edits} edits from devices, {self.photos} photos"


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    purge_due()
    purge_strays()


def due() -> list[UUID]:
    """Reviews whose fieldwork was purged and of which edits or photos are still there. Two statements."""
    purged = select(ExternalReview.assessment_id).where(ExternalReview.purged_at.is_not(None))
    edits = select(Operation.assessment_id).where(
        Operation.assessment_id.in_(purged), Operation.payload.is_not(None)
    )
    photos = select(EvidencePhoto.assessment_id).where(
        EvidencePhoto.assessment_id.in_(purged), EvidencePhoto.purged_at.is_(None)
    )
    found = [db.session.execute(query.distinct()).scalars() for query in (edits, photos)]
    return sorted({one for rows in found for one in rows if one is not None})


def purge_due() -> list[tuple[UUID, Emptied]]:
    """Purge every review that is due; each by itself. Returns what was emptied."""
    return [(one, purge(one)) for one in due()]


def purge(assessment_id: UUID) -> Emptied:
    """Empty what one review's devices sent. Nothing happens before its fieldwork was purged."""
    with act(PORTAL, JOB, ("review", assessment_id)) as work:
        review = db.session.get(ExternalReview, assessment_id, populate_existing=True)
        if review is None or review.purged_at is None:
            work.unchanged()
            return Emptied(0, 0)
        emptied = Emptied(_empty_edits(assessment_id), _empty_photos(work, assessment_id))
        work.note(**asdict(emptied))
    return emptied


def purge_strays() -> int:
    """Empty edits that name no review and whose time is over. Returns how many."""
    wanted = select(Operation).where(
        Operation.assessment_id.is_(None),
        Operation.payload.is_not(None),
        Operation.received_at < clock.now() - KEPT,
    )
    with act(PORTAL, "offline.purge-strays", ("on-site", "no review")) as work:
        emptied = _emptied(wanted)
        work.note(edits=emptied)
        if not emptied:
            work.unchanged()
    return emptied


def _empty_edits(assessment_id: UUID) -> int:
    wanted = select(Operation).where(Operation.assessment_id == assessment_id, Operation.payload.is_not(None))
    emptied = _emptied(wanted)
    held = select(HeldOperation).where(HeldOperation.assessment_id == assessment_id)
    for waiting in db.session.execute(held.execution_options(populate_existing=True)).scalars():
        waiting.stood = None
    return emptied


def _emptied(wanted: Select[Operation]) -> int:
    rows = db.session.execute(wanted.execution_options(populate_existing=True)).scalars().all()
    for row in rows:
        row.payload = None
        row.receipt = row.receipt | {"current": None}
    return len(rows)


def _empty_photos(work: Work, assessment_id: UUID) -> int:
    wanted = select(EvidencePhoto).where(
        EvidencePhoto.assessment_id == assessment_id, EvidencePhoto.purged_at.is_(None)
    )
    photos = db.session.execute(wanted.execution_options(populate_existing=True)).scalars().all()
    files: list[Path] = []
    for photo in photos:
        files += [path_of(photo), *_without_file(photo)]
        photo.caption, photo.purged_at = "", clock.now()
    work.then(lambda: _unlink(files))
    return len(photos)


def _without_file(photo: EvidencePhoto) -> list[Path]:
    """Take the file from a photo. Returns where it lies: it goes when nothing names it any more."""
    attachment = db.session.get(Attachment, photo.attachment_id) if photo.attachment_id else None
    photo.attachment_id = None
    db.session.flush()
    if attachment is None:
        return []
    db.session.delete(attachment)
    return [storage.folder() / attachment.stored_name]


def _unlink(files: list[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)
