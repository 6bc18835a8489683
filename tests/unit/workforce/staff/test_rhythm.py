"""Whether supervision and reviews are held as often as they should be: every edge."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.core.rules.rate import rate
from portal.workforce.staff.rules.rhythm import (
    INDIVIDUAL_DAYS,
    TEAM_DAYS,
    held_on_time,
    is_late,
    quarters_reviewed,
    together,
)

TODAY = date(2026, 11, 22)
LONG_AGO = date(2020, 1, 1)


def ago(count: int) -> date:
    return TODAY - timedelta(days=count)


@pytest.mark.parametrize("every", [TEAM_DAYS, INDIVIDUAL_DAYS])
@pytest.mark.parametrize("shift, late", [(-1, False), (0, False), (1, True)])
def test_it_is_late_when_more_days_have_passed(every: int, shift: int, late: bool) -> None:
    assert is_late(ago(every + shift), LONG_AGO, every, TODAY) is late
    assert is_late(None, ago(every + shift), every, TODAY) is late


def test_an_old_day_before_somebody_began_makes_nothing_late() -> None:
    assert not is_late(ago(90), ago(5), INDIVIDUAL_DAYS, TODAY)


@pytest.mark.parametrize("count, held", [(0, 0), (1, 1), (28, 1), (29, 1)])
def test_a_span_of_four_weeks_ends_yesterday(count: int, held: int) -> None:
    found = held_on_time([ago(count)], LONG_AGO, INDIVIDUAL_DAYS, TODAY)
    assert (found.numerator, found.denominator) == (held, 6)


@pytest.mark.parametrize("count, held", [(168, 1), (169, 0)])
def test_the_sixth_span_is_the_last(count: int, held: int) -> None:
    assert held_on_time([ago(count)], LONG_AGO, INDIVIDUAL_DAYS, TODAY).numerator == held


def test_two_in_one_span_count_once() -> None:
    assert held_on_time([ago(3), ago(4), ago(30)], LONG_AGO, INDIVIDUAL_DAYS, TODAY).numerator == 2


@pytest.mark.parametrize("shift, spans", [(-1, 0), (0, 1), (1, 1)])
def test_a_span_counts_that_somebody_worked_from_its_first_day(shift: int, spans: int) -> None:
    assert held_on_time([], ago(28 + shift), INDIVIDUAL_DAYS, TODAY).denominator == spans


def test_twelve_weeks_of_team_supervision() -> None:
    weekly = [ago(7 * week + 2) for week in range(12)]
    assert held_on_time(weekly, LONG_AGO, TEAM_DAYS, TODAY) == rate(12, 12)
    assert held_on_time(weekly[1:], LONG_AGO, TEAM_DAYS, TODAY) == rate(11, 12)


@pytest.mark.parametrize(
    "on, held",
    [
        (date(2026, 6, 30), 1),
        (date(2026, 7, 1), 1),
        (date(2026, 9, 30), 1),
        (date(2026, 10, 1), 0),  # the quarter under way
        (date(2025, 10, 1), 1),
        (date(2025, 9, 30), 0),  # five quarters ago
    ],
)
def test_a_review_counts_in_the_last_four_quarters_that_are_over(on: date, held: int) -> None:
    assert quarters_reviewed([on], LONG_AGO, TODAY) == rate(held, 4)


@pytest.mark.parametrize("shift, quarters", [(-1, 1), (0, 1), (1, 0)])
def test_a_quarter_that_began_before_the_service_asks_for_no_review(shift: int, quarters: int) -> None:
    since = date(2026, 7, 1) + timedelta(days=shift)
    assert quarters_reviewed([], since, TODAY).denominator == quarters


def test_shares_add_up_and_none_at_all_is_no_share() -> None:
    assert together([rate(1, 2), rate(2, 6)]) == rate(3, 8)
    assert together([]).value is None
