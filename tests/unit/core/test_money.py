"""Sums of money, as they are written and read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.rules.money import money, part_of, pence_from, pounds


@pytest.mark.parametrize(
    ("text", "pence"),
    [("£31,049", 31_049_00), ("31049.50", 31_049_50), (" 0.01 ", 1), ("", None), (None, None)],
)
def test_a_sum_is_read_in_pence(text: str | None, pence: int | None) -> None:
    assert pence_from(text) == pence


@pytest.mark.parametrize("text", ["ten", "1.5", "-3", "1.234", "1234567890", "٣"])
def test_what_is_no_sum_is_refused_with_the_words_given(text: str) -> None:
    with pytest.raises(ValueError, match="like 7"):
        pence_from(text, "Enter a sum, like 7")


@pytest.mark.parametrize(
    ("pence", "words"), [(0, "£0.00"), (5, "£0.05"), (-2050, "−£20.50"), (1_145_000_00, "£1,145,000.00")]
)
def test_a_ledger_shows_every_penny(pence: int, words: str) -> None:
    assert money(pence) == words
    assert money(None) == pounds(None) == ""


@pytest.mark.parametrize(("pence", "part"), [(109, 5), (110, 6), (111, 6), (0, 0), (1, 0), (9, 0), (10, 1)])
def test_a_half_penny_is_rounded_up(pence: int, part: int) -> None:
    assert part_of(pence, Fraction(1, 20)) == part


@given(st.integers(0, 10**12), st.fractions(0, 1))
def test_a_part_is_within_half_a_penny_and_never_above_the_whole(pence: int, part: Fraction) -> None:
    found = part_of(pence, part)
    assert 0 <= found <= pence
    assert Fraction(-1, 2) < found - pence * part <= Fraction(1, 2)
