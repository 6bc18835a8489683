"""How values are shown: on their side of every edge."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contracts.definition.rules.bands import Band, Edge
from portal.contracts.definition.rules.terms import Unit
from portal.contracts.figures.rules import showing

F = Fraction
TINY = F(1, 10**9)
BANDS = (
    Band("good", "Good", Edge(F(95, 100), False), None, met=True, approaching=True),
    Band("near", "Approaching target", Edge(F(90, 100), True), Edge(F(95, 100), True), approaching=True),
    Band("low", "Requires improvement", Edge(F(80, 100), True), Edge(F(90, 100), False)),
    Band("bad", "Inadequate", None, Edge(F(80, 100), False)),
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (F(43, 45), "95.56"),
        (F(95, 100), "95"),
        (F(94996, 100000), "94.996"),
        (F(95, 100) - TINY, "94.9999999"),
        (F(95, 100) + TINY, "95.0000001"),
        (F(17, 18), "94.44"),
        (F(9, 8), "112.5"),
        (F(0), "0"),
        (F(1), "100"),
        (F(89999, 100000), "89.999"),
    ],
)
def test_a_percentage_never_stands_on_an_edge_that_it_is_not_at(value: Fraction, shown: str) -> None:
    assert showing.percentage(value, BANDS) == shown


@given(st.fractions(min_value=0, max_value=2, max_denominator=10**7))
def test_what_is_shown_is_in_the_same_band(value: Fraction) -> None:
    shown = Fraction(showing.percentage(value, BANDS)) / 100
    assert [band.holds(shown) for band in BANDS] == [band.holds(value) for band in BANDS]


def test_nearer_to_an_edge_than_forty_decimals_the_fraction_itself_is_shown() -> None:
    value = F(95, 100) - F(1, 3 * 10**50)
    assert showing.percentage(value, BANDS) == str(value * 100)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (F(43, 10), "4.3"),
        (F(9, 2), "4.5"),
        (F(129, 31), "129/31"),
        (F(40), "40"),
        (F(1, 1024), "0.0009765625"),
    ],
)
def test_numbers_are_written_exactly(value: Fraction, text: str) -> None:
    assert showing.exact(value) == text
    assert Fraction(text) == value


def test_counts_are_shown_without_a_sign_and_a_missing_value_as_a_dash() -> None:
    assert showing.words(F(12), Unit.COUNT) == "12"
    assert showing.words(F(5, 2), Unit.AMOUNT) == "2.5"
    assert showing.words(None, Unit.PERCENT) == "–"
    assert showing.words(F(1, 2), Unit.PERCENT, BANDS) == "50%"
