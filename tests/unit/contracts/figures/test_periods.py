"""Over which days indicators are counted, and by which terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from portal.contracts.definition.rules.terms import Contract, Frequency, Money, Terms, Variation
from portal.contracts.figures.rules.periods import is_provisional, period_of, quarters_of, terms_of
from portal.core.rules.quarters import Quarter

DAY = timedelta(days=1)
SIGNED = Terms(
    key="one",
    title="One",
    source="a test",
    buyer="buyer",
    supplier="supplier",
    governance=(),
    starts=date(2023, 8, 1),
    ends=date(2025, 3, 31),
    latest_end=date(2026, 9, 30),
    money=Money(100, True, Fraction(1, 20)),
    indicators=(),
)
CONTRACT = Contract(SIGNED)
QUARTER, YEAR = Frequency.QUARTER, Frequency.YEAR


def extended(on: date, until: date) -> Contract:
    return Contract(SIGNED, (Variation(on, "Extended", replace(SIGNED, ends=until, title="Extended")),))


@pytest.mark.parametrize(
    ("frequency", "quarter", "words", "days"),
    [
        (QUARTER, Quarter(2024, 3), "October to December 2024", 92),
        (QUARTER, Quarter(2024, 4), "January to March 2025", 90),
        (QUARTER, Quarter(2023, 2), "July to September 2023", 61),
        (QUARTER, Quarter(2025, 1), "April to June 2025", 0),
        (QUARTER, Quarter(2023, 1), "April to June 2023", 0),
        (YEAR, Quarter(2024, 1), "April to June 2024", 91),
        (YEAR, Quarter(2024, 3), "April to December 2024", 275),
        (YEAR, Quarter(2024, 4), "April 2024 to March 2025", 365),
        (YEAR, Quarter(2023, 3), "April to December 2023", 153),
    ],
)
def test_a_period_is_the_quarter_or_the_year_so_far_and_counts_the_days_of_the_contract(
    frequency: Frequency, quarter: Quarter, words: str, days: int
) -> None:
    period = period_of(CONTRACT, frequency, quarter)
    assert (period.words, period.days) == (words, days)


def test_the_first_and_the_last_day_are_inside() -> None:
    period = period_of(CONTRACT, QUARTER, Quarter(2023, 2))
    assert period.is_part
    assert [period.holds(SIGNED.starts + step * DAY) for step in (-1, 0, 1)] == [False, True, True]
    last = period_of(CONTRACT, QUARTER, Quarter(2024, 4))
    assert not last.is_part
    assert [last.holds(SIGNED.ends + step * DAY) for step in (-1, 0, 1)] == [True, True, False]


def test_an_extension_covers_the_rest_of_a_quarter_that_had_begun() -> None:
    longer = extended(date(2025, 2, 1), date(2025, 5, 31))
    assert period_of(longer, QUARTER, Quarter(2025, 1)).days == 61


@pytest.mark.parametrize(("days", "provisional"), [(-1, True), (0, True), (1, False)])
def test_a_quarter_is_provisional_until_it_is_over(days: int, provisional: bool) -> None:
    quarter = Quarter(2024, 3)
    assert is_provisional(QUARTER, quarter, quarter.last + days * DAY) is provisional


def test_a_yearly_figure_is_provisional_until_the_year_is_over() -> None:
    later = date(2030, 1, 1)
    assert [is_provisional(YEAR, Quarter(2024, number), later) for number in (1, 2, 3, 4)] == [
        True,
        True,
        True,
        False,
    ]
    assert is_provisional(YEAR, Quarter(2024, 4), date(2025, 3, 31))


@pytest.mark.parametrize(("step", "title"), [(-1, "Extended"), (0, "Extended"), (1, "One")])
def test_a_quarter_is_counted_by_the_terms_of_its_first_day(step: int, title: str) -> None:
    quarter = Quarter(2024, 2)
    changed = extended(quarter.first + step * DAY, date(2026, 3, 31))
    assert terms_of(changed, quarter).title == title


def test_the_first_quarter_has_the_terms_of_the_first_day_of_the_contract() -> None:
    changed = extended(date(2023, 8, 2), date(2026, 3, 31))
    assert terms_of(changed, Quarter(2023, 2)).title == "One"
    assert terms_of(changed, Quarter(2023, 3)).title == "Extended"


def test_quarters_go_from_the_first_day_to_today_or_the_end() -> None:
    keys = [one.key for one in quarters_of(CONTRACT, date(2024, 4, 1))]
    assert keys == ["2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1"]
    assert quarters_of(CONTRACT, date(2030, 1, 1))[-1].key == "2024-Q4"
    assert quarters_of(CONTRACT, date(2023, 6, 30)) == []
