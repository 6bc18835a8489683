"""What the portal answers to an edit, in the shape that devices and replays get."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

MISMATCH = "mismatch"
NO_ID = "An edit needs an id and a number."
MISMATCH_WORDS = "Another edit came under this number before. This one stays on the device."


def receipt(
    op_id: object,
    outcome: str,
    *,
    version: int | None = None,
    saved_at: str | None = None,
    reason: str = "",
    held: bool = False,
    current: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The answer to one edit. `current`: what stands, for the author of an edit that was not applied."""
    return {
        "op_id": str(op_id),
        "outcome": outcome,
        "version": version,
        "saved_at": saved_at,
        "reason": reason,
        "held": str(op_id) if held else None,
        "current": None if current is None else wire(current),
    }


def mismatch(op_id: object) -> dict[str, Any]:
    """The answer to an edit whose id was used for another content."""
    return receipt(op_id, MISMATCH, reason=MISMATCH_WORDS)


def wire(value: Any) -> Any:
    """A record's fields as JSON has them: enums by value, dates as 2026-03-27."""
    if isinstance(value, Mapping):
        return {str(key): wire(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [wire(inner) for inner in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value
