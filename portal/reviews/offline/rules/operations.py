"""An edit as a device sends it: reading it, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeGuard
from uuid import UUID

from portal.core.rules.texts import plain
from portal.reviews.external.rules.notes import SOURCES, NoteKind

MOST_IN_A_BATCH = 100
LONGEST_KEY = 100
SHA256_LETTERS = 64


class EditKind(StrEnum):
    """What an edit is of."""

    RATING = "rating"  # of the author's own sheet, by item
    NOTE = "note"
    ROW = "row"  # of a worksheet
    PHOTO = "photo"


SHARED = frozenset({EditKind.NOTE, EditKind.ROW, EditKind.PHOTO})  # what the whole team writes


class Unreadable(ValueError):
    """The edit cannot be read: a sentence says what is wrong with it."""


@dataclass(frozen=True)
class Edit:
    """One edit. `base` and `fields` have the same names: what the author began from, and made of it.

    `after` is the device's edit of the same record before this one, whose receipt it had not seen.
    """

    op_id: UUID
    seq: int
    review_id: UUID
    kind: EditKind
    key: str
    base_version: int
    after: UUID | None
    base: Mapping[str, Any]
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Envelope:
    """What every edit must have, so that it can be kept whatever else is wrong with it."""

    op_id: UUID
    seq: int
    kind: str
    key: str
    review_id: UUID | None


def envelope(raw: Mapping[str, Any]) -> Envelope:
    """The edit's own id and number. Raises Unreadable: what has no id cannot be kept or answered."""
    op_id, seq = _uuid(raw.get("op_id")), raw.get("seq")
    if op_id is None or not _is_number(seq) or seq < 1:
        raise Unreadable("An edit needs an id and a number.")
    kind, key = raw.get("kind"), raw.get("key")
    return Envelope(
        op_id,
        seq,
        plain(kind)[:20] if isinstance(kind, str) else "",
        plain(key)[:LONGEST_KEY] if isinstance(key, str) else "",
        _uuid(raw.get("review")),
    )


def after(raw: Mapping[str, Any]) -> UUID | None:
    """The edit of the same record that the device made before this one, where it says so."""
    return _uuid(raw.get("after"))


def family(kind: str) -> str:
    """The first word of an edit's verbs: `blind` seals their audit payloads from every reader.

    Only what is plainly of a kind that the team shares is not sealed: what cannot be read may be a rating.
    """
    return "offline" if kind in SHARED else "blind"


def digest(raw: Mapping[str, Any]) -> str:
    """SHA-256 of the edit as it came, in lower-case hexadecimal."""
    text = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read(raw: Mapping[str, Any]) -> Edit:
    """The edit, its fields checked for kind but not against the review. Raises Unreadable."""
    known = envelope(raw)
    base_version, fields, base = raw.get("base_version"), raw.get("fields"), raw.get("base")
    if known.kind not in set(EditKind) or not known.key or known.review_id is None:
        raise Unreadable("It does not say what it changes.")
    if not _is_number(base_version) or base_version < 0:
        raise Unreadable("It does not say which version it began from.")
    if not isinstance(fields, dict) or not isinstance(base, dict) or not fields:
        raise Unreadable("It changes nothing.")
    kind = EditKind(known.kind)
    return Edit(
        known.op_id,
        known.seq,
        known.review_id,
        kind,
        known.key,
        base_version,
        after(raw),
        {name: value for name, value in base.items() if isinstance(name, str)},
        _READERS[kind](fields),
    )


def worksheet_place(key: str) -> tuple[str, int]:
    """The worksheet and the row's number of a row's key. Raises Unreadable."""
    sheet, _, position = key.rpartition(":")
    if not sheet or not (position.isascii() and position.isdigit()) or len(position) > 4:
        raise Unreadable("It names no row of a worksheet.")
    return sheet, int(position)


def note_id(key: str) -> UUID:
    """The note's or photo's id. Raises Unreadable."""
    found = _uuid(key)
    if found is None:
        raise Unreadable("It names no note.")
    return found


def _rating(fields: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "rating" and (value is None or _is_number(value)):
            found[name] = value
        elif name in ("rationale", "evidence") and isinstance(value, str):
            found[name] = plain(value)
        elif name == "entries" and _is_entries(value):
            found[name] = {plain(key): _entry(entry) for key, entry in value.items()}
        else:
            raise Unreadable(f"Its “{str(name)[:40]}” cannot be read.")
    return found


def _note(fields: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in fields.items():
        if name in ("role", "source", "heading", "text") and isinstance(value, str):
            found[name] = plain(value)
        elif name == "kind" and value in set(NoteKind):
            found[name] = NoteKind(value)
        elif name == "item_keys" and isinstance(value, list) and all(isinstance(one, str) for one in value):
            found[name] = tuple(value)
        elif name == "taken_on" and isinstance(value, str):
            found[name] = _day(value)
        elif name == "removed" and isinstance(value, bool):
            found[name] = value
        else:
            raise Unreadable(f"Its “{str(name)[:40]}” cannot be read.")
    if found.get("source", "") not in ("", *SOURCES):
        raise Unreadable("Its “source” cannot be read.")
    return found


def _row(fields: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "removed" and isinstance(value, bool):
            found[name] = value
        elif name != "removed" and isinstance(value, str):
            found[plain(name)] = plain(value)
        else:
            raise Unreadable(f"Its “{str(name)[:40]}” cannot be read.")
    return found


def _photo(fields: Mapping[str, Any]) -> dict[str, Any]:
    note, sha256, size = _uuid(fields.get("note")), fields.get("sha256"), fields.get("size")
    caption = fields.get("caption", "")
    if note is None or not isinstance(sha256, str) or len(sha256) != SHA256_LETTERS:
        raise Unreadable("It names no note, or no hash of the photo.")
    if not _is_number(size) or size < 1 or not isinstance(caption, str):
        raise Unreadable("It does not say how large the photo is.")
    return {"note": note, "sha256": sha256.lower(), "size": size, "caption": plain(caption)[:200]}


_READERS = {EditKind.RATING: _rating, EditKind.NOTE: _note, EditKind.ROW: _row, EditKind.PHOTO: _photo}


def _entry(value: object) -> object:
    return value if isinstance(value, bool) else plain(str(value))


def _is_entries(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(key, str) and isinstance(entry, str | int | bool) for key, entry in value.items()
    )


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Unreadable("Its date cannot be read.") from None
