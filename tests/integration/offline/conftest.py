"""Tests of on-site work start from the world of reviews: see tests/support/reviewing.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases, reviewing


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh database with the world in it."""
    with databases.copy_of_template(engine_name, tmp_path, "reviewing", reviewing.fill) as url:
        yield url
