"""The arithmetic of worksheets against cases worked by hand, on the server and in the browser."""

from __future__ import annotations

import json
import random
from dataclasses import asdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reviews.external.fieldwork_worksheets import worksheet, worksheets
from portal.reviews.external.rules.worksheet import MeasureKind, Worksheet
from portal.reviews.external.rules.worksheet_sums import begun, has_figure, results
from portal.reviews.external.rules.worksheet_words import percent
from portal.reviews.external.rules.worksheet_writing import to_json
from portal.scales.rules.numbers import exact
from tests.support.node import run
from tests.support.random_rows import random_rows

HERE = Path(__file__).parent
SUMS_JS = HERE.parents[2] / "portal" / "static" / "js" / "worksheet_sums.js"
CASES: list[dict[str, Any]] = json.loads((HERE / "worksheet_cases.json").read_text(encoding="utf-8"))
Row = dict[str, str]


def sheet_of(key: str) -> Worksheet:
    found = worksheet(key)
    assert found is not None
    return found


def in_python(sheet: Worksheet, rows: list[Row]) -> dict[str, Any]:
    """Every result as JSON data."""
    made = {}
    for key, result in results(sheet, rows).items():
        values = asdict(result)
        del values["key"]
        made[key] = values | {
            "value": None if result.value is None else exact(result.value),
            "numerator": exact(result.numerator),
            "denominator": exact(result.denominator),
        }
    return made


def in_browser(cases: list[tuple[Worksheet, list[Row]]]) -> list[dict[str, Any]]:
    """What worksheet_sums.js makes of each case, in one run of node."""
    given = [{"sheet": to_json(sheet), "rows": rows} for sheet, rows in cases]
    found: list[dict[str, Any]] = run(HERE / "run_worksheets.mjs", {"module": str(SUMS_JS), "cases": given})
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_works_out_what_was_worked_out_by_hand(case: dict[str, Any]) -> None:
    result = in_python(sheet_of(case["sheet"]), case["rows"])[case["measure"]]

    assert {name: result[name] for name in ("numerator", "denominator", "words")} == {
        name: case[name] for name in ("numerator", "denominator", "words")
    }


def test_the_browser_works_out_the_same_for_every_measure_of_every_case() -> None:
    cases = [(sheet_of(case["sheet"]), case["rows"]) for case in CASES]

    assert in_browser(cases) == [in_python(sheet, rows) for sheet, rows in cases]


def test_the_browser_agrees_on_rows_made_at_random() -> None:
    chance = random.Random(20261122)
    cases = [(sheet, random_rows(sheet, chance, 14)) for sheet in worksheets() for _ in range(40)]

    for (sheet, rows), found in zip(cases, in_browser(cases), strict=True):
        assert found == in_python(sheet, rows), (sheet.key, rows)


def test_whether_there_is_a_figure_is_known_without_its_words() -> None:
    chance = random.Random(7)
    for sheet in worksheets():
        for _ in range(20):
            rows = random_rows(sheet, chance, 4)
            found = results(sheet, rows)
            for measure in sheet.measures:
                assert has_figure(measure, begun(rows)) == (found[measure.key].value is not None)


yes_no = st.sampled_from(["yes", "no", "na", ""])


@given(st.lists(yes_no, max_size=30))
def test_a_share_counts_yes_over_yes_and_no_and_nothing_else(answers: list[str]) -> None:
    rows = [{"status": "working", "supported": answer} for answer in answers]

    result = results(sheet_of("records"), rows)["supported"]

    yes, no = answers.count("yes"), answers.count("no")
    assert (int(result.numerator), int(result.denominator)) == (yes, yes + no)
    assert result.value == (Fraction(yes, yes + no) if yes + no else None)


@given(st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(0, 4000)), max_size=20))
def test_days_are_added_up_whole_and_the_average_is_not_rounded(pairs: list[tuple[date, int]]) -> None:
    rows = [
        {"joined": first.isoformat(), "first-employer": (first + timedelta(days=days)).isoformat()}
        for first, days in pairs
    ]

    result = results(sheet_of("records"), rows)["days-to-employer"]

    assert (int(result.numerator), int(result.denominator)) == (sum(days for _, days in pairs), len(pairs))
    if pairs:
        assert result.value == Fraction(sum(days for _, days in pairs), len(pairs))


@given(st.lists(st.dictionaries(st.sampled_from(["joined", "supported", "contacts"]), yes_no), max_size=12))
def test_empty_rows_and_the_order_of_rows_change_nothing(rows: list[Row]) -> None:
    sheet = sheet_of("records")

    assert results(sheet, rows) == results(sheet, [{}, *reversed(rows), {"joined": " "}])
    assert len(begun(rows)) <= len(rows)


def test_a_share_near_three_quarters_is_shown_on_its_own_side() -> None:
    edge = [Fraction(75)]

    assert percent(Fraction(14999, 20000), edge) == "74.995%"
    assert percent(Fraction(3, 4), edge) == "75%"
    assert percent(Fraction(299999, 400000), edge) == "about 74.9998%"


def test_every_kind_of_measure_is_used_by_a_worksheet() -> None:
    assert {measure.kind for sheet in worksheets() for measure in sheet.measures} == set(MeasureKind)
