"""A file of edits as a device saves it: encrypted to the portal's own key."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.reviews.offline.export_key import public_key
from tests.support.assessing import id_of
from tests.support.on_site import Tablet

OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


def saved(
    tablet: Tablet,
    edits: Sequence[Mapping[str, Any]],
    photos: Mapping[str, bytes] | None = None,
    **openly: Any,
) -> bytes:
    """The file of a tablet. `openly`: what it says in clear beside or instead of the truth."""
    key = AESGCM.generate_key(256)
    person = str(id_of(tablet.who))
    return json.dumps(
        {
            "format": "ips-on-site-edits",
            "version": 1,
            "key_id": public_key().key_id,
            "wrapped_key": _b64(_server_key().encrypt(key, OAEP)),
            "person_id": str(id_of(tablet.who)),
            "device_id": str(tablet.id),
            "highest_seq": tablet.seq,
            "made_at": "2026-11-22T10:42:00Z",
            "operations": [
                {"op_id": edit["op_id"], "seq": edit["seq"], "review": edit["review"]}
                | _sealed(key, f"operations|{person}|{edit['op_id']}", json.dumps(edit).encode())
                for edit in edits
            ],
            "photos": [
                {"photo_id": photo_id} | _sealed(key, f"photo_bytes|{person}|{photo_id}", data)
                for photo_id, data in (photos or {}).items()
            ],
        }
        | openly
    ).encode()


def wrapped_for_somebody_else() -> str:
    """A data key wrapped with a key that is not this portal's."""
    other = rsa.generate_private_key(public_exponent=65537, key_size=3072).public_key()
    return _b64(other.encrypt(os.urandom(32), OAEP))


def _server_key() -> rsa.RSAPublicKey:
    found = serialization.load_der_public_key(base64.b64decode(public_key().key))
    assert isinstance(found, rsa.RSAPublicKey)
    return found


def _sealed(key: bytes, label: str, data: bytes) -> dict[str, str]:
    iv = os.urandom(12)
    ciphertext = AESGCM(key).encrypt(iv, data, label.encode())
    return {"iv": _b64(iv), "ciphertext": _b64(ciphertext), "aad": label}


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
