"""Unit tests are of rules: a database connection in one is a mistake, and fails it."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest


class DatabaseInUnitTest(AssertionError):
    """A unit test opened a database connection."""


def refuse(*_args: object, **_kwargs: object) -> None:
    """Stands where a driver would connect."""
    raise DatabaseInUnitTest("A unit test must not open a database: move it to tests/integration")


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every driver refuse to connect."""
    monkeypatch.setattr(sqlite3, "connect", refuse)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", refuse)
    monkeypatch.setattr(psycopg, "connect", refuse)
    monkeypatch.setattr(psycopg.Connection, "connect", refuse)
