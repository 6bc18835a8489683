"""Reading what the portal has, past its own code: plain statements on a connection of the campaign's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import Connection, RowMapping, create_engine, select, text

from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.audit.service import verify
from portal.core.db import db, set_up_engine
from portal.reviews.external.models.fieldwork import FieldNote, WorksheetRow
from portal.reviews.external.models.scoring import BlindRating
from portal.reviews.external.service.fieldwork import FIELDS as NOTE_FIELDS
from portal.reviews.external.service.scoring import DRAFT_FIELDS
from portal.reviews.offline.models import EvidencePhoto, HeldOperation, Operation
from portal.reviews.offline.rules.receipts import wire
from tests.soak.standing import Done, Held, Place, Record, Standing, Stored

ON_SITE = (".apply", ".propose", ".quarantine")


def read(database_url: str) -> Standing:
    """All that the invariants look at."""
    engine = create_engine(database_url)
    set_up_engine(engine)
    try:
        with engine.connect() as connection:
            return Standing(
                operations=list(_operations(connection)),
                held=list(_held(connection)),
                audit=list(_audit(connection)),
                records=dict(_records(connection)),
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


def _operations(connection: Connection) -> Iterator[Stored]:
    table = Operation.__table__
    for row in connection.execute(select(table)).mappings():
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


def _held(connection: Connection) -> Iterator[Held]:
    table = HeldOperation.__table__
    for row in connection.execute(select(table.c.op_id, table.c.why, table.c.stood)):
        yield Held(str(row.op_id), row.why.value, row.stood)


def _audit(connection: Connection) -> Iterator[Done]:
    rows, payloads = AuditRow.__table__, AuditPayload.__table__
    query = (
        select(rows.c.number, rows.c.verb, payloads.c.body)
        .join(payloads, payloads.c.number == rows.c.number)
        .order_by(rows.c.number)
    )
    for number, verb, body in connection.execute(query):
        for part, facts in (
            (verb, body),
            *((one.get("verb", ""), one) for one in (body or {}).get("also", [])),
        ):
            if part.endswith(ON_SITE):
                yield Done(number, part, str((facts or {}).get("op", "")), facts or {})


def _records(connection: Connection) -> Iterator[tuple[Place, Record]]:
    for row in connection.execute(select(BlindRating.__table__)).mappings():
        place = Place("rating", str(row["assessment_id"]), row["item_key"], str(row["person_id"]))
        yield place, Record(row["version"], _fields(row, DRAFT_FIELDS))
    for row in connection.execute(select(FieldNote.__table__)).mappings():
        place = Place("note", str(row["assessment_id"]), str(row["id"]))
        yield place, Record(row["version"], _fields(row, NOTE_FIELDS))
    for row in connection.execute(select(WorksheetRow.__table__)).mappings():
        place = Place("row", str(row["assessment_id"]), f"{row['worksheet']}:{row['position']}")
        yield place, Record(row["version"], row["answers"])
    for row in connection.execute(select(EvidencePhoto.__table__)).mappings():
        facts = {"sha256": row["sha256"], "whole": row["attachment_id"] is not None}
        yield Place("photo", str(row["assessment_id"]), str(row["id"])), Record(1, facts)


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
