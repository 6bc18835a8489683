"""Integration tests run on both engines, each test on a fresh copy of the migrated template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support import compiled_once, databases, postgres
from tests.support.page_client import PageClient


@pytest.fixture(params=databases.ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """The engine a test runs on: each test runs once on either."""
    name: str = request.param
    if name == "postgresql":
        postgres.demand()
    return name


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh database with every table and no row."""
    with databases.copy_of_template(engine_name, tmp_path) as url:
        yield url


@pytest.fixture
def bare_database_url(engine_name: str, tmp_path: Path) -> Iterator[str]:
    """Address of a database without any table."""
    with databases.bare_database(engine_name, tmp_path) as url:
        yield url


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The portal on a fresh database, inside an application context."""
    settings = databases.settings_for(database_url, tmp_path / "data")
    with databases.closing(compiled_once.portal(settings)) as app, app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser that judges every page it is given."""
    return PageClient(app)
