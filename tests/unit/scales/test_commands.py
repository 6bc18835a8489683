"""The commands of scales: what they print and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.scales import commands
from portal.scales.registry import DATA, Registry, pins, registry

HEADING = "item,rating\n"


def run(*words: str | Path) -> Result:
    command = commands.score_file if words[0] == "score" else commands.scales
    return CliRunner().invoke(command, [str(word) for word in words[1:]], catch_exceptions=False)


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    path = tmp_path / "ratings.csv"
    path.write_text(HEADING + "".join(f"{n},{4 if n < 22 else 5}\n" for n in range(1, 26)))
    return path


def test_a_score_is_json_in_the_promised_shape(ratings: Path) -> None:
    result = run("score", "ips-25", ratings, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "scale": "ips-25",
        "version": "1.0.0",
        "total": 104,
        "maximum": 125,
        "band": "good",
        "sections": {
            "staffing": {"total": 12, "maximum": 15},
            "organisation": {"total": 32, "maximum": 40},
            "services": {"total": 60, "maximum": 70},
        },
        "missing": [],
        "lowest_possible": 104,
        "highest_possible": 104,
    }


def test_a_score_with_items_missing_has_no_band_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(HEADING + "Staff 1,5\norg 3,\nSERV 14,2\n")
    data = json.loads(run("score", "ips-25", path, "--json").stdout)
    assert (data["total"], data["band"], len(data["missing"])) == (7, None, 23)
    assert (data["lowest_possible"], data["highest_possible"]) == (30, 122)
    assert data["reason"] == {"band": "items are not rated yet"}


def test_a_score_for_people_names_total_band_and_sections(ratings: Path) -> None:
    text = run("score", "ips-25", ratings).stdout
    assert "Total 104 of 125" in text
    assert "Band Good fidelity" in text
    assert "Staffing: 12 of 15, 3 of 3 rated" in text


def test_every_bad_row_is_told_with_file_line_column_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(HEADING + "1,9\nstaffing-9,3\n")
    result = run("score", "ips-25", path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"{path}, line 2, column rating: 9 is outside 1 to 5",
        f"{path}, line 3, column item: “staffing-9” is not an item of ips-25",
    ]


@pytest.mark.parametrize(
    ("name", "reason"), [("none.csv", "no such file or directory"), (".", "is a directory")]
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str, reason: str) -> None:
    result = run("score", "ips-25", tmp_path / name)
    assert result.exit_code == 2
    assert reason in result.stderr


def test_an_unknown_scale_is_told_with_those_there_are(ratings: Path) -> None:
    result = run("score", "ips-99", ratings)
    assert result.exit_code == 2
    assert "there is no scale “ips-99”; there are" in result.stderr
    assert "ips-25" in result.stderr


def test_a_scale_that_is_never_scored_is_refused_by_its_rule(ratings: Path) -> None:
    result = run("score", "seqf", ratings)
    assert result.exit_code == 1
    assert result.stderr == "seqf is incomplete: it is shown for information and never scored\n"


def test_a_scale_without_bands_says_that_none_are_published(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(HEADING + "".join(f"{n},3\n" for n in range(1, 21)))
    data = json.loads(run("score", "scr", path, "--json").stdout)
    assert (data["total"], data["maximum"], data["band"]) == (60, 100, None)
    assert data["reason"] == {"band": "no bands are published for this scale"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of definitions of its own, as if it were the one shipped."""
    place = tmp_path / "data"
    place.mkdir()
    (place / "ips-25.toml").write_bytes((DATA / "ips-25.toml").read_bytes())
    known = Registry(place)
    monkeypatch.setattr(commands, "registry", lambda: known)
    return place


def test_pin_writes_a_digest_once_and_refuses_changed_content(folder: Path) -> None:
    first = run("scales", "pin")
    assert first.exit_code == 0
    assert "ips-25 1.0.0" in first.stdout
    written = (folder / "published.toml").read_text()
    assert registry().get("ips-25").digest in written
    assert run("scales", "pin").stdout == ""
    assert (folder / "published.toml").read_text() == written


def test_a_changed_definition_under_a_published_version_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("scales", "pin").exit_code == 0
    path = folder / "ips-25.toml"
    path.write_text(path.read_text().replace('short_title = "IPS-25"', 'short_title = "IPS 25"'))
    changed = Registry(folder)
    monkeypatch.setattr(commands, "registry", lambda: changed)
    for words in (("scales", "pin"), ("scales", "check", path)):
        result = run(*words)
        assert result.exit_code == 1
        assert "version 1.0.0 is published with other content: raise the version" in result.stderr
    path.write_text(path.read_text().replace('version = "1.0.0"', 'version = "1.0.1"'))
    raised = Registry(folder)
    monkeypatch.setattr(commands, "registry", lambda: raised)
    assert run("scales", "pin").exit_code == 0
    assert {version for _, version in pins(folder)} == {"1.0.0", "1.0.1"}


def test_check_says_that_a_definition_holds() -> None:
    result = run("scales", "check", DATA / "ips-25.toml")
    assert result.exit_code == 0
    assert result.stdout.startswith("ips-25 1.0.0 holds: 25 items, ")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            b"number = 2\n",
            b"number = 3\n",
            "bad.toml, item employment-services-staff: “number” is 3, and 2 comes next",
        ),
        (b"format = 1", b"format = ", "bad.toml: not readable as TOML"),
        (b"format = 1", b"# \xff\nformat = 1", "bad.toml: byte 3 is not UTF-8"),
    ],
)
def test_check_says_in_one_line_what_is_wrong(tmp_path: Path, old: bytes, new: bytes, reason: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes((DATA / "ips-25.toml").read_bytes().replace(old, new, 1))
    result = run("scales", "check", path)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_check_of_no_file_is_bad_input(tmp_path: Path) -> None:
    assert run("scales", "check", tmp_path / "none.toml").exit_code == 2


def test_list_shows_every_scale_with_version_and_hash() -> None:
    data = json.loads(run("scales", "list", "--json").stdout)
    assert [row["key"] for row in data] == list(registry().keys())
    assert all(len(row["sha256"]) == 64 for row in data)
    text = run("scales", "list").stdout
    assert all(row["sha256"][:16] in text and row["version"] in text for row in data)


def test_the_commands_import_neither_flask_nor_the_database() -> None:
    code = "import sys, portal.scales.commands; print(*{'flask', 'sqlalchemy', 'wtforms'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
