"""A person's own edits that name no review of this portal, and so are on no review's page.

A device whose review a restored backup does not know holds such edits. They are shown to their author alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core.db import db
from portal.reviews.offline.models import HeldOperation, OnSiteDevice, Operation
from portal.reviews.offline.sealed import content_of

KEPT = timedelta(days=90)  # from arrival; as long as their author may come and read them
_KINDS = {"rating": "A rating", "note": "A note", "row": "A row of a worksheet", "photo": "A photo"}


@dataclass(frozen=True)
class Stray:
    """An edit as its author reads it. `said`: each field and what was typed in it."""

    title: str
    device: str
    at: datetime
    reason: str
    said: tuple[tuple[str, str], ...]

    @property
    def until(self) -> datetime:
        """When what it says is emptied."""
        return self.at + KEPT


def strays(actor: Actor) -> list[Stray]:
    """The actor's own, the newest first, without those emptied. One statement."""
    query = (
        select(HeldOperation, Operation, OnSiteDevice.name)
        .join(Operation, Operation.op_id == HeldOperation.op_id)
        .join(OnSiteDevice, OnSiteDevice.id == Operation.device_id)
        .where(HeldOperation.assessment_id.is_(None), HeldOperation.person_id == actor.person_id)
        .order_by(Operation.received_at.desc(), Operation.seq.desc())
    )
    found = [_stray(actor, *row) for row in db.session.execute(query)]
    return [one for one in found if one is not None]


def _stray(actor: Actor, held: HeldOperation, operation: Operation, device: str) -> Stray | None:
    content = content_of(actor, operation, held)
    if content is None or not content.raw:
        return None
    said = tuple((str(name), _words(value)) for name, value in content.fields.items())
    title = _KINDS.get(operation.kind, "An edit")
    return Stray(title, device, operation.received_at, operation.reason, said)


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
