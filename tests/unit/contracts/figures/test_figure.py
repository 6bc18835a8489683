"""Figures: their value, band and words; frozen and read back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Indicator, Unit
from portal.contracts.figures.rules.entering import number_from, number_problem
from portal.contracts.figures.rules.figure import NO_TARGET, ByHand, Counted, Figure, Row, figure_of
from portal.contracts.figures.rules.freezing import digest, pack, unpack
from portal.contracts.figures.rules.periods import Period

F = Fraction
TINY = F(1, 10**12)
PERIOD = Period(date(2024, 10, 1), date(2024, 12, 31), (date(2024, 10, 1), date(2024, 12, 31)))
HAND = ByHand("The post was entered late", "Payroll of December", "Lena Lead", "5 January 2025 at 10:00", 2)


def indicator(number: str) -> Indicator:
    found = contracts()["ohid-ips-ad-2023"].signed.indicator(number)
    assert found is not None
    return found


def figure(number: str, numerator: Fraction | None, denominator: Fraction | None) -> Figure:
    counted = Counted(numerator, denominator, "", (("A step", "1"),), ("A", "B"), (Row(("x", "y")),))
    return figure_of(indicator(number), "2024-Q3", PERIOD, False, counted)


G, A, R, X = "good", "approaching-target", "requires-improvement", "inadequate"


@pytest.mark.parametrize(
    ("number", "percent", "below", "at", "above"),
    [
        ("1", 95, A, A, G),
        ("1", 90, R, A, A),
        ("1", 80, X, R, R),
        ("2", 95, A, G, G),
        ("2", 90, R, A, A),
        ("2", 80, X, R, R),
        ("4", 60, A, A, G),
        ("4", 50, R, A, A),
        ("4", 40, X, R, R),
        ("5", 85, A, A, G),
        ("5", 80, R, A, A),
        ("5", 75, X, R, R),
        ("SV", 100, A, G, G),
        ("SV", 85, R, A, A),
        ("SV", 75, X, R, R),
    ],
)
def test_every_edge_of_the_contract(number: str, percent: int, below: str, at: str, above: str) -> None:
    edge = F(percent, 100)
    for value, wanted in ((edge - TINY, below), (edge, at), (edge + TINY, above)):
        found = figure(number, value * 40, F(40))
        assert found.value == value
        assert found.band is not None
        assert found.band.key == wanted


def test_consequences_follow_from_bands() -> None:
    assert [
        (one.consequence.section if one.consequence else None)
        for one in (figure("1", F(n), F(100)) for n in (96, 92, 85, 79))
    ] == [None, None, "12.3", "12.2"]
    assert figure("2", F(1), F(100)).consequence is None
    worst = figure("SV", F(1), F(4)).consequence
    assert worst is not None
    assert (worst.section, worst.retains) == ("13.6", False)


@pytest.mark.parametrize("denominator", [None, F(0)])
def test_of_nothing_there_is_no_percentage_and_no_band(denominator: Fraction | None) -> None:
    found = figure("2", F(3), denominator)
    assert (found.value, found.band, found.consequence) == (None, None, None)
    assert (found.missing, found.percent, found.standing) == (NO_TARGET, NO_TARGET, "No band")


def test_over_a_hundred_stays_over_a_hundred() -> None:
    assert figure("2", F(9), F(8)).percent == "112.5%"


def test_a_count_is_its_own_value() -> None:
    counts = replace(indicator("2"), unit=Unit.COUNT, of="complaints")
    found = Figure(counts, "2024-Q3", PERIOD, F(3), None, False, Counted())
    assert (found.value, found.percent, found.fraction) == (F(3), "3", "3 complaints")


def test_a_figure_entered_by_hand_stands_over_what_was_counted() -> None:
    counted = Counted(F(4), F(9, 2))
    found = figure_of(indicator("1"), "2024-Q3", PERIOD, False, counted, (F(43, 10), F(9, 2), HAND))
    assert (found.percent, found.manual) == ("95.56%", HAND.reason)
    assert found.counted.numerator == F(4)


def test_what_is_frozen_is_read_back_as_it_was() -> None:
    given = [figure("1", F(43, 10), F(9, 2)), figure("2", None, None), figure("SV", F(3), F(4))]
    given.append(figure_of(indicator("4"), "2024-Q3", PERIOD, True, Counted(), (F(1, 3), F(40), HAND)))
    content = pack(given)
    assert [replace(one, frozen=None) for one in unpack(content, 3)] == [
        replace(one, indicator=replace(one.indicator, settings={})) for one in given
    ]
    assert [one.frozen for one in unpack(content, 3)] == [3, 3, 3, 3]
    assert pack(unpack(content, 3)) == content
    assert len(digest(content)) == 64
    assert json.loads(content)["format"] == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", F(12)),
        (" 4.3 ", F(43, 10)),
        ("1,200", F(1200)),
        ("17/18", F(17, 18)),
        ("", None),
        (None, None),
        ("-1", None),
        ("4.3/5", None),
        ("1/0", None),
        ("1e3", None),
        ("٣", None),
        ("nan", None),
    ],
)
def test_numbers_are_read_exactly_as_they_are_typed(text: str | None, value: Fraction | None) -> None:
    assert number_from(text) == value


@pytest.mark.parametrize(
    ("value", "fine"), [(F(-1), False), (F(0), True), (F(10**12), True), (F(10**12 + 1), False)]
)
def test_numbers_have_bounds(value: Fraction, fine: bool) -> None:
    assert (number_problem(value) == "") is fine
