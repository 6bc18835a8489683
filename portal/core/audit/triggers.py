"""Triggers that make the database itself refuse to change the audit.

Installed by the first migration and re-checked after every one: SQLite's batch mode rebuilds a
table and drops its triggers without a word.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Connection

SQLITE = {
    # A REPLACE deletes without firing the trigger of a delete, unless the connection asks for that.
    "audit_rows_no_replace": """CREATE TRIGGER audit_rows_no_replace BEFORE INSERT ON audit_rows
        WHEN EXISTS (SELECT 1 FROM audit_rows WHERE number = NEW.number)
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    "audit_payloads_no_replace": """CREATE TRIGGER audit_payloads_no_replace BEFORE INSERT ON audit_payloads
        WHEN EXISTS (SELECT 1 FROM audit_payloads WHERE number = NEW.number)
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    "audit_head_no_delete": """CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    "audit_head_only_on": """CREATE TRIGGER audit_head_only_on BEFORE UPDATE ON audit_head
        WHEN NEW.number <> OLD.number + 1
        BEGIN SELECT RAISE(ABORT, 'the head of the audit moves on by one'); END""",
    "audit_rows_no_update": """CREATE TRIGGER audit_rows_no_update BEFORE UPDATE ON audit_rows
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    "audit_rows_no_delete": """CREATE TRIGGER audit_rows_no_delete BEFORE DELETE ON audit_rows
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    "audit_payloads_no_delete": """CREATE TRIGGER audit_payloads_no_delete
        BEFORE DELETE ON audit_payloads BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    "audit_payloads_only_purge": """CREATE TRIGGER audit_payloads_only_purge BEFORE UPDATE ON audit_payloads
        WHEN NEW.body IS NOT NULL OR NEW.number <> OLD.number OR NEW.salt <> OLD.salt
        BEGIN SELECT RAISE(ABORT, 'an audit payload can only be purged'); END""",
}
POSTGRESQL_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$""",
    """CREATE OR REPLACE FUNCTION audit_only_purge() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF NEW.body IS NOT NULL OR NEW.number <> OLD.number OR NEW.salt <> OLD.salt THEN
           RAISE EXCEPTION 'an audit payload can only be purged';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE OR REPLACE FUNCTION audit_only_on() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF NEW.number <> OLD.number + 1 THEN
           RAISE EXCEPTION 'the head of the audit moves on by one';
         END IF;
         RETURN NEW;
       END $$""",
)
POSTGRESQL = {
    "audit_head_no_delete": """CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    "audit_head_no_truncate": """CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    "audit_head_only_on": """CREATE TRIGGER audit_head_only_on BEFORE UPDATE ON audit_head
        FOR EACH ROW EXECUTE FUNCTION audit_only_on()""",
    "audit_rows_no_change": """CREATE TRIGGER audit_rows_no_change BEFORE UPDATE OR DELETE ON audit_rows
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    "audit_rows_no_truncate": """CREATE TRIGGER audit_rows_no_truncate BEFORE TRUNCATE ON audit_rows
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    "audit_payloads_no_delete": """CREATE TRIGGER audit_payloads_no_delete BEFORE DELETE ON audit_payloads
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    "audit_payloads_no_truncate": """CREATE TRIGGER audit_payloads_no_truncate
        BEFORE TRUNCATE ON audit_payloads
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    "audit_payloads_only_purge": """CREATE TRIGGER audit_payloads_only_purge BEFORE UPDATE ON audit_payloads
        FOR EACH ROW EXECUTE FUNCTION audit_only_purge()""",
}


def missing(connection: Connection) -> list[str]:
    """Names of the triggers that ought to be there and are not."""
    if connection.dialect.name == "sqlite":
        wanted, query = SQLITE, "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted, query = (
            POSTGRESQL,
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
        )
    present = set(connection.execute(text(query)).scalars())
    return sorted(set(wanted) - present)


def install(connection: Connection) -> None:
    """Create whichever triggers are missing."""
    absent = missing(connection)
    if connection.dialect.name != "sqlite" and absent:
        for statement in POSTGRESQL_FUNCTIONS:
            connection.exec_driver_sql(statement)
    wanted = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
    for name in absent:
        connection.exec_driver_sql(wanted[name])


def drop(connection: Connection) -> None:
    """Remove the triggers (a downgrade does, before it drops the tables)."""
    if connection.dialect.name == "sqlite":
        for name in SQLITE:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        return
    for name, statement in POSTGRESQL.items():
        table = statement.split(" ON ")[1].split()[0]
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS audit_refuse()")
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS audit_only_purge()")
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS audit_only_on()")
