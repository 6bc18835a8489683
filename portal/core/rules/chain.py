"""The audit chain: pure hashing, so that anybody can check it without the portal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64
COVERED = (
    "number",
    "at",
    "actor_id",
    "actor_label",
    "verb",
    "subject_type",
    "subject_id",
    "request_id",
    "payload_digest",
)


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no white space, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def hashed(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the chain hashes of a row: its covered columns, the instant and the ids as text."""
    plain = {name: row[name] for name in COVERED}
    actor = plain["actor_id"]
    return {**plain, "at": plain["at"].isoformat(), "actor_id": str(actor) if actor else None}


def payload_digest(salt: str, body: Mapping[str, Any]) -> str:
    """SHA-256 over salt and canonical payload: a purged payload cannot be guessed back from it."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical(body)).hexdigest()


def row_digest(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 of a row chained to the row before it."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(row)).hexdigest()
