"""The figures of the demonstration's past contract: each for an indicator and a quarter that it has."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from portal.contracts.definition.registry import contracts
from portal.core.rules.quarters import quarter_of
from portal.demonstration.contracts import FIGURES, KEY, steps

TERMS = contracts()[KEY].signed


def test_every_quarter_of_the_contract_has_figures_of_its_indicators() -> None:
    first, last = quarter_of(TERMS.starts), quarter_of(TERMS.ends)
    assert list(FIGURES) == [first.plus(step) for step in range(7)]
    assert list(FIGURES)[-1] == last
    numbers = {one.number for one in TERMS.indicators}
    assert all(set(figures) <= numbers for figures in FIGURES.values())
    assert all(set(figures) == numbers for figures in list(FIGURES.values())[1:])


def test_the_history_shows_every_band_of_indicator_1() -> None:
    one = TERMS.indicators[0]
    found = {
        band.key
        for figures in FIGURES.values()
        if (band := one.band(Fraction(figures["1"][0]) / Fraction(figures["1"][1])))
    }
    assert found == {band.key for band in one.bands}


def test_reviews_are_counted_up_within_a_year_and_anew_in_the_next() -> None:
    counted = [int(figures["4"][0]) for figures in FIGURES.values()]
    assert counted[:3] == sorted(counted[:3])
    assert counted[3:] == sorted(counted[3:])
    assert counted[3] < counted[2]


def test_nothing_is_entered_before_the_demonstration_begins_or_after_it_ends() -> None:
    moments = [step.at.date() for step in steps(date(2026, 11, 20))]
    assert len(moments) == len(FIGURES)
    assert min(moments) == date(2024, 9, 22)
    assert list(steps(date(2023, 7, 1))) == []
