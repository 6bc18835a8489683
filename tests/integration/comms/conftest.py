"""Tests of communications start from the small world of assessments: see tests/support/assessing.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import assessing, databases


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh database with the world in it."""
    with databases.copy_of_template(engine_name, tmp_path, "assessing", assessing.fill) as url:
        yield url
