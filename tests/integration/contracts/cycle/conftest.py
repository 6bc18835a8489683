"""Tests of the cycle start from the small world of assessments, with a contract between two of its sides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support import assessing, cycling, databases


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh database with the world in it."""
    with databases.copy_of_template(engine_name, tmp_path, "assessing", assessing.fill) as url:
        yield url


@pytest.fixture(autouse=True)
def contract(app: Flask) -> str:
    """The contract's key: its file lies in the data folder."""
    return cycling.write_contract(app)
