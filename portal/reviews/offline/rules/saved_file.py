"""The file that a device saves before leaving a site: reading its outside, before anything is decrypted."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

FORMAT, VERSION = "ips-on-site-edits", 1
MOST_OPERATIONS, MOST_PHOTOS = 20_000, 500


class NoSavedFile(ValueError):
    """It is not a file of edits: a sentence says why."""


@dataclass(frozen=True)
class Sealed:
    """One encrypted thing with the additional data that binds it to its store, person and key."""

    id: UUID
    iv: bytes
    ciphertext: bytes
    additional: str


@dataclass(frozen=True)
class SavedFile:
    """What a saved file says openly, and what it holds encrypted."""

    key_id: str
    wrapped_key: bytes
    person_id: UUID
    device_id: UUID
    operations: tuple[Sealed, ...]
    photos: tuple[Sealed, ...]


def read(data: bytes) -> SavedFile:
    """The file. Raises NoSavedFile."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise NoSavedFile("This is not a file of edits that a device saved.") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise NoSavedFile("This is not a file of edits that a device saved.")
    if whole.get("version") != VERSION:
        raise NoSavedFile("This file was saved by a version of the portal that is not known here.")
    try:
        return SavedFile(
            key_id=_text(whole, "key_id"),
            wrapped_key=_bytes(whole, "wrapped_key"),
            person_id=UUID(_text(whole, "person_id")),
            device_id=UUID(_text(whole, "device_id")),
            operations=_sealed(whole, "operations", "op_id", "operations", MOST_OPERATIONS),
            photos=_sealed(whole, "photos", "photo_id", "photo_bytes", MOST_PHOTOS),
        )
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, NoSavedFile):
            raise
        raise NoSavedFile("A part of this file is missing or damaged.") from None


def _sealed(whole: Mapping[str, Any], name: str, id_name: str, store: str, most: int) -> tuple[Sealed, ...]:
    """The encrypted things, each bound to the person that the file names. Raises NoSavedFile."""
    found = whole[name]
    if not isinstance(found, list):
        raise NoSavedFile("A part of this file is missing or damaged.")
    if len(found) > most:
        raise NoSavedFile(f"A file holds {most:,} of these at most: {name}.")
    person = whole["person_id"]
    things = []
    for one in found:
        own_id = _text(one, id_name)
        if _text(one, "aad") != f"{store}|{person}|{own_id}":  # nobody hands in another’s work as their own
            raise NoSavedFile("A part of this file belongs to somebody else, so nothing was taken.")
        things.append(Sealed(UUID(own_id), _bytes(one, "iv"), _bytes(one, "ciphertext"), one["aad"]))
    return tuple(things)


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _bytes(found: Mapping[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(_text(found, name), validate=True)
    except binascii.Error:
        raise ValueError(name) from None
