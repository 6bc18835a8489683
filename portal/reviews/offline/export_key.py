"""The portal's own key pair for files that are saved from a device before leaving a site.

The public half goes to every device at check-out; the private half stands in the data folder beside the
secret key and is backed up with it: without it a saved file cannot be read (docs/operations.md).
"""

from __future__ import annotations

import base64
import hashlib
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from portal.core.config import Settings

BITS = 3072
_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class CannotOpen(ValueError):
    """The file was not made for this portal, or is damaged."""


@dataclass(frozen=True)
class PublicKey:
    """What a device needs: the key (SPKI DER, base64) and its name."""

    key: str
    key_id: str


def public_key() -> PublicKey:
    """The public half of this portal's key."""
    der = (
        _private(_path())
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return PublicKey(base64.b64encode(der).decode(), hashlib.sha256(der).hexdigest()[:16])


def unwrap(wrapped: bytes) -> bytes:
    """A device's data key. Raises CannotOpen."""
    try:
        return _private(_path()).decrypt(wrapped, _OAEP)
    except ValueError:
        raise CannotOpen("It was not made for this portal.") from None


def decrypt(key: bytes, iv: bytes, ciphertext: bytes, additional: bytes) -> bytes:
    """What a device encrypted. Raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(iv, ciphertext, additional)
    except (InvalidTag, ValueError):
        raise CannotOpen("A part of it is damaged.") from None


def _path() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return Path(settings.data_dir).resolve() / "on_site_key.pem"


@lru_cache(maxsize=4)
def _private(path: Path) -> rsa.RSAPrivateKey:
    """The key pair; made on first use, readable by the portal only, and never written over."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
        pem = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        unfinished = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")  # two may be first at once
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(pem)
        with suppress(FileExistsError):  # another process was first: then its key is the one
            os.link(unfinished, path)
        unfinished.unlink()
    found = serialization.load_pem_private_key(path.read_bytes(), None)
    assert isinstance(found, rsa.RSAPrivateKey)
    return found
