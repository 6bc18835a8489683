"""Triggers that make the database itself refuse to change what was published.

    FROZEN["published_reports"] = Frozen("a published report never changes", ("content", …), ("pdf_digest",))

Every row of a frozen table stays; its `always` columns never change, its `once` columns are filled once.
Installed by the migration that makes the table, and re-checked after every one: SQLite's batch mode
rebuilds a table and drops its triggers without a word.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection


@dataclass(frozen=True)
class Frozen:
    """What of a table never changes, and what the database says to somebody who tries."""

    says: str
    always: tuple[str, ...]
    once: tuple[str, ...] = ()

    def changed(self) -> str:
        """SQL: an update touches what is frozen. `IS DISTINCT FROM` is `IS NOT` in older SQLite."""
        clauses = [f"NEW.{name} IS NOT OLD.{name}" for name in self.always]
        clauses += [f"(OLD.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in self.once]
        return " OR ".join(clauses)


FROZEN: dict[str, Frozen] = {}


def missing(connection: Connection) -> list[str]:
    """Names of the triggers that ought to be there and are not; tables that are not there need none."""
    sqlite = connection.dialect.name == "sqlite"
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    present = set(connection.execute(text(query)).scalars())
    return [
        name for table in _standing(connection) for name in _triggers(table, sqlite) if name not in present
    ]


def install(connection: Connection) -> None:
    """Create whichever triggers are missing."""
    sqlite = connection.dialect.name == "sqlite"
    absent = set(missing(connection))
    for table in _standing(connection):
        wanted = _triggers(table, sqlite)
        if not absent & set(wanted):
            continue
        if not sqlite:
            connection.exec_driver_sql(_function(table))
        for name, statement in wanted.items():
            if name in absent:
                connection.exec_driver_sql(statement)


def drop(connection: Connection, table: str) -> None:
    """Remove a table's triggers: a downgrade does, and a migration before it rebuilds the table."""
    sqlite = connection.dialect.name == "sqlite"
    for name in _triggers(table, sqlite):
        on = "" if sqlite else f" ON {table}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on}")
    if not sqlite:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {table}_frozen()")


def _standing(connection: Connection) -> list[str]:
    """The frozen tables that are there with all their frozen columns (an older revision may lack some)."""
    found = inspect(connection)
    names = set(found.get_table_names())
    return [
        table
        for table, frozen in FROZEN.items()
        if table in names
        and {*frozen.always, *frozen.once} <= {column["name"] for column in found.get_columns(table)}
    ]


def _triggers(table: str, sqlite: bool) -> dict[str, str]:
    frozen = FROZEN[table]
    if sqlite:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{frozen.says}'); END"
        return {
            f"{table}_no_change": f"CREATE TRIGGER {table}_no_change BEFORE UPDATE ON {table} "
            f"WHEN {frozen.changed()} {refuse}",
            f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        }
    call = f"EXECUTE FUNCTION {table}_frozen()"
    return {
        f"{table}_no_change": f"CREATE TRIGGER {table}_no_change BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({frozen.changed().replace('IS NOT OLD', 'IS DISTINCT FROM OLD')}) {call}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"FOR EACH ROW {call}",
        f"{table}_no_truncate": f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT {call}",
    }


def _function(table: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{FROZEN[table].says}'; END $$"
    )
