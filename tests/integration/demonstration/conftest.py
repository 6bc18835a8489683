"""The small demonstration, made once per run on each engine and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import demonstration
from tests.support import compiled_once, databases


def _fill(app: Flask) -> None:
    demonstration.build(app, "small")


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh database with the small demonstration."""
    with databases.copy_of_template(engine_name, tmp_path, "small", _fill) as url:
        yield url


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[Flask]:
    """A portal on an empty SQLite database."""
    folder = tmp_path / "empty"
    with (
        databases.copy_of_template("sqlite", folder) as url,
        databases.closing(compiled_once.portal(databases.settings_for(url, folder))) as app,
    ):
        yield app
