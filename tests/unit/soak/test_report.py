"""The report keeps one line for each fault and engine, the newest, and adds them up."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from tests.soak.campaign import Tally
from tests.soak.invariants import Violation
from tests.soak.report import keep, row_of


def _tally(fault: str, engine: str, runs: int, *violations: Violation) -> Tally:
    facts = Counter({"operations": 10 * runs, "applied": 9 * runs, "conflict": runs, "replies lost": runs})
    return Tally(fault, f"Fault {fault}", engine, runs, facts, list(violations))


def test_lines_are_kept_in_the_order_of_faults_and_added_up(tmp_path: Path) -> None:
    keep([row_of(_tally("F10a", "chromium", 2), "abc"), row_of(_tally("F2", "sqlite", 3), "abc")], tmp_path)
    text = keep([row_of(_tally("F2", "postgresql", 4), "def")], tmp_path)
    assert (tmp_path / "soak.txt").read_text() == text
    rows = json.loads((tmp_path / "soak.json").read_text())
    assert [(row["fault"], row["engine"]) for row in rows] == [
        ("F2", "postgresql"),
        ("F2", "sqlite"),
        ("F10a", "chromium"),
    ]
    total = next(line for line in text.splitlines() if "All" in line).split()
    assert total == ["All", "9", "90", "81", "9", "0", "0", "0", "0"]
    assert "def" in text


def test_a_newer_line_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    keep([row_of(_tally("F2", "sqlite", 3, Violation("I1", "edit 1 is nowhere")), "abc")], tmp_path)
    assert json.loads((tmp_path / "soak.json").read_text())[0]["violations"] == 1
    keep([row_of(_tally("F2", "sqlite", 5), "def")], tmp_path)
    (row,) = json.loads((tmp_path / "soak.json").read_text())
    assert (row["runs"], row["violations"], row["commit"]) == (5, 0, "def")
