"""Appending to the audit, and checking it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from portal.core.audit.models import AuditHead, AuditPayload, AuditRow
from portal.core.rules.chain import GENESIS, hashed, payload_digest, row_digest


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


# Written by every verb: plain statements, built once.
_rows, _payloads, _head = (cast(Table, model.__table__) for model in (AuditRow, AuditPayload, AuditHead))
_READ_HEAD = select(_head.c.number, _head.c.digest).with_for_update()
_ADD_ROW, _ADD_PAYLOAD = _rows.insert(), _payloads.insert()
_MOVE_HEAD = _head.update().values(number=bindparam("to_number"), digest=bindparam("to_digest"))


def append(session: Session, entry: Entry) -> int:
    """Add one row to the chain, inside the caller's transaction. Returns its number.

    The head row is locked last, so that verbs wait for each other only here.
    """
    connection = session.connection()
    head = connection.execute(_READ_HEAD).one()
    number: int = head.number + 1
    salt = secrets.token_hex(16)
    row = {
        "number": number,
        "at": entry.at,
        "actor_id": entry.actor_id,
        "actor_label": entry.actor_label,
        "verb": entry.verb,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "request_id": entry.request_id,
        "payload_digest": payload_digest(salt, entry.payload),
    }
    digest = row_digest(head.digest, hashed(row))
    connection.execute(_ADD_ROW, {**row, "previous": head.digest, "digest": digest})
    connection.execute(_ADD_PAYLOAD, {"number": number, "salt": salt, "body": dict(entry.payload)})
    connection.execute(_MOVE_HEAD, {"to_number": number, "to_digest": digest})
    return number


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
    head = session.execute(select(AuditHead.number, AuditHead.digest)).one_or_none()
    if head is None:
        findings.append(Finding(number, "the head is missing"))
    elif (head.number, head.digest) != (number, digest):
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
        if row.digest != row_digest(row.previous, hashed(row.covered())):
            yield Finding(row.number, "was changed")
        if payload is None:
            yield Finding(row.number, "has lost its payload")
        elif payload.body is None:  # until there is a retention purge, nothing empties one lawfully
            yield Finding(row.number, "its payload was emptied")
        elif payload_digest(payload.salt, payload.body) != row.payload_digest:
            yield Finding(row.number, "its payload was changed")
        previous, expected = row.digest, row.number + 1
