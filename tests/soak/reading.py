"""Reading what the portal has, past its own code: plain statements on a connection of the campaign's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, RowMapping, Select, create_engine, select, text

from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.audit.service import verify
from portal.core.db import Model, db, set_up_engine
from portal.reviews.external.models.fieldwork import FieldNote, WorksheetRow
from portal.reviews.external.models.scoring import BlindRating
from portal.reviews.external.service.fieldwork import FIELDS as NOTE_FIELDS
from portal.reviews.external.service.scoring import DRAFT_FIELDS
from portal.reviews.offline.models import EvidencePhoto, HeldOperation, Operation
from portal.reviews.offline.rules.receipts import wire
from tests.soak.standing import Done, Held, Place, Record, Standing, Stored

ON_SITE = (".apply", ".propose", ".quarantine")


@dataclass(frozen=True)
class Scope:
    """Which reviews and devices are a run's, and the number of the last audit row before it."""

    reviews: frozenset[UUID]
    devices: frozenset[UUID]
    since: int


def read(database_url: str, scope: Scope) -> Standing:
    """All that the invariants look at."""
    engine = create_engine(database_url)
    set_up_engine(engine)
    try:
        with engine.connect() as connection:
            return Standing(
                operations=list(_operations(connection, scope)),
                held=list(_held(connection, scope)),
                audit=list(_audit(connection, scope)),
                records=dict(_records(connection, scope)),
                faults=_faults_of_database(connection),
            )
    finally:
        engine.dispose()


def chain_faults(app: Flask) -> list[str]:
    """What the audit's own check finds."""
    with app.app_context():
        db.session.rollback()
        _, findings = verify(db.session())
        return [f"audit: {finding}" for finding in findings]


def _operations(connection: Connection, scope: Scope) -> Iterator[Stored]:
    table = Operation.__table__
    for row in connection.execute(select(table).where(table.c.device_id.in_(scope.devices))).mappings():
        person = str(row["person_id"]) if row["kind"] == "rating" else ""
        place = Place(row["kind"], str(row["assessment_id"] or ""), row["record_key"], person)
        yield Stored(
            str(row["op_id"]),
            str(row["device_id"]),
            row["seq"],
            row["outcome"].value,
            row["version"],
            place,
            row["payload"],
        )


def _held(connection: Connection, scope: Scope) -> Iterator[Held]:
    table, edits = HeldOperation.__table__, Operation.__table__
    mine = select(edits.c.op_id).where(edits.c.device_id.in_(scope.devices))
    query = select(table.c.op_id, table.c.why, table.c.stood).where(table.c.op_id.in_(mine))
    for row in connection.execute(query):
        yield Held(str(row.op_id), row.why.value, row.stood)


def _audit(connection: Connection, scope: Scope) -> Iterator[Done]:
    rows, payloads = AuditRow.__table__, AuditPayload.__table__
    query = (
        select(rows.c.number, rows.c.verb, payloads.c.body)
        .join(payloads, payloads.c.number == rows.c.number)
        .where(rows.c.number > scope.since)
        .order_by(rows.c.number)
    )
    devices = {str(one) for one in scope.devices}
    for number, verb, body in connection.execute(query):
        facts: dict[str, Any] = body or {}
        inner = [(str(one.get("verb", "")), one) for one in facts.get("also", [])]
        for part, said in ((verb, facts), *inner):
            if part.endswith(ON_SITE) and said.get("device") in devices:
                yield Done(number, part, str(said.get("operation", "")), said)


def _records(connection: Connection, scope: Scope) -> Iterator[tuple[Place, Record]]:
    for row in connection.execute(_of(BlindRating, scope)).mappings():
        place = Place("rating", str(row["assessment_id"]), row["item_key"], str(row["person_id"]))
        yield place, Record(row["version"], _fields(row, DRAFT_FIELDS))
    for row in connection.execute(_of(FieldNote, scope)).mappings():
        place = Place("note", str(row["assessment_id"]), str(row["id"]))
        yield place, Record(row["version"], _fields(row, NOTE_FIELDS))
    for row in connection.execute(_of(WorksheetRow, scope)).mappings():
        place = Place("row", str(row["assessment_id"]), f"{row['worksheet']}:{row['position']}")
        yield place, Record(row["version"], row["answers"])
    for row in connection.execute(_of(EvidencePhoto, scope)).mappings():
        facts = {"sha256": row["sha256"], "whole": row["attachment_id"] is not None}
        yield Place("photo", str(row["assessment_id"]), str(row["id"])), Record(1, facts)


def _of(model: type[Model], scope: Scope) -> Select[Any]:
    table = model.__table__
    return select(table).where(table.c.assessment_id.in_(scope.reviews))


def _fields(row: RowMapping, names: tuple[str, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = wire({name: row[name] for name in names})
    return fields


def _faults_of_database(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    checked = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    return [f"integrity: {line}" for line in checked if line != "ok"] + [
        f"foreign key: {row}" for row in broken
    ]
