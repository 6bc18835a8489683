"""Appending to the audit, and checking it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from portal.core.audit.models import AuditHead, AuditPayload, AuditRow
from portal.core.rules.chain import GENESIS, payload_digest, row_digest


@dataclass(frozen=True)
class Entry:
    """What one audit row says."""

    at: datetime
    actor_id: uuid.UUID | None
    actor_label: str
    verb: str
    subject_type: str
    subject_id: str
    request_id: str
    payload: Mapping[str, Any]


def append(session: Session, entry: Entry) -> int:
    """Add one row to the chain, inside the caller's transaction. Returns its number.

    The head row is locked last, so that verbs wait for each other only here.
    """
    head = session.execute(select(AuditHead.number, AuditHead.digest).with_for_update()).one()
    salt = secrets.token_hex(16)
    row = AuditRow(
        number=head.number + 1,
        at=entry.at,
        actor_id=entry.actor_id,
        actor_label=entry.actor_label,
        verb=entry.verb,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        request_id=entry.request_id,
        payload_digest=payload_digest(salt, entry.payload),
        previous=head.digest,
    )
    row.digest = row_digest(head.digest, row.hashed())
    values = {column.name: getattr(row, column.name) for column in AuditRow.__table__.columns}
    session.execute(insert(AuditRow), values)
    session.execute(insert(AuditPayload), {"number": row.number, "salt": salt, "body": dict(entry.payload)})
    session.execute(update(AuditHead).where(AuditHead.id == 1).values(number=row.number, digest=row.digest))
    return row.number


@dataclass(frozen=True)
class Finding:
    """Something wrong with the chain, at a row."""

    number: int
    problem: str


def verify(session: Session, expected_head: tuple[int, str] | None = None) -> tuple[int, list[Finding]]:
    """Walk the whole chain. Returns the number of rows and what is wrong with them.

    Finds edits, deletions, insertions and reordering inside the chain, and a cut tail through the
    head row; a head noted elsewhere (`expected_head`) also finds a tail cut together with the head.
    """
    findings = list(_walk(session))
    last = session.execute(
        select(AuditRow.number, AuditRow.digest).order_by(AuditRow.number.desc()).limit(1)
    ).first()
    number, digest = (last.number, last.digest) if last else (0, GENESIS)
    head = session.execute(select(AuditHead.number, AuditHead.digest)).one()
    if (head.number, head.digest) != (number, digest):
        findings.append(Finding(number, f"the head says {head.number} rows, the chain ends at {number}"))
    if expected_head:
        noted = session.execute(
            select(AuditRow.digest).where(AuditRow.number == expected_head[0])
        ).scalar_one_or_none()
        if noted != expected_head[1]:
            findings.append(Finding(expected_head[0], "the row noted as head is missing or was changed"))
    return number, findings


def _walk(session: Session) -> Iterator[Finding]:
    previous, expected = GENESIS, 1
    query = (
        select(AuditRow, AuditPayload)
        .outerjoin(AuditPayload, AuditPayload.number == AuditRow.number)
        .order_by(AuditRow.number)
        .execution_options(yield_per=500)
    )
    pairs = cast(Iterable[tuple[AuditRow, AuditPayload | None]], session.execute(query))
    for row, payload in pairs:  # the outer join may find no payload
        if row.number != expected:
            yield Finding(expected, f"row {expected} is missing; the next is {row.number}")
        if row.previous != previous:
            yield Finding(row.number, "does not follow from the row before it")
        if row.digest != row_digest(row.previous, row.hashed()):
            yield Finding(row.number, "was changed")
        if payload is None:
            yield Finding(row.number, "has lost its payload")
        elif payload.body is not None and payload_digest(payload.salt, payload.body) != row.payload_digest:
            yield Finding(row.number, "its payload was changed")
        previous, expected = row.digest, row.number + 1
