"""The rating sheet's form, and what a spreadsheet changes."""

from __future__ import annotations

import pytest

from portal.reviews.assessment.rules.sheets import digest
from portal.reviews.assessment.sheet import Value, drafts, from_file, read_form, rows_from, with_values
from portal.scales.rules.ratings_file import read_rows
from tests.unit.assessment.rows import SCALE, key, last_times, rated


def test_only_rows_that_were_on_the_page_are_read() -> None:
    values, versions = read_form(SCALE, {"v-1": "2", "r-1": "4", "r-2": "5", "t-1": " Why \r\n", "e-1": ""})
    assert values == {key(1): Value(4, " Why", "")}
    assert versions == {key(1): 2}


@pytest.mark.parametrize(("typed", "rating"), [("", None), ("5", 5), ("9", 9), ("x", None), ("-2", None)])
def test_a_rating_of_the_sheet(typed: str, rating: int | None) -> None:
    assert read_form(SCALE, {"v-1": "0", "r-1": typed})[0][key(1)].rating == rating


def test_saving_the_sheet_leaves_the_calculators_entries() -> None:
    ratings = {key(1): rated(1, 4, entries={"clients": "46"})}
    made = drafts({key(1): Value(5), key(2): Value(3)}, ratings)
    assert made[key(1)].entries == {"clients": "46"}
    assert made[key(2)].entries == {}


def test_a_row_says_whether_its_form_differs_from_what_is_saved() -> None:
    rows = rows_from(SCALE, {key(1): rated(1, 4, version=2)}, last_times())
    assert not rows[0].differs
    changed = with_values(rows, {key(1): Value(5)}, {key(1): 1})
    assert changed[0].differs
    assert (changed[0].version, changed[0].saved.rating) == (1, 4)
    assert changed[1] == rows[1]


def test_an_empty_cell_of_a_spreadsheet_leaves_what_is_saved() -> None:
    ratings = {key(1): rated(1, 4, rationale="Why", evidence="Seen")}
    file = read_rows([["item", "rating", "rationale"], ["1", "", ""], ["2", "3", "New"]], SCALE)
    assert not file.problems
    values = from_file(file, ratings)
    assert values[key(1)] == Value(4, "Why", "Seen")
    assert values[key(2)] == Value(3, "New", "")


def test_the_hash_of_a_sealed_sheet_is_of_its_content_whatever_the_order() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
