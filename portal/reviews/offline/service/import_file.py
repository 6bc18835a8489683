"""Bringing in a file of edits that a device saved, for when the device itself cannot send them.

The owner's edits are taken as if the device had sent them. Whoever plans or leads a review may bring in the
file of one of its people: then nothing is applied, all is kept until somebody decides.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused
from portal.reviews.external.loading import holds, load_review
from portal.reviews.external.rules.workflow import Part
from portal.reviews.offline.export_key import CannotOpen, decrypt, unwrap
from portal.reviews.offline.models import OnSiteDevice, Operation
from portal.reviews.offline.rules import operations, saved_file
from portal.reviews.offline.rules.operations import MOST_IN_A_BATCH, Unreadable
from portal.reviews.offline.rules.saved_file import NoSavedFile, SavedFile
from portal.reviews.offline.service.applying import take
from portal.reviews.offline.service.devices import digest
from portal.reviews.offline.service.photos import (
    MOST_AT_ONCE,
    Damaged,
    Elsewhere,
    photo_of,
    received,
    take_piece,
)

FIELD = "upload"
AT_ONCE = 1_000  # ids of one query
NOT_YOURS = "These are the edits of somebody whose reviews you neither plan nor lead, so nothing was taken."
Raw = Mapping[str, Any]


@dataclass(frozen=True)
class BroughtIn:
    """What became of a file's edits, in figures; nothing of what they say."""

    owner: str
    own: bool
    applied: int
    conflicts: int
    quarantined: int
    known: int  # of all of these, how many had come before
    refused: int  # another edit came under the same number
    left_out: int  # of reviews that whoever brought the file in neither plans nor leads
    photos: int
    photos_waiting: int  # their edits have not been applied yet


def bring_in(actor: Actor, data: bytes) -> BroughtIn:
    """Take a saved file. Raises Invalid (`upload`: not such a file, damaged, not made for this portal) or
    Forbidden (somebody else's, of reviews that the actor neither plans nor leads).
    """
    file, key, edits = _opened(data)
    owner = db.session.get(Person, file.person_id)
    if owner is None:
        raise Invalid({FIELD: "The person whose edits these are is not known here."})
    own = actor.person_id == owner.id
    wanted = edits if own else [raw for raw in edits if _in_reach(actor, raw)]
    if not own and not wanted:
        raise Forbidden(NOT_YOURS)
    author = actor if own else Actor(owner.id, owner.name)
    known = _known(wanted)
    with act(actor, "offline.bring-in", ("person", owner.id)) as work:
        _know_device(file, wanted)
        work.note(device=file.device_id, edits=len(wanted), photos=len(file.photos))
    refused = "" if own else f"It was brought in from a saved file by {actor.name}."
    outcomes = Counter(
        receipt["outcome"]
        for batch in _batches(wanted)
        for receipt in take(author, file.device_id, batch, refused=refused)
    )
    whole = sum(_take_photo(author, sealed.id, _open(key, sealed)) for sealed in file.photos)
    return BroughtIn(
        owner.name,
        own,
        outcomes["applied"],
        outcomes["conflict"],
        outcomes["quarantined"],
        known,
        outcomes["mismatch"],
        len(edits) - len(wanted),
        whole,
        len(file.photos) - whole,
    )


def _opened(data: bytes) -> tuple[SavedFile, bytes, list[Raw]]:
    try:
        file = saved_file.read(data)
        key = unwrap(file.wrapped_key)
        edits = [_edit(key, sealed) for sealed in file.operations]
    except (NoSavedFile, CannotOpen) as error:
        raise Invalid({FIELD: f"The file cannot be read. {error}"}) from None
    return file, key, edits


def _open(key: bytes, sealed: saved_file.Sealed) -> bytes:
    try:
        return decrypt(key, sealed.iv, sealed.ciphertext, sealed.additional.encode())
    except CannotOpen as error:
        raise Invalid({FIELD: f"The file cannot be read. {error}"}) from None


def _edit(key: bytes, sealed: saved_file.Sealed) -> Raw:
    """An edit as the device would have sent it. Raises CannotOpen."""
    text = decrypt(key, sealed.iv, sealed.ciphertext, sealed.additional.encode())
    try:
        raw = json.loads(text)
        named = operations.envelope(raw).op_id if isinstance(raw, dict) else None
    except (ValueError, RecursionError, Unreadable):
        named = None
    if named != sealed.id:
        raise CannotOpen("A part of it is damaged.")
    found: Raw = raw
    return found


def _in_reach(actor: Actor, raw: Raw) -> bool:
    """Whether the actor plans or leads the review that the edit is of."""
    review_id = operations.envelope(raw).review_id
    found = load_review(review_id) if review_id else None
    return found is not None and (holds(actor, Part.LEAD, found) or holds(actor, Part.PLANNER, found))


def _known(edits: list[Raw]) -> int:
    """How many came before. One statement for each thousand."""
    ids = [operations.envelope(raw).op_id for raw in edits]
    known = 0
    for start in range(0, len(ids), AT_ONCE):
        query = select(func.count()).where(Operation.op_id.in_(ids[start : start + AT_ONCE]))
        known += db.session.execute(query).scalar_one()
    return known


def _know_device(file: SavedFile, edits: list[Raw]) -> None:
    """The device's row: a restored portal may have forgotten it. Raises Forbidden where it is another's."""
    device = db.session.get(OnSiteDevice, file.device_id, populate_existing=True)
    if device is None:
        now = clock.now()
        device = OnSiteDevice(
            id=file.device_id,
            person_id=file.person_id,
            name="Device of a saved file",
            first_seen_at=now,
            heard_at=now,
            token_digest=digest(file.device_id.hex + now.isoformat()),
        )
        db.session.add(device)
    elif device.person_id != file.person_id:
        raise Forbidden("The device that this file names is another person’s.")
    numbers = [operations.envelope(raw).seq for raw in edits]
    device.highest_seq = max([device.highest_seq or 0, *numbers])


def _batches(edits: list[Raw]) -> Iterator[list[Raw]]:
    """In the order in which they were made."""
    ordered = sorted(edits, key=lambda raw: operations.envelope(raw).seq)
    for start in range(0, len(ordered), MOST_IN_A_BATCH):
        yield ordered[start : start + MOST_IN_A_BATCH]


def _take_photo(author: Actor, photo_id: UUID, data: bytes) -> bool:
    """Send a photo on, as the device would. Returns whether it is here as a whole."""
    try:
        offset = received(photo_of(author, photo_id))
        whole = False
        while not whole and offset < len(data):
            offset, whole = take_piece(author, photo_id, offset, data[offset : offset + MOST_AT_ONCE])
    except (NotFound, Refused, Invalid, Elsewhere, Damaged):
        return False
    return photo_of(author, photo_id).attachment_id is not None
