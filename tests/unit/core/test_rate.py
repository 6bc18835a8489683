"""Shares with what they were counted from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from portal.core.rules.rate import rate, rounded


def test_of_nothing_there_is_no_share() -> None:
    assert rate(0, 0).value is None
    assert rate(0, 0).percent() == "–"


@pytest.mark.parametrize(
    "top, bottom, words",
    [
        (26, 61, "42.6%"),
        (1, 2, "50%"),
        (0, 7, "0%"),
        (19, 20, "95%"),
        (3, 2, "150%"),
        (5000, 3, "166,666.7%"),
    ],
)
def test_a_share_is_rounded_where_it_is_shown(top: int, bottom: int, words: str) -> None:
    assert rate(top, bottom).percent() == words


def test_the_share_itself_is_exact() -> None:
    assert rate(Fraction(191, 10), 20).value == Fraction(191, 200)


@pytest.mark.parametrize(
    "value, places, shown",
    [("0.0499", 1, "0"), ("0.05", 1, "0.1"), ("0.0501", 1, "0.1"), ("100", 1, "100"), ("2.345", 2, "2.35")],
)
def test_half_is_rounded_up(value: str, places: int, shown: str) -> None:
    assert rounded(Fraction(value), places) == Decimal(shown)
    assert str(rounded(Fraction(value), places)) == shown


@pytest.mark.parametrize("top, bottom", [(-1, 2), (1, -2)])
def test_a_negative_part_is_refused(top: int, bottom: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        rate(top, bottom)
