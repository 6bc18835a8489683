"""A month’s notice of a new lead manager, and four weeks for the mobilisation plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contracts.cycle.rules.notice import days_short, mobilisation_due, told_by
from portal.core.rules.months import months_after


@pytest.mark.parametrize("days, short", [(-1, 0), (0, 0), (1, 1), (10, 10)])
def test_notice_is_a_whole_month(days: int, short: int) -> None:
    assert days_short(date(2024, 9, 1) + timedelta(days=days), date(2024, 10, 1)) == short


@pytest.mark.parametrize(
    "effect, last",
    [
        (date(2025, 3, 31), date(2025, 2, 28)),
        (date(2025, 2, 28), date(2025, 1, 31)),
        (date(2024, 3, 30), date(2024, 2, 29)),
        (date(2025, 1, 1), date(2024, 12, 1)),
    ],
)
def test_months_of_other_lengths_count_by_their_calendar(effect: date, last: date) -> None:
    assert told_by(effect) == last


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_last_day_to_tell_gives_a_month_and_the_next_does_not(effect: date) -> None:
    last = told_by(effect)
    assert months_after(last, 1) <= effect < months_after(last + timedelta(days=1), 1)


def test_the_mobilisation_plan_is_due_four_weeks_after_award() -> None:
    assert mobilisation_due(date(2023, 7, 3)) == date(2023, 7, 31)
