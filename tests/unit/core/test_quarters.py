"""Quarters of the financial year."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from portal.core.rules.quarters import Quarter, last_quarters, quarter_from, quarter_of


@pytest.mark.parametrize(
    "day, key",
    [
        (date(2024, 3, 31), "2023-Q4"),
        (date(2024, 4, 1), "2024-Q1"),
        (date(2024, 6, 30), "2024-Q1"),
        (date(2024, 7, 1), "2024-Q2"),
        (date(2024, 9, 30), "2024-Q2"),
        (date(2024, 10, 1), "2024-Q3"),
        (date(2024, 12, 31), "2024-Q3"),
        (date(2025, 1, 1), "2024-Q4"),
    ],
)
def test_a_day_is_in_the_quarter_of_its_financial_year(day: date, key: str) -> None:
    quarter = quarter_of(day)
    assert quarter.key == key
    assert quarter.first <= day <= quarter.last
    assert quarter_from(key) == quarter


def test_the_months_are_always_said() -> None:
    assert Quarter(2024, 3).title == "2024-Q3, October to December 2024"
    assert Quarter(2024, 4).title == "2024-Q4, January to March 2025"


@pytest.mark.parametrize(
    "quarter, days", [(Quarter(2023, 4), 91), (Quarter(2024, 4), 90), (Quarter(2024, 2), 92)]
)
def test_a_leap_year_has_a_day_more(quarter: Quarter, days: int) -> None:
    assert quarter.days == days


def test_quarters_follow_each_other_without_a_gap() -> None:
    eight = list(last_quarters(Quarter(2025, 2), 8))
    assert (eight[0], eight[-1], len(eight)) == (Quarter(2023, 3), Quarter(2025, 2), 8)
    for before, after in pairwise(eight):
        assert before.last + timedelta(days=1) == after.first
        assert (before.plus(1), after.plus(-1)) == (after, before)


@pytest.mark.parametrize(
    "key", [None, "", "2024-Q0", "2024-Q5", "2024-q1", "24-Q1", "2024-Q1 ", "0000-Q1", "9999-Q4"]
)
def test_what_names_no_quarter_is_none(key: str | None) -> None:
    assert quarter_from(key) is None


def test_there_is_no_fifth_quarter() -> None:
    with pytest.raises(ValueError, match="no quarter 5"):
        Quarter(2024, 5)
