"""The tests' own databases: fresh, separate and built by the migrations."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import inspect, text

from portal.core.db import db
from tests.support.statements import recorded


def test_each_engine_is_what_it_says(app: Flask, engine_name: str) -> None:
    assert db.engine.dialect.name == engine_name


def test_a_fresh_database_has_every_table_of_the_models(app: Flask) -> None:
    tables = set(inspect(db.engine).get_table_names())
    assert set(db.metadata.tables) <= tables


def test_what_one_test_writes_the_next_does_not_see_first(app: Flask) -> None:
    _write_and_see_nothing_before()


def test_what_one_test_writes_the_next_does_not_see_second(app: Flask) -> None:
    _write_and_see_nothing_before()


def _write_and_see_nothing_before() -> None:
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))


def test_the_server_is_postgresql_15_or_later(app: Flask, engine_name: str) -> None:
    if engine_name == "postgresql":
        with db.engine.connect() as connection:
            version = connection.execute(text("SHOW server_version_num")).scalar_one()
        assert int(version) >= 150000


def test_statements_are_counted_without_what_only_frames_them(app: Flask) -> None:
    with recorded(app) as statements, db.engine.begin() as connection:
        connection.execute(text("SELECT 1"))
        connection.execute(text("SELECT 2"))
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 3"))
    assert statements == ["SELECT 1", "SELECT 2"]
