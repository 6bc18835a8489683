"""A fresh database for each test, copied from a template that the migrations built once per run."""

from __future__ import annotations

import atexit
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.engine import make_url

from portal.app import create_app
from portal.core.config import Settings
from portal.core.db import db
from portal.core.migrating import upgrade
from tests.support import postgres, run_folder

ENGINES = ("sqlite", "postgresql")
Fill = Callable[[Flask], None]


def settings_for(url: str, data_dir: Path) -> Settings:
    """The settings of a test: its own folder, no background worker."""
    return Settings(
        database_url=url,
        data_dir=str(data_dir),
        secret_key="tests only",
        embedded_worker=False,
        testing=True,
    )


@contextmanager
def closing(app: Flask) -> Iterator[Flask]:
    """Use an app and close its database connections afterwards."""
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


@contextmanager
def copy_of_template(
    engine: str, folder: Path, name: str = "empty", fill: Fill | None = None
) -> Iterator[str]:
    """Address of a new database on an engine; it is gone afterwards.

    The template `name` is made once per run by the migrations and then by `fill`. Raises postgres.NoPostgres.
    """
    if engine == "sqlite":
        template = run_folder.once(f"sqlite-{name}", lambda: _make_sqlite_template(name, fill))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "portal.sqlite"
        shutil.copyfile(template, path)
        yield f"sqlite:///{path}"
        return
    server = postgres.server_url()
    template = run_folder.once(f"postgresql-{name}", lambda: _make_postgresql_template(server, name, fill))
    database = f"portal_{uuid.uuid4().hex}"
    _administer(server, f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
    try:
        yield _named(server, database)
    finally:
        _administer(server, f'DROP DATABASE "{database}" WITH (FORCE)')


@contextmanager
def bare_database(engine: str, folder: Path) -> Iterator[str]:
    """Address of a database with nothing in it, for tests of the migrations themselves."""
    if engine == "sqlite":
        folder.mkdir(parents=True, exist_ok=True)
        yield f"sqlite:///{folder / 'portal.sqlite'}"
        return
    server = postgres.server_url()
    database = f"portal_{uuid.uuid4().hex}"
    _administer(server, f'CREATE DATABASE "{database}"')
    try:
        yield _named(server, database)
    finally:
        _administer(server, f'DROP DATABASE "{database}" WITH (FORCE)')


def drop_templates() -> None:
    """Remove what this run left on a server that it did not start."""
    if os.environ.get("TEST_DATABASE_URL"):
        for kept in run_folder.folder().glob("postgresql-*.json"):
            template = run_folder.made_already(kept.stem)
            if template:
                _administer(postgres.server_url(), f'DROP DATABASE IF EXISTS "{template}" WITH (FORCE)')


def _named(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)


def _build(url: str, data_dir: Path, fill: Fill | None) -> None:
    with closing(create_app(settings_for(url, data_dir))) as app:
        upgrade(app)
        if fill is not None:
            with app.app_context():
                fill(app)


def _make_sqlite_template(name: str, fill: Fill | None) -> str:
    folder = run_folder.folder() / f"template-{name}"
    folder.mkdir()
    path = folder / "template.sqlite"
    # Closing the last connection folds the write-ahead log into the file, so that it is all there is.
    _build(f"sqlite:///{path}", folder, fill)
    if path.with_name("template.sqlite-wal").exists():
        raise RuntimeError("A connection to the template is still open: its copies would lack what it wrote")
    return str(path)


def _make_postgresql_template(server: str, name: str, fill: Fill | None) -> str:
    folder = run_folder.folder() / f"template-postgresql-{name}"
    folder.mkdir()
    database = f"portal_template_{name}_{uuid.uuid4().hex}"
    _administer(server, f'CREATE DATABASE "{database}"')
    _build(_named(server, database), folder, fill)
    return database


def _administer(server: str, statement: str) -> None:
    _administration(server).exec_driver_sql(statement)


@cache
def _administration(server: str) -> Connection:
    """One connection a process, kept: connecting anew for each test cost more than making its database."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    connection = engine.connect()
    atexit.register(connection.close)
    return connection
