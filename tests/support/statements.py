"""Counting SQL statements, so that a page whose number grows with its rows is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from portal.core.db import db

_NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")


@contextmanager
def recorded(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the app's database inside the block, without those that only frame them.

    with recorded(app) as statements:
        client.get("/services")
    assert len(statements) == 4, statements
    """
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(_NOT_COUNTED):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
