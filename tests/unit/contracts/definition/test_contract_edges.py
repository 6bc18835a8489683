"""Every edge of contract.md against the shipped file, at −ε, 0 and +ε as exact fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Indicator, Remedy

TINY = Fraction(1, 10**12)
GOOD, APPROACHING, IMPROVE, INADEQUATE = "good", "approaching-target", "requires-improvement", "inadequate"
# indicator, edge in per cent, band just below, at and just above it: contract.md, “Edges”, by hand
EDGES = [
    ("1", 95, APPROACHING, APPROACHING, GOOD),
    ("1", 90, IMPROVE, APPROACHING, APPROACHING),
    ("1", 80, INADEQUATE, IMPROVE, IMPROVE),
    ("2", 95, APPROACHING, GOOD, GOOD),
    ("2", 90, IMPROVE, APPROACHING, APPROACHING),
    ("2", 80, INADEQUATE, IMPROVE, IMPROVE),
    ("4", 60, APPROACHING, APPROACHING, GOOD),
    ("4", 50, IMPROVE, APPROACHING, APPROACHING),
    ("4", 40, INADEQUATE, IMPROVE, IMPROVE),
    ("5", 85, APPROACHING, APPROACHING, GOOD),
    ("5", 80, IMPROVE, APPROACHING, APPROACHING),
    ("5", 75, INADEQUATE, IMPROVE, IMPROVE),
    ("SV", 100, APPROACHING, GOOD, GOOD),
    ("SV", 85, IMPROVE, APPROACHING, APPROACHING),
    ("SV", 75, INADEQUATE, IMPROVE, IMPROVE),
]
KEYS = ("ohid-ips-ad-2023", "demonstration-2025")
NUMBERS = ("1", "2", "4", "5", "SV")


def indicator(number: str, key: str = "ohid-ips-ad-2023") -> Indicator:
    found = contracts()[key].latest.indicator(number)
    assert found is not None
    return found


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(("number", "percent", "below", "at", "above"), EDGES)
def test_each_edge_holds_on_both_sides_and_on_itself(
    key: str, number: str, percent: int, below: str, at: str, above: str
) -> None:
    one, edge = indicator(number, key), Fraction(percent, 100)
    found = [one.band(value) for value in (edge - TINY, edge, edge + TINY)]
    assert [band and band.key for band in found] == [below, at, above]


@given(value=st.fractions(min_value=-3, max_value=3), number=st.sampled_from(NUMBERS))
def test_every_rational_has_exactly_one_band(value: Fraction, number: str) -> None:
    assert sum(band.holds(value) for band in indicator(number).bands) == 1


def test_the_numbers_keep_the_gap_of_the_source() -> None:
    assert tuple(one.number for one in contracts()["ohid-ips-ad-2023"].latest.indicators) == NUMBERS


def test_no_figure_has_no_band_and_no_consequence() -> None:
    assert indicator("2").band(None) is None
    assert indicator("1").consequence(None) is None


def test_more_than_all_is_good() -> None:
    assert [one.key for number in NUMBERS if (one := indicator(number).band(Fraction(6, 5)))] == [GOOD] * 5


@pytest.mark.parametrize("number", NUMBERS)
def test_what_follows_from_a_band_is_exactly_12_2_and_12_3_and_13_6(number: str) -> None:
    one = indicator(number)
    follows = {
        band.key: (found.remedy, found.section, found.retains)
        for band in one.bands
        if (found := one.consequence(band))
    }
    expected = {
        "1": {
            INADEQUATE: (Remedy.PLAN_REQUIRED, "12.2", True),
            IMPROVE: (Remedy.PLAN_MAY_BE_ASKED, "12.3", True),
        },
        "SV": {INADEQUATE: (Remedy.PLAN_REQUIRED, "13.6", False)},
    }
    assert follows == expected.get(number, {})


def test_indicator_1_alone_is_marked() -> None:
    assert [number for number in NUMBERS if indicator(number).critical] == ["1"]


def test_only_the_edges_that_the_source_leaves_open_are_resolved() -> None:
    resolved = {number: len(indicator(number).resolved) for number in NUMBERS}
    assert resolved == {"1": 0, "2": 1, "4": 0, "5": 0, "SV": 2}
    assert all("silent" in words for words in indicator("SV").resolved)


@pytest.mark.parametrize("number", NUMBERS)
def test_approaching_target_is_good_enough_to_release_and_only_good_meets_it(number: str) -> None:
    bands = indicator(number).bands
    assert [band.key for band in bands if band.met] == [GOOD]
    assert [band.key for band in bands if band.approaching] == [GOOD, APPROACHING]
