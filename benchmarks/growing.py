"""Databases of other sizes, copied row by row from the demonstration's.

Only here are rows written past the verbs: what is measured is how pages and saves bear many rows, and
no copy is ever used for anything else.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

DATABASE = "portal.sqlite"
_NEW_ID = "lower(hex(randomblob(16)))"


def copy(source: Path, target: Path) -> Path:
    """A data folder with the same database and key."""
    target.mkdir(parents=True)
    for name in (DATABASE, "secret_key"):
        shutil.copy(source / name, target / name)
    return target


def grow_assessments(data_dir: Path, wanted: int) -> int:
    """Copy final assessments, with their ratings, until there are so many. Returns how many there are."""
    with sqlite3.connect(data_dir / DATABASE) as database:
        (there,) = database.execute("SELECT count(*) FROM assessments").fetchone()
        finals = [row[0] for row in database.execute("SELECT id FROM assessments WHERE state = 'final'")]
        for number in range(max(wanted - there, 0)):
            _copy_assessment(database, finals[number % len(finals)])
        database.execute("ANALYZE")
        (there,) = database.execute("SELECT count(*) FROM assessments").fetchone()
    return int(there)


def _copy_assessment(database: sqlite3.Connection, source: str) -> None:
    (new,) = database.execute(f"SELECT {_NEW_ID}").fetchone()
    _copy_row(database, "assessments", {"id": new}, "id = ?", source)
    _copy_row(database, "final_ratings", {"assessment_id": new}, "assessment_id = ?", source)


def grow_services(data_dir: Path, wanted: int) -> int:
    """Copy services, with links and standing, until there are so many. Returns how many there are."""
    with sqlite3.connect(data_dir / DATABASE) as database:
        services = [row[0] for row in database.execute("SELECT id FROM services")]
        for number in range(max(wanted - len(services), 0)):
            _copy_service(database, services[number % len(services)], number)
        database.execute("ANALYZE")
        (there,) = database.execute("SELECT count(*) FROM services").fetchone()
    return int(there)


def _copy_service(database: sqlite3.Connection, source: str, number: int) -> None:
    (new,) = database.execute(f"SELECT {_NEW_ID}").fetchone()
    (name, key) = database.execute("SELECT name, key FROM services WHERE id = ?", (source,)).fetchone()
    changes = {"id": new, "name": f"{name} {number}", "key": f"{key}-copy-{number}"}
    _copy_row(database, "services", changes, "id = ?", source)
    for table in ("service_authorities", "service_areas", "service_standings"):
        _copy_row(database, table, {"service_id": new}, "service_id = ?", source)
    for (link,) in database.execute(
        "SELECT id FROM service_links WHERE service_id = ?", (source,)
    ).fetchall():
        (link_id,) = database.execute(f"SELECT {_NEW_ID}").fetchone()
        _copy_row(database, "service_links", {"id": link_id, "service_id": new}, "id = ?", link)


def grow_pairs(data_dir: Path, wanted: int) -> int:
    """Copy reviews whose two sheets are kept, with new ratings, until there are so many. Returns how many."""
    chance = random.Random(wanted)  # noqa: S311  a repeatable sample, no secret
    with sqlite3.connect(data_dir / DATABASE) as database:
        sources = database.execute("SELECT assessment_id, items FROM agreement_records").fetchall()
        for number in range(max(wanted - len(sources), 0)):
            _copy_pair(database, *sources[number % len(sources)], number, chance)
        database.execute("ANALYZE")
        (there,) = database.execute("SELECT count(*) FROM agreement_records").fetchone()
    return int(there)


def _copy_pair(
    database: sqlite3.Connection, source: str, items: int, number: int, chance: random.Random
) -> None:
    (new,) = database.execute(f"SELECT {_NEW_ID}").fetchone()
    ended = {"id": new, "state": "withdrawn", "final_at": None}
    _copy_row(database, "assessments", ended, "id = ?", source)
    cancelled = {"assessment_id": new, "stage": "cancelled", "published_on": None}
    _copy_row(database, "external_reviews", cancelled, "assessment_id = ?", source)
    lead = chance.choices(range(1, 6), k=items)
    second = [min(5, max(1, rating + chance.choice((-1, 0, 0, 0, 1)))) for rating in lead]
    (on,) = database.execute("SELECT date('now', ?)", (f"-{number % 730} days",)).fetchone()
    pairs = list(zip(lead, second, strict=True))
    compared = {
        "assessment_id": new,
        "on": on,
        "lead_ratings": json.dumps(lead),
        "second_ratings": json.dumps(second),
        "exact": sum(one == other for one, other in pairs),
        "within_one": sum(abs(one - other) <= 1 for one, other in pairs),
        "sum_difference": sum(lead) - sum(second),
    }
    _copy_row(database, "agreement_records", compared, "assessment_id = ?", source)


def grow_cases(data_dir: Path, wanted: int) -> int:
    """Copy reviews that wait for moderation, flags included, until so many wait. Returns how many."""
    open_cases = "SELECT id, assessment_id FROM moderation_cases WHERE state = 'open'"
    with sqlite3.connect(data_dir / DATABASE) as database:
        sources = database.execute(open_cases).fetchall()
        services = [row[0] for row in database.execute("SELECT id FROM services")]
        for number in range(max(wanted - len(sources), 0)):
            _copy_case(database, *sources[number % len(sources)], services[number % len(services)], number)
        database.execute("ANALYZE")
        return len(database.execute(open_cases).fetchall())


def _copy_case(database: sqlite3.Connection, case: str, source: str, service: str, number: int) -> None:
    (new, made) = database.execute(f"SELECT {_NEW_ID}, {_NEW_ID}").fetchone()
    ended = {"id": new, "state": "withdrawn", "service_id": service}
    _copy_row(database, "assessments", ended, "id = ?", source)
    changes = {"id": made, "assessment_id": new, "service_id": service, "risk": number % 90}
    _copy_row(database, "moderation_cases", changes, "id = ?", case)
    _copy_row(database, "case_moderators", {"case_id": made}, "case_id = ?", case)
    for (flag,) in database.execute("SELECT id FROM moderation_flags WHERE case_id = ?", (case,)).fetchall():
        (flag_id,) = database.execute(f"SELECT {_NEW_ID}").fetchone()
        _copy_row(database, "moderation_flags", {"id": flag_id, "case_id": made}, "id = ?", flag)


def _copy_row(
    database: sqlite3.Connection,
    table: str,
    changes: Mapping[str, str | int | None],
    where: str,
    value: str,
) -> None:
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    values = [changes[column] for column in columns if column in changes]
    named = ", ".join(f'"{column}"' for column in columns)
    chosen = ", ".join("?" if column in changes else f'"{column}"' for column in columns)
    statement = f"INSERT INTO {table} ({named}) SELECT {chosen} FROM {table} WHERE {where}"  # noqa: S608  names from the schema
    database.execute(statement, [*values, value])
