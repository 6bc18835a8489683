"""The audit chain: pure hashing, so that anybody can check it without the portal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no white space, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def payload_digest(salt: str, body: Mapping[str, Any]) -> str:
    """SHA-256 over salt and canonical payload: a purged payload cannot be guessed back from it."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical(body)).hexdigest()


def row_digest(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 of a row chained to the row before it."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(row)).hexdigest()
