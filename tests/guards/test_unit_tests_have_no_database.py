"""The unit tests' ban on databases holds for every driver the portal has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.house_rules import ROOT

TEST = """
import {driver}
from sqlalchemy import create_engine

def test_connects():
    {statement}
"""


@pytest.mark.parametrize(
    "driver, statement",
    [
        ("sqlite3", "sqlite3.connect(':memory:')"),
        ("psycopg", "psycopg.connect('host=/nowhere')"),
        ("sqlite3", "create_engine('sqlite://').connect()"),
        ("psycopg", "create_engine('postgresql+psycopg://a@/b?host=/nowhere').connect()"),
    ],
)
def test_a_connection_in_a_unit_test_fails_it(driver: str, statement: str, tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "unit" / "conftest.py").read_text())
    (tmp_path / "test_planted.py").write_text(TEST.format(driver=driver, statement=statement))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "DatabaseInUnitTest" in done.stdout, done.stdout
    assert done.returncode == 1
