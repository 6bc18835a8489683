"""No cell that is written can run as a formula, and what is read back is what was written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.rules.cells import cell_text, original, safe_cell

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212"]


@pytest.mark.parametrize("start", STARTS)
def test_a_text_that_begins_like_a_formula_is_guarded_and_comes_back(start: str) -> None:
    text = f"{start}1+1"

    assert safe_cell(text) == f"'{text}"
    assert original(str(safe_cell(text))) == text


@pytest.mark.parametrize(
    "value", ["plain", "a=b", "1+1", "’tis", "'tis", "", 5, -5, Decimal("-1.5"), date(2026, 11, 22), None]
)
def test_anything_else_is_written_as_it_is(value: object) -> None:
    assert safe_cell(value) == value  # type: ignore[arg-type]  # every kind of cell in turn


def test_characters_that_no_workbook_takes_are_dropped_before_the_look() -> None:
    assert safe_cell("\x00=1") == "'=1"


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_what_was_written_is_read_back_and_never_live(text: str) -> None:
    written = safe_cell(text)

    assert isinstance(written, str)
    assert not written.startswith(tuple(STARTS))
    kept = "".join(sign for sign in text if sign in "\t\n\r" or ord(sign) >= 32)
    assert original(written) == kept


@pytest.mark.parametrize(
    "value, text",
    [
        (4.0, "4"), (4.5, "4.5"), (-1.0, "-1"), (None, ""), (True, "TRUE"), (False, "FALSE"), (" a ", "a"),
        (date(2026, 11, 22), "2026-11-22"), (datetime(2026, 11, 22), "2026-11-22"),  # noqa: DTZ001  as a workbook has it
    ],
)  # fmt: skip
def test_a_cell_of_a_workbook_reads_as_a_person_sees_it(value: object, text: str) -> None:
    assert cell_text(value) == text
