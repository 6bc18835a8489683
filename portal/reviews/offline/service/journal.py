"""The record of every edit that came: written once with its answer, read again for replays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.db import db
from portal.core.filters import clock_time
from portal.reviews.offline.models import Operation, Outcome
from portal.reviews.offline.rules import operations, receipts
from portal.reviews.offline.rules.operations import Envelope


@dataclass(frozen=True)
class Sent:
    """An edit as it came: from whom, from which device, what it says of itself, and all of it."""

    actor: Actor
    device_id: UUID
    envelope: Envelope
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """What is known of an edit that came."""

    op_id: UUID
    person_id: UUID | None
    digest: str
    outcome: Outcome
    version: int | None
    receipt: dict[str, Any]


_COLUMNS = (
    Operation.op_id,
    Operation.person_id,
    Operation.digest,
    Operation.outcome,
    Operation.version,
    Operation.receipt,
)
_MANY = select(*_COLUMNS).where(Operation.op_id.in_(bindparam("op_ids", expanding=True)))
_ONE = select(*_COLUMNS).where(Operation.op_id == bindparam("op_id"))
_ADD = cast(Table, Operation.__table__).insert()  # written for every edit: a plain statement, built once


def entries(op_ids: Iterable[UUID]) -> dict[UUID, Entry]:
    """Those of these edits that came before. One statement."""
    wanted = list(op_ids)
    rows = db.session.execute(_MANY, {"op_ids": wanted}) if wanted else ()
    return {row.op_id: Entry(*row) for row in rows}


def entry(op_id: UUID) -> Entry | None:
    """One edit that came before. One statement."""
    row = db.session.execute(_ONE, {"op_id": op_id}).one_or_none()
    return None if row is None else Entry(*row)


def write(
    sent: Sent,
    outcome: Outcome,
    *,
    review_id: UUID | None,
    version: int | None,
    reason: str = "",
    current: Mapping[str, Any] | None = None,
) -> Entry:
    """Write an edit down inside the verb that decides on it.

    `version`: that of its record, now. Raises IntegrityError where one of this id was written first.
    """
    now, envelope = clock.now(), sent.envelope
    held = outcome.held
    receipt = receipts.receipt(
        envelope.op_id,
        outcome.value,
        version=version,
        saved_at=None if held else clock_time(now),
        reason=reason,
        held=held,
        current=current,
    )
    made = Entry(envelope.op_id, sent.actor.person_id, operations.digest(sent.raw), outcome, version, receipt)
    row = {
        "op_id": made.op_id,
        "device_id": sent.device_id,
        "seq": envelope.seq,
        "digest": made.digest,
        "assessment_id": review_id,
        "person_id": sent.actor.person_id,
        "kind": envelope.kind,
        "record_key": envelope.key,
        "received_at": now,
        "outcome": outcome,
        "version": version,
        "reason": reason,
        "receipt": receipt,
        "payload": dict(sent.raw),
    }
    db.session.connection().execute(_ADD, row)
    return made
