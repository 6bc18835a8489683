"""Files of ratings: every problem is found, with its line and column."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.scales.rules.ratings_file import MOST_BYTES, MOST_ROWS, RatingsFile, read_csv, read_rows
from tests.unit.scales.samples import small

SCALE = small()


def problems(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [str(problem) for problem in read_csv(data, SCALE).problems]


def test_all_numberings_are_read_together() -> None:
    found = read_csv(b"item,rating\n1,5\nstaffing-2,4\nServ 1,3\nitem-d,\n", SCALE)
    assert found.ratings == {"item-a": 5, "item-b": 4, "item-c": 3, "item-d": None}
    assert not found.problems


def test_a_byte_order_mark_other_columns_blank_lines_and_capitals_do_no_harm() -> None:
    found = read_csv(
        "\ufeffTitle, Item ,RATING,Rationale,Evidence\r\n\r\nx,1, 5 ,Because,Log\r\n,,,,\r\ny,2\r\n".encode(),
        SCALE,
    )
    assert not found.problems
    assert found.ratings == {"item-a": 5, "item-b": None}
    assert found.rationales == {"item-a": "Because"}
    assert found.evidence == {"item-a": "Log"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "line 1: the file is empty"),
        ("\n\n", "line 1: the file is empty"),
        ("item\n1\n", "line 1, column rating: the heading row has no such column"),
        ("item,rating,rating\n1,2,3\n", "line 1, column rating: the heading row has this column twice"),
        ("item,rating\n9,5\n", "line 2, column item: “9” is not an item of small"),
        ("item,rating\n,5\n", "line 2, column item: no item is given"),
        ("item,rating\n1,6\n", "line 2, column rating: 6 is outside 1 to 5"),
        ("item,rating\n1,0\n", "line 2, column rating: 0 is outside 1 to 5"),
        ("item,rating\n1,-1\n", "line 2, column rating: -1 is outside 1 to 5"),
        ("item,rating\n1,4.5\n", "line 2, column rating: “4.5” is not a whole number"),
        ("item,rating\n1,four\n", "line 2, column rating: “four” is not a whole number"),
        ("item,rating\n1,٣\n", "line 2, column rating: “٣” is not a whole number"),
        (
            "item,rating\n1,5\n2,4\nStaff 1,5\n",
            "line 4, column item: item 1 (Title of item-a) is already on line 2",
        ),
        ("item,rating\n1,5,extra\n", "line 2: there are more cells than headings"),
        ('item,rating\n1,"5\n', "line 2: not readable as CSV: unexpected end of data"),
    ],
)
def test_a_problem_is_told_with_line_column_and_reason(text: str, expected: str) -> None:
    assert problems(text) == [expected]


def test_all_problems_are_told_at_once() -> None:
    assert len(problems("item,rating\n9,9\n1,x\n1,3\n")) == 4


def test_lines_are_those_of_the_file_where_a_cell_holds_a_line_break() -> None:
    assert problems('item,rating,rationale\n1,5,"two\nlines"\n2,9,\n') == [
        "line 4, column rating: 9 is outside 1 to 5"
    ]


def test_bytes_that_are_not_utf_8_are_placed() -> None:
    [problem] = problems(b"item,rating\n1,5\n2,\xff\n")
    assert problem == "line 3: byte 3 of the line is not UTF-8: save the file as “CSV UTF-8”"


def test_a_file_that_is_too_large_or_has_too_many_rows_is_refused() -> None:
    assert problems(b"x" * (MOST_BYTES + 1)) == ["line 1: the file is larger than 1,000,000 bytes"]
    rows = "item,rating\n" + ",1\n" * (MOST_ROWS + 1)
    assert problems(rows)[-1] == f"line {MOST_ROWS + 2}: there are more than 2,000 rows"


def test_rows_of_a_sheet_are_read_with_numbers_as_numbers() -> None:
    rows: list[Sequence[object]] = [["item", "rating"], [1.0, 5.0], ["Serv 1", 4], [2, 4.5], [None, None]]
    found = read_rows(rows, SCALE)
    assert found.ratings["item-a"] == 5
    assert found.ratings["item-c"] == 4
    assert [str(p) for p in found.problems] == ["line 4, column rating: “4.5” is not a whole number"]


@given(st.binary(max_size=200))
def test_no_bytes_whatever_bring_the_reader_down(data: bytes) -> None:
    assert isinstance(read_csv(b"item,rating\n" + data, SCALE), RatingsFile)


@given(
    st.dictionaries(
        st.sampled_from([item.key for item in SCALE.items]), st.one_of(st.none(), st.integers(1, 5))
    )
)
def test_what_is_written_is_read_back(ratings: dict[str, int | None]) -> None:
    rows = ["item,rating", *(f"{key},{rating or ''}" for key, rating in ratings.items())]
    found = read_csv("\n".join(rows).encode(), SCALE)
    assert found.ratings == ratings
    assert not found.problems
