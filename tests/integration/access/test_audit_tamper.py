"""The database refuses to change the audit; and where its triggers are gone, the walk finds every change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.core.audit import triggers
from portal.core.audit.service import verify
from portal.core.db import db

LAWLESS = [
    "UPDATE audit_rows SET verb = 'person.invite' WHERE number = 3",
    "UPDATE audit_rows SET number = 100000 WHERE number = 3",
    "UPDATE audit_rows SET digest = previous WHERE number = 3",
    "DELETE FROM audit_rows WHERE number = 3",
    "DELETE FROM audit_rows",
    "UPDATE audit_payloads SET body = '{}' WHERE number = 3",
    "UPDATE audit_payloads SET salt = 'x' WHERE number = 3",
    "UPDATE audit_payloads SET number = 100000 WHERE number = 3",
    "DELETE FROM audit_payloads WHERE number = 3",
    "UPDATE audit_head SET number = 2 WHERE id = 1",
    "UPDATE audit_head SET digest = 'x' WHERE id = 1",
    "DELETE FROM audit_head",
]
REPLACE = "INSERT OR REPLACE INTO audit_rows SELECT * FROM audit_rows WHERE number = 3"
TAMPERS = [
    *(statement for statement in LAWLESS if statement != "DELETE FROM audit_rows"),
    "UPDATE audit_rows SET actor_label = 'administrator' WHERE number = 3",
    "UPDATE audit_rows SET request_id = 'x' WHERE number = 3",
    "UPDATE audit_rows SET subject_id = 'x' WHERE number = 3",
    "UPDATE audit_rows SET actor_id = NULL WHERE number = 3",
    "UPDATE audit_rows SET payload_digest = digest WHERE number = 3",
    "UPDATE audit_rows SET previous = digest WHERE number = 3",
    "UPDATE audit_payloads SET body = NULL WHERE number = 3",
    # the same event moved to another place: two rows change places
    (
        "UPDATE audit_rows SET number = CASE number WHEN 3 THEN -4 ELSE -3 END WHERE number IN (3, 4);"
        "UPDATE audit_rows SET number = -number WHERE number < 0"
    ),
    # the tail cut off
    "DELETE FROM audit_rows WHERE number = (SELECT max(number) FROM audit_rows)",
    "DELETE FROM audit_rows",
]


@pytest.fixture
def tampering(site: Flask) -> Callable[[str], list[str]]:
    """Drop the triggers, do it, and say what the walk finds."""

    def tamper(statements: str) -> list[str]:
        with site.app_context():
            with db.engine.connect() as connection:
                driver = connection.connection.driver_connection
                sqlite = connection.dialect.name == "sqlite"
                if sqlite:
                    driver.execute("PRAGMA foreign_keys=OFF")
                triggers.drop(connection)
                if not sqlite:
                    connection.exec_driver_sql(
                        "ALTER TABLE audit_payloads DROP CONSTRAINT IF EXISTS fk_audit_payloads_number"
                    )
                for statement in filter(None, statements.split(";")):
                    connection.execute(text(statement))
                connection.commit()
            return [finding.problem for finding in verify(db.session())[1]]

    return tamper


@pytest.mark.parametrize("statement", LAWLESS)
def test_the_database_refuses(site: Flask, statement: str) -> None:
    with site.app_context():
        before = verify(db.session())
        db.session.rollback()
        with db.engine.connect() as connection:
            with pytest.raises(DBAPIError):
                connection.execute(text(statement))
            connection.rollback()
        assert verify(db.session()) == before
        assert before[1] == []
        assert before[0] > 20


def test_no_row_is_replaced_even_where_recursive_triggers_are_off(site: Flask) -> None:
    with site.app_context(), db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            with pytest.raises(DBAPIError):
                connection.exec_driver_sql("TRUNCATE audit_rows CASCADE")
            return
        connection.connection.driver_connection.execute("PRAGMA recursive_triggers=OFF")
        with pytest.raises(DBAPIError, match="append-only"):
            connection.exec_driver_sql(REPLACE)


@pytest.mark.parametrize("statements", TAMPERS)
def test_what_was_tampered_with_is_found(tampering: Callable[[str], list[str]], statements: str) -> None:
    assert tampering(statements) != []


def test_a_tail_cut_together_with_the_head_is_found_by_a_head_noted_elsewhere(
    site: Flask, tampering: Callable[[str], list[str]]
) -> None:
    with site.app_context():
        noted = db.session.execute(text("SELECT number, digest FROM audit_head")).one()
        db.session.rollback()
    tampering(
        "DELETE FROM audit_payloads WHERE number = (SELECT max(number) FROM audit_rows);"
        "DELETE FROM audit_rows WHERE number = (SELECT max(number) FROM audit_rows);"
        "UPDATE audit_head SET number = number - 1, digest ="
        " (SELECT digest FROM audit_rows ORDER BY number DESC LIMIT 1)"
    )
    with site.app_context():
        assert verify(db.session())[1] == []  # by itself the shorter chain is whole
        found = verify(db.session(), (noted.number, noted.digest))[1]
        assert [finding.problem for finding in found] == ["the row noted as head is missing or was changed"]
