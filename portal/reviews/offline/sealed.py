"""The only door to what an edit says: a rating's is opened to its author alone, for ever.

Whatever is not plainly of a note, a row or a photo counts as a rating: an edit whose kind cannot be read may
be one. A test holds that nothing else reads these columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.reviews.offline.models import HeldOperation, Operation
from portal.reviews.offline.rules.operations import SHARED


@dataclass(frozen=True)
class Content:
    """An edit as it came, and the fields that stood then. Both are empty once they were purged."""

    raw: Mapping[str, Any]
    standing: Mapping[str, Any]

    @property
    def fields(self) -> Mapping[str, Any]:
        return _mapping(self.raw.get("fields"))

    @property
    def base(self) -> Mapping[str, Any]:
        return _mapping(self.raw.get("base"))


def may_read(actor: Actor, kind: str, author: UUID) -> bool:
    """Whether the actor may see what an edit of this kind says, beyond being inside the review."""
    return kind in SHARED or actor.person_id == author


def content_of(actor: Actor, operation: Operation, held: HeldOperation | None = None) -> Content | None:
    """What the edit says; None where it is not the actor's to read."""
    if not may_read(actor, operation.kind, operation.person_id):
        return None
    stood = held.stood if held is not None else None
    return Content(operation.payload or {}, stood or {})


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
