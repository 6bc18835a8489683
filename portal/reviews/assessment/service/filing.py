"""Attaching evidence files to an item, taking them away and putting them back."""

from __future__ import annotations

import uuid
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import NotFound, Refused
from portal.core.storage.models import Attachment
from portal.core.storage.service import Saved, record, save
from portal.reviews.assessment.loading import judged, load, load_for
from portal.reviews.assessment.models import EvidenceFile
from portal.reviews.assessment.rules.workflow import Action

MOST_FILES = 20  # attached to one item


def add_file(actor: Actor, assessment_id: UUID, item_key: str, name: str, data: bytes) -> UUID:
    """Attach a file to an item of a draft. Returns the id of the evidence file.

    Raises NotFound, Forbidden, Refused, or Invalid (field `file`) where the file cannot be taken.
    """
    judged(actor, load(assessment_id), Action.EDIT)  # who may not do this must not make the server write
    saved = save(name, data)  # before the verb: it scans and writes, which takes its time
    return _attach(actor, assessment_id, item_key, saved)


def _attach(actor: Actor, assessment_id: UUID, item_key: str, saved: Saved) -> UUID:
    with act(actor, "assessment.add-file", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.EDIT)
        if all(item.key != item_key for item in found.scale.items):
            raise NotFound("There is no such item.")
        _demand_room(assessment_id, item_key)
        attachment = record(actor, saved)
        row = EvidenceFile(
            id=uuid.uuid4(), assessment_id=assessment_id, item_key=item_key, attachment_id=attachment.id
        )
        db.session.add(row)
        work.note(item=item_key, file=row.id, name=saved.original_name, size=saved.size, sha256=saved.sha256)
    return row.id


def remove_file(actor: Actor, assessment_id: UUID, file_id: UUID) -> str:
    """Take a file away from its item; it is kept and can be put back. Returns its item's key."""
    with act(actor, "assessment.remove-file", ("assessment", assessment_id)) as work:
        row = _file(actor, assessment_id, file_id)
        if row.removed_at is None:
            row.removed_at = clock.now()
            work.note(item=row.item_key, file=file_id)
        else:
            work.unchanged()
        return row.item_key


def restore_file(actor: Actor, assessment_id: UUID, file_id: UUID) -> str:
    """Put back a file that was removed (undo). Returns its item's key."""
    with act(actor, "assessment.restore-file", ("assessment", assessment_id)) as work:
        row = _file(actor, assessment_id, file_id)
        if row.removed_at is not None:
            _demand_room(assessment_id, row.item_key)
            row.removed_at = None
            work.note(item=row.item_key, file=file_id)
        else:
            work.unchanged()
        return row.item_key


def name_of(file_id: UUID) -> str:
    """A file's name as it is shown. One statement."""
    query = (
        select(Attachment.original_name)
        .join(EvidenceFile, EvidenceFile.attachment_id == Attachment.id)
        .where(EvidenceFile.id == file_id)
    )
    return db.session.execute(query).scalar_one_or_none() or ""


def _demand_room(assessment_id: UUID, item_key: str) -> None:
    """Raise Refused where the item has as many files as it takes."""
    count = select(func.count()).where(
        EvidenceFile.assessment_id == assessment_id,
        EvidenceFile.item_key == item_key,
        EvidenceFile.removed_at.is_(None),
    )
    if db.session.execute(count).scalar_one() >= MOST_FILES:
        raise Refused(f"An item takes {MOST_FILES} files at most. Remove one first.")


def _file(actor: Actor, assessment_id: UUID, file_id: UUID) -> EvidenceFile:
    load_for(actor, assessment_id, Action.EDIT)
    query = select(EvidenceFile).where(
        EvidenceFile.id == file_id, EvidenceFile.assessment_id == assessment_id
    )
    row = db.session.execute(query).scalar_one_or_none()
    if row is None:
        raise NotFound("There is no such file.")
    return row
