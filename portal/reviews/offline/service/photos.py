"""Photos of evidence: announced by an edit, sent in pieces, kept when their hash is right."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.config import Settings
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.core.storage import service as storage
from portal.reviews.external.loading import load_for
from portal.reviews.external.models.fieldwork import FieldNote
from portal.reviews.external.rules.workflow import Action
from portal.reviews.offline.models import EvidencePhoto

MOST_PHOTOS = 20  # of one note
MOST_AT_ONCE = 256 * 1024  # bytes of one piece


class Elsewhere(Exception):
    """The piece does not follow what has come: `received` bytes are here."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class Damaged(Exception):
    """All pieces came and their hash is not the one that was announced: they are thrown away."""


def announce(actor: Actor, assessment_id: UUID, photo_id: UUID, fields: Mapping[str, Any]) -> None:
    """Write down that a photo will come. Raises NotFound, Forbidden, Refused or Invalid (`size`)."""
    with act(actor, "offline.photo", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.NOTE)
        note = db.session.get(FieldNote, fields["note"])
        if note is None or note.assessment_id != found.id:
            raise NotFound("The note of this photo is not there.")
        if fields["size"] > _settings().attachment_max_mib * 1024 * 1024:
            raise Invalid({"size": f"A photo must be smaller than {_settings().attachment_max_mib} MB"})
        here = select(func.count()).select_from(EvidencePhoto).where(EvidencePhoto.note_id == note.id)
        if db.session.execute(here).scalar_one() >= MOST_PHOTOS:
            raise Refused(f"A note takes {MOST_PHOTOS} photos at most.")
        db.session.add(
            EvidencePhoto(
                id=photo_id,
                assessment_id=found.id,
                note_id=note.id,
                person_id=actor.person_id,
                caption=fields["caption"],
                sha256=fields["sha256"],
                size=fields["size"],
                announced_at=clock.now(),
            )
        )
        work.note(photo=photo_id, note=note.id, size=fields["size"], sha256=fields["sha256"])


def photo_of(actor: Actor, photo_id: UUID) -> EvidencePhoto:
    """The actor's own photo. Raises NotFound."""
    query = select(EvidencePhoto).where(
        EvidencePhoto.id == photo_id, EvidencePhoto.person_id == actor.person_id
    )
    found = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such photo of yours.")
    return found


def received(photo: EvidencePhoto) -> int:
    """How many bytes of it are here."""
    if photo.attachment_id is not None:
        return photo.size
    path = path_of(photo)
    return path.stat().st_size if path.exists() else 0


def take_piece(actor: Actor, photo_id: UUID, offset: int, data: bytes) -> tuple[int, bool]:
    """Add a piece. Returns how many bytes are here, and whether the photo is whole.

    A piece that was taken before, sent again, changes nothing. Raises NotFound, Elsewhere, Damaged, Refused
    (more than was announced) or Invalid (`file`: no picture, or refused by the scanner).
    """
    photo = photo_of(actor, photo_id)
    if photo.purged_at is not None:
        raise Refused("This photo was deleted, as its time had come.")
    here = received(photo)
    if photo.attachment_id is not None:
        return here, True
    if offset != here:
        raise Elsewhere(here)
    if here + len(data) > photo.size:
        raise Refused("More came than was announced.")
    path = path_of(photo)
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    here += len(data)
    if here < photo.size:
        return here, False
    _finish(actor, photo, path)
    return here, True


def _finish(actor: Actor, photo: EvidencePhoto, path: Path) -> None:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != photo.sha256:
        path.unlink()
        raise Damaged
    saved = storage.save(f"{photo.id}.jpg", data)
    with act(actor, "offline.photo-whole", ("review", photo.assessment_id)) as work:
        row = photo_of(actor, photo.id)
        if row.attachment_id is not None:
            work.unchanged()
            return
        row.attachment_id = storage.record(actor, saved).id
        row.whole_at = clock.now()
        work.note(photo=photo.id, sha256=saved.sha256, size=saved.size)
    path.unlink(missing_ok=True)


def path_of(photo: EvidencePhoto) -> Path:
    """Where its pieces are gathered; the folder is made on first use."""
    folder = Path(_settings().data_dir).resolve() / "incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / photo.id.hex


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
