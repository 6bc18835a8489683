"""On-site work of Alder's review in fieldwork: the lead reviewer's device, an edit that waits, a photo."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.reviews.offline.service.applying import take
from portal.reviews.offline.service.devices import check_out
from portal.reviews.offline.service.photos import take_piece
from tests.integration.access import world

REVIEW, OWNER = "review-fieldwork", "lead-reviewer"
SECRET = "Harebell"
PICTURE = b"\xff\xd8\xff\xe0 what Alder has on its wall"


def fill() -> None:
    """Write them. The edit that waits has a shape that nobody knows, so it is in quarantine."""
    owner, made = world.actor(OWNER), world.id_of(REVIEW)
    check_out(owner, made, world.id_of("check-out"), world.id_of("device"), "Tablet", True)
    note = {"kind": "interview", "role": "clinician", "source": "INT", "heading": "Ward", "text": SECRET}
    note |= {"item_keys": [], "taken_on": clock.today().isoformat()}
    photo = {"note": str(world.id_of(f"note-{made}")), "caption": "Board", "size": len(PICTURE)}
    photo |= {"sha256": hashlib.sha256(PICTURE).hexdigest(), "content_type": "image/jpeg"}
    edits = [
        _edit(1, "held", "note", str(uuid.uuid4()), note, schema=7),
        _edit(2, "photo-edit", "photo", str(world.id_of("photo")), photo),
    ]
    take(owner, world.id_of("device"), edits)
    take_piece(owner, world.id_of("photo"), 0, PICTURE)


def _edit(
    seq: int, name: str, kind: str, key: str, fields: dict[str, Any], schema: int = 1
) -> dict[str, Any]:
    return {
        "op_id": str(world.id_of(name)),
        "seq": seq,
        "schema": schema,
        "review": str(world.id_of(REVIEW)),
        "kind": kind,
        "key": key,
        "base_version": 0,
        "after": None,
        "base": {},
        "fields": fields,
        "at": clock.now().isoformat(),
    }


def ids() -> dict[str, UUID]:
    """What addresses of on-site work name."""
    return {
        "check_out_id": world.id_of("check-out"),
        "op_id": world.id_of("held"),
        "photo_id": world.id_of("photo"),
    }


def body(name: str) -> dict[str, Any]:
    """What a device sends to an address of the interface."""
    told = {"device_id": str(world.id_of("device")), "highest_seq": 2, "waiting": 0, "persisted": True}
    return {
        "check-out": {
            "review": str(world.id_of(REVIEW)),
            "check_out_id": str(world.id_of("another check-out")),
            "device_id": str(world.id_of("another device")),
            "device_name": "Telephone",
            "persisted": None,
            "fresh": True,
        },
        "return": {"highest_seq": 2},
        "sync": told | {"operations": []},
    }[name]
