"""Reading a table of ratings: what is taken, and that every problem is named by row and column."""

from __future__ import annotations

import pytest

from portal.reviews.agreement.rules.ratings import Categories, Ratings
from portal.reviews.agreement.rules.reading import TableProblem, read_categories, read_table


def table(*rows: str, categories: Categories | None = None) -> Ratings:
    numbered = [(number, row.split(",")) for number, row in enumerate(rows, 1)]
    return read_table(numbered, categories or Categories())


def problems(*rows: str) -> list[str]:
    with pytest.raises(TableProblem) as caught:
        table(*rows)
    return [str(problem) for problem in caught.value.problems]


def test_the_first_column_is_the_unit_and_the_others_raters() -> None:
    found = table("unit,Ann,Ben", "1,3,4", "2,,5", "3,4.0,4")
    assert found.raters == ("Ann", "Ben")
    assert dict(found.counts) == {(3, 4): 1, (None, 5): 1, (4, 4): 1}


def test_a_row_without_ratings_is_still_a_unit() -> None:
    assert table("unit,Ann,Ben", "1,3,4", "2,,").units == 2


def test_a_short_row_is_not_rated_at_its_end() -> None:
    assert dict(table("unit,Ann,Ben", "1,3").counts) == {(3, None): 1}


def test_empty_columns_at_the_end_do_not_count() -> None:
    assert table("unit,Ann,Ben,,", "1,3,4,,").raters == ("Ann", "Ben")


def test_raters_may_be_named_by_number() -> None:
    assert table("unit,1,2", "a,3,4").raters == ("1", "2")


def test_every_problem_is_named_by_row_and_column() -> None:
    assert problems("unit,Ann,Ben", "1,x,4", "2,3,6", "2,3,0", ",3,3", "5,3,4.5,9") == [
        "row 2, column Ann: “x” is not a whole number",
        "row 3, column Ben: 6 is outside 1 to 5",
        "row 4, column unit: the unit “2” is already in row 3",
        "row 4, column Ben: 0 is outside 1 to 5",
        "row 5, column unit: the unit has no name",
        "row 6, column 4: there are more cells than headings",
        "row 6, column Ben: “4.5” is not a whole number",
    ]


@pytest.mark.parametrize(
    "rows, words",
    [
        ((), "row 1: the file is empty"),
        (("unit",), "row 1: the heading row needs a column"),
        (("unit,Ann,Ben",), "row 1: there is no row of ratings"),
        (("unit,Ann,,Ben", "1,3,3,3"), "row 1, column 3: the column has no heading"),
        (("unit,Ann,Ann", "1,3,3"), "row 1, column Ann: two columns have this heading"),
        (("1,3,4", "2,3,3"), "row 1: the first row must hold headings"),
    ],
)
def test_a_table_that_is_none_is_refused(rows: tuple[str, ...], words: str) -> None:
    assert problems(*rows)[0].startswith(words)


@pytest.mark.parametrize("rating, taken", [(0, False), (1, True), (5, True), (6, False)])
def test_the_edges_of_the_range(rating: int, taken: bool) -> None:
    if taken:
        assert table("unit,Ann", f"a,{rating}").units == 1
    else:
        assert "outside 1 to 5" in problems("unit,Ann", f"a,{rating}")[0]


@pytest.mark.parametrize("text, lowest, highest", [("1-5", 1, 5), ("0–10", 0, 10), (" 1 to 7 ", 1, 7)])
def test_a_range_of_categories_is_read(text: str, lowest: int, highest: int) -> None:
    assert read_categories(text) == Categories(lowest, highest)


@pytest.mark.parametrize("text", ["", "5", "5-1", "3-3", "a-b", "0-101", "1-5-9"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"range|highest|most"):
        read_categories(text)
