"""`portal agreement`: the promised JSON, the table for people, and what it says of a bad file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from portal.core.spreadsheets import SheetOut, write_xlsx
from tests.unit.agreement.published import KRIPPENDORFF

KEYS = [
    "units",
    "raters",
    "exact",
    "within_one",
    "kappa_quadratic",
    "icc_a1",
    "icc_a1_low",
    "icc_a1_high",
    "alpha_ordinal",
    "alpha_nominal",
    "alpha_interval",
    "reason",
]


def run(file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["agreement", str(file), *options])


def write(folder: Path, *rows: str) -> Path:
    file = folder / "ratings.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def test_json_has_the_promised_keys_and_figures(tmp_path: Path) -> None:
    done = run(write(tmp_path, "unit,Ann,Ben", "1,1,2", "2,3,3", "3,5,5"), "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert list(found) == KEYS
    assert (found["units"], found["raters"], found["within_one"], found["reason"]) == (3, 2, 1, {})
    assert found["exact"] == pytest.approx(2 / 3)
    assert found["kappa_quadratic"] == pytest.approx(
        1 - 3 * 1 / 39
    )  # by chance 1 + 4 + 16, 1 + 0 + 4, 9 + 4 + 0


def test_a_workbook_gives_what_the_csv_gives(tmp_path: Path) -> None:
    rows = [[f"unit {number}", *row] for number, row in enumerate(KRIPPENDORFF, 1)]
    book = tmp_path / "ratings.xlsx"
    book.write_bytes(write_xlsx([SheetOut("Ratings", ["unit", "A", "B", "C", "D"], rows)]))
    text = write(
        tmp_path, "unit,A,B,C,D", *(",".join("" if v is None else str(v) for v in row) for row in rows)
    )
    assert json.loads(run(book, "--json").stdout) == json.loads(run(text, "--json").stdout)
    assert json.loads(run(book, "--json").stdout)["alpha_ordinal"] == pytest.approx(0.815, abs=5e-4)


def test_too_few_pairs_are_null_with_a_reason_and_no_failure(tmp_path: Path) -> None:
    done = run(write(tmp_path, "unit,Ann,Ben", "1,1,2", "2,3,"), "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert [found[key] for key in KEYS[2:-1]] == [None] * 9
    assert sorted(found["reason"]) == sorted(KEYS[2:-1])


def test_people_get_a_table_with_counts(tmp_path: Path) -> None:
    done = run(write(tmp_path, "unit,Ann,Ben", "1,1,2", "2,3,3", "3,5,5"))
    assert done.exit_code == 0
    assert "3 units, 2 raters; categories 1 to 5" in done.stdout
    assert "2 of 3 pairs of ratings" in done.stdout
    assert "Ann  −0.33 lower than the others" in done.stdout


@pytest.mark.parametrize(
    "rows, options, words",
    [
        (("unit,Ann,Ben", "1,1,x"), (), "ratings.csv, row 2, column Ben: “x” is not a whole number"),
        (("unit,Ann,Ben", "1,1,5"), ("--categories", "1-4"), "row 2, column Ben: 5 is outside 1 to 4"),
        (("unit,Ann,Ben", "1,1,5"), ("--categories", "5"), "--categories: “5” is not a range"),
        (("unit,Ann,Ben", '1,1,"5'), (), "quotation marks"),
        ((), (), "The file is empty"),
    ],
)
def test_bad_input_is_named_on_standard_error(
    tmp_path: Path, rows: tuple[str, ...], options: tuple[str, ...], words: str
) -> None:
    done = run(write(tmp_path, *rows), *options)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert words in done.stderr


def test_other_ranges_are_taken(tmp_path: Path) -> None:
    done = run(write(tmp_path, "unit,Ann,Ben", "1,0,10", "2,10,9"), "--categories", "0-10", "--json")
    assert done.exit_code == 0


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run(tmp_path / "none.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "none.csv: no such file" in done.stderr
