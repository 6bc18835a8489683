"""Edits as devices send them, and what the database has of them."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from portal.core import clock
from portal.core.audit.models import AuditRow
from portal.core.db import db
from portal.reviews.external import blind
from portal.reviews.external.models.fieldwork import FieldNote
from portal.reviews.external.models.scoring import BlindRating
from portal.reviews.offline.models import HeldOperation, Operation
from portal.reviews.offline.service.applying import take
from portal.reviews.offline.service.devices import check_out
from tests.support import reviewing
from tests.support.assessing import actor, id_of

ITEM, OTHER_ITEM = "caseload-size", "employment-services-staff"
LEAD, SECOND = "lead-reviewer", "second-reviewer"


class Tablet:
    """A device of one person with one review on it: numbers its edits and sends them through the verbs."""

    def __init__(self, review_id: UUID, who: str = LEAD) -> None:
        self.id, self.who, self.review_id, self.seq = uuid.uuid4(), who, review_id, 0
        self.taken = check_out(actor(who), review_id, uuid.uuid4(), self.id, "Tablet", True)

    def edit(
        self,
        fields: dict[str, Any],
        *,
        kind: str = "rating",
        key: str = ITEM,
        version: int = 0,
        after: str | None = None,
        base: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The next edit, not sent yet."""
        self.seq += 1
        return {
            "op_id": str(uuid.uuid4()),
            "seq": self.seq,
            "schema": 1,
            "review": str(self.review_id),
            "kind": kind,
            "key": key,
            "base_version": version,
            "after": after,
            "base": base or {},
            "fields": fields,
            "at": clock.now().isoformat(),
        }

    def note(self, **fields: Any) -> dict[str, Any]:
        """A new note, not sent yet."""
        whole = {
            "kind": "interview",
            "role": "clinician",
            "source": "INT",
            "heading": "Ward",
            "text": "Seen",
            "item_keys": [ITEM],
            "taken_on": clock.today().isoformat(),
        }
        return self.edit(whole | fields, kind="note", key=str(uuid.uuid4()))

    def send(self, *edits: dict[str, Any]) -> list[dict[str, Any]]:
        """Send edits; their receipts."""
        return take(actor(self.who), self.id, list(edits))


def rating(review_id: UUID, who: str = LEAD, key: str = ITEM) -> BlindRating | None:
    """A person's own row as the database has it."""
    db.session.rollback()
    return blind.own_sheet(actor(who), reviewing.fresh(review_id)).get(key)


def note(key: str) -> FieldNote:
    """A note as the database has it."""
    db.session.rollback()
    return db.session.get_one(FieldNote, UUID(key), populate_existing=True)


def stored(op_id: str) -> Operation:
    """An edit as the database has it."""
    db.session.rollback()
    return db.session.get_one(Operation, UUID(op_id), populate_existing=True)


def held(op_id: str) -> HeldOperation:
    """An edit that waits."""
    db.session.rollback()
    return db.session.get_one(HeldOperation, UUID(op_id), populate_existing=True)


def audited(verb: str) -> int:
    """How many audit rows have this verb."""
    query = select(func.count()).select_from(AuditRow).where(AuditRow.verb == verb)
    return db.session.execute(query).scalar_one()


__all__ = [
    "ITEM",
    "LEAD",
    "OTHER_ITEM",
    "SECOND",
    "Tablet",
    "audited",
    "held",
    "id_of",
    "note",
    "rating",
    "stored",
]
