"""`portal contract check` and `portal contract band`: exit codes, words and the promised JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from portal.contracts.definition.rules.loader import load_contract

ROOT = Path(__file__).parents[4]
LOCAL = ROOT / "docs/examples/local-provider-2025.toml"
GUIDE = ROOT / "docs/contract-files.md"
OHID = "ohid-ips-ad-2023"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["contract", *arguments])


def band_of(contract: str, number: str, value: str, *options: str) -> str | None:
    done = run("band", contract, number, value, "--json", *options)
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == ["band", "edges", "consequence"]
    band: str | None = found["band"]
    return band


@pytest.mark.parametrize(
    ("number", "value", "band"),
    [
        ("1", "17/18", "approaching-target"),
        ("1", "95%", "approaching-target"),
        ("1", "95.0000001%", "good"),
        ("1", "4.3", "good"),  # of 4.5 FTE, as interfaces shows it: 95.56%
        ("1", "4.275", "approaching-target"),  # 95% exactly
        ("1", "3.6", "requires-improvement"),  # 80% exactly
        ("2", "95", "good"),
        ("4", "24", "approaching-target"),  # of 40: 60%
        ("4", "25", "good"),
        ("SV", "3/4", "requires-improvement"),
        ("sv", "85%", "approaching-target"),
        ("5", "0", "inadequate"),
    ],
)
def test_a_value_is_read_exactly(number: str, value: str, band: str) -> None:
    assert band_of(OHID, number, value) == band


@pytest.mark.parametrize(
    ("number", "value", "band"),
    [
        ("A1", "23", "below-plan"),
        ("A1", "24", "near-plan"),
        ("A1", "29", "near-plan"),
        ("A1", "30", "on-plan"),
        ("A2", "39.999%", "near-plan"),
        ("A2", "2/5", "on-plan"),
        ("B1", "0", "on-plan"),
        ("B1", "1", "near-plan"),
        ("B2", "7.5", "near-plan"),
        ("B2", "15/2", "near-plan"),
        ("B2", "7.51", "below-plan"),
    ],
)
def test_a_contract_of_another_kind_needs_no_code(number: str, value: str, band: str) -> None:
    assert band_of(str(LOCAL), number, value) == band


def test_a_day_chooses_the_terms_of_that_day() -> None:
    found = [band_of(str(LOCAL), "B2", "4.5", "--on", day) for day in ("2026-03-31", "2026-04-01")]
    assert found == ["on-plan", "near-plan"]


def test_words_say_value_band_edges_and_consequence() -> None:
    done = run("band", OHID, "1", "3.5")
    assert done.exit_code == 0
    assert "Value: 3.5 of 4.5 FTE, 77 7/9%" in done.stdout
    assert "Band: Inadequate (below 80%)" in done.stdout
    assert "Requires improvement 80% or more and below 90%" in done.stdout
    assert "Consequence: A remedial action plan is required (12.2)" in done.stdout


def test_the_json_of_a_consequence_and_of_edges() -> None:
    found = json.loads(run("band", str(LOCAL), "B1", "2", "--json").stdout)
    assert found["consequence"] == {
        "remedy": "service-credit",
        "section": "Schedule 6",
        "words": "Taken off the next invoice.",
        "retains": False,
        "share": "1/50",
    }
    assert found["edges"][1] == {
        "band": "near-plan",
        "title": "Near plan",
        "low": "1",
        "low_inside": True,
        "high": "1",
        "high_inside": True,
        "words": "exactly 1",
    }
    assert found["edges"][0]["words"] == "exactly 0"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((OHID, "3", "95%"), "no indicator “3”; there are 1, 2, 4, 5, SV"),
        ((OHID, "2", "0.95"), "“0.95” may mean 95% or 0.95%"),
        ((OHID, "2", "1"), "“1” may mean 100% or 1%"),
        ((OHID, "1", "much"), "“much” is no value"),
        ((OHID, "1", "-1"), "“-1” is no value"),
        ((OHID, "1", "1/0"), "“1/0” is no value"),
        ((OHID, "1", "1e3"), "“1e3” is no value"),
        ((str(LOCAL), "A1", "23.5"), "“23.5” is no count"),
        ((str(LOCAL), "A1", "50%"), "“50%” is no value"),
        (("nothing", "1", "1"), "there is no contract “nothing”"),
        (("nothing.toml", "1", "1"), "no such file"),
    ],
)
def test_bad_input_ends_with_2_and_its_reason(arguments: tuple[str, str, str], reason: str) -> None:
    done = run("band", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert reason in done.stderr


@pytest.mark.parametrize("file", [*sorted(ROOT.glob("portal/contracts/definition/data/*.toml")), LOCAL])
def test_every_file_of_ours_holds(file: Path) -> None:
    done = run("check", str(file))
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{file.stem} holds: ")
    assert done.stderr == ""


def test_a_file_that_does_not_hold_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "gap.toml"
    file.write_text(LOCAL.read_text("utf-8").replace("from = 24", "from = 25"), encoding="utf-8")
    done = run("check", str(file))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "gap.toml: indicator A1 has no band for exactly 24: say in “resolved” how the file reads it\n"
    )
    assert run("band", str(file), "A1", "1").exit_code == 1


def test_a_file_that_is_named_otherwise_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_bytes(LOCAL.read_bytes())
    done = run("check", str(file))
    assert done.exit_code == 0
    assert "rename the file" in done.stderr
    assert run("check", str(tmp_path / "missing.toml")).exit_code == 2


def test_the_worked_example_of_the_guide_loads() -> None:
    guide = GUIDE.read_text("utf-8")
    example = re.findall(r"```toml\n(.*?)```", guide.partition("## A worked example")[2], re.DOTALL)
    head = LOCAL.read_text("utf-8").partition("[[indicators]]")[0]
    terms = load_contract(head + example[0], "guide.toml").signed
    assert [one.number for one in terms.indicators] == ["A1", "B1"]


def test_the_commands_need_neither_flask_nor_a_database() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from portal.cli import main;"
        f"assert CliRunner().invoke(main, ['contract', 'band', '{OHID}', '1', '1']).exit_code == 0;"
        "print([name for name in ('flask', 'sqlalchemy', 'wtforms') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
