"""FTE, vacancies, turnover, caseloads and the team leader ratio: every edge at −1, 0 and +1."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.workforce.staff.rules.counting import (
    Load,
    Spell,
    leader_ratio,
    role_lines,
    terms,
    turnover,
)
from portal.workforce.staff.rules.words import StaffRole

TODAY = date(2026, 11, 22)
FIRST = date(2025, 11, 22)  # of the twelve months to yesterday
ES, SENIOR, LEADER = StaffRole


def spell(first: date, last: date | None = None, fte: str = "1", role: StaffRole = ES) -> Spell:
    return Spell(role, Decimal(fte), first, last)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def test_a_role_is_filled_by_those_there_and_vacant_for_the_rest() -> None:
    spells = [spell(FIRST), spell(FIRST, fte="0.6"), spell(FIRST, TODAY - days(1)), spell(TODAY + days(1))]
    line = role_lines(spells, [(ES, FIRST, Decimal("3.5"))], TODAY)[0]
    assert (line.funded, line.filled, line.people, line.vacant) == (
        Decimal("3.5"),
        Decimal("1.6"),
        2,
        Decimal("1.9"),
    )


@pytest.mark.parametrize("shift, people", [(-1, 0), (0, 1), (1, 1)])
def test_the_last_day_is_worked_still(shift: int, people: int) -> None:
    assert role_lines([spell(FIRST, TODAY + days(shift))], [], TODAY)[0].people == people


@pytest.mark.parametrize("shift, people", [(-1, 1), (0, 1), (1, 0)])
def test_the_first_day_is_worked_already(shift: int, people: int) -> None:
    assert role_lines([spell(TODAY + days(shift))], [], TODAY)[0].people == people


@pytest.mark.parametrize("funded, vacant", [("0.99", "0"), ("1", "0"), ("1.01", "0.01")])
def test_more_people_than_funded_are_no_negative_vacancy(funded: str, vacant: str) -> None:
    line = role_lines([spell(FIRST)], [(ES, FIRST, Decimal(funded))], TODAY)[0]
    assert line.vacant == Decimal(vacant)


@pytest.mark.parametrize("shift, funded", [(-1, "5"), (0, "5"), (1, "4")])
def test_the_newest_figure_of_funded_posts_that_has_begun_counts(shift: int, funded: str) -> None:
    rows = [(ES, TODAY + days(shift), Decimal(5)), (ES, FIRST, Decimal(4))]
    assert role_lines([], rows, TODAY)[0].funded == Decimal(funded)
    assert role_lines([], rows[::-1], TODAY)[0].funded == Decimal(funded)


def test_where_nobody_has_said_what_is_funded_nothing_is_vacant() -> None:
    line = role_lines([], [], TODAY)[0]
    assert (line.funded, line.vacant) == (None, 0)


@pytest.mark.parametrize("shift, leavers", [(-1, 0), (0, 1), (1, 1)])
def test_somebody_who_left_twelve_months_ago_counts_and_a_day_earlier_does_not(
    shift: int, leavers: int
) -> None:
    found = turnover([spell(date(2020, 1, 1)), spell(date(2020, 1, 1), FIRST + days(shift))], TODAY)
    assert found.numerator == leavers


@pytest.mark.parametrize("shift, leavers", [(-1, 1), (0, 0), (1, 0)])
def test_somebody_leaves_the_day_after_their_last(shift: int, leavers: int) -> None:
    assert turnover([spell(FIRST, TODAY + days(shift))], TODAY).numerator == leavers


def test_turnover_is_leavers_of_the_average_headcount() -> None:
    spells = [spell(date(2020, 1, 1)), spell(date(2020, 1, 1), FIRST + days(72))]
    found = turnover(spells, TODAY)  # 365 and 73 of 365 days
    assert (found.numerator, found.denominator) == (1, 1 + Fraction(73, 365))
    assert found.value == Fraction(5, 6)


def test_a_new_service_is_not_counted_as_empty_before_anybody_began() -> None:
    found = turnover([spell(TODAY - days(10)), spell(TODAY - days(10), TODAY - days(6))], TODAY)
    assert found.denominator == Fraction(15, 10)


def test_where_nobody_has_worked_there_is_no_turnover() -> None:
    assert turnover([], TODAY).value is None
    assert turnover([spell(TODAY)], TODAY).value is None


@pytest.mark.parametrize("clients, over", [(19, False), (20, False), (21, True)])
def test_a_caseload_is_over_from_one_client_more_than_the_cap(clients: int, over: bool) -> None:
    assert Load(clients, Decimal(1), Decimal(20)).is_over is over


@pytest.mark.parametrize("clients, over", [(11, False), (12, False), (13, True)])
def test_the_cap_is_in_proportion_to_hours(clients: int, over: bool) -> None:
    load = Load(clients, Decimal("0.6"), Decimal(20))
    assert load.is_over is over
    assert load.per_fte == Fraction(clients * 5, 3)


@pytest.mark.parametrize("tenths, over", [(-1, False), (0, False), (1, True)])
def test_ten_specialists_to_a_leader_are_allowed(tenths: int, over: bool) -> None:
    fte = Decimal(9) + Decimal(tenths) / 10
    spells = [spell(FIRST, fte=str(fte)), spell(FIRST, role=SENIOR), spell(FIRST, role=LEADER)]
    found = leader_ratio(role_lines(spells, [], TODAY))
    assert found.is_over is over
    assert found.per_leader == Fraction(fte) + 1


def test_half_a_leader_leads_five() -> None:
    spells = [spell(FIRST, fte="5"), spell(FIRST, fte="0.5", role=LEADER)]
    assert leader_ratio(role_lines(spells, [], TODAY)).per_leader == 10


def test_a_team_without_a_leader_stands_out_and_a_service_without_people_does_not() -> None:
    alone = leader_ratio(role_lines([spell(FIRST)], [], TODAY))
    assert (alone.per_leader, alone.is_over) == (None, True)
    assert leader_ratio(role_lines([], [], TODAY)).is_over is False


def test_without_a_change_somebody_works_as_they_began() -> None:
    assert terms(spell(FIRST), []) == [spell(FIRST)]


@pytest.mark.parametrize("on, fte", [(-1, "1"), (0, "0.5"), (1, "0.5")])
def test_changed_hours_count_from_their_day_on_and_not_before(on: int, fte: str) -> None:
    changed = FIRST + days(100)
    worked = terms(spell(FIRST, fte="0.5"), [spell(FIRST, changed - days(1))])
    assert role_lines(worked, [], changed + days(on))[0].filled == Decimal(fte)


def test_a_role_that_changed_twice_is_counted_where_it_was_held() -> None:
    past = [spell(FIRST, FIRST + days(9)), spell(FIRST + days(10), FIRST + days(19), role=SENIOR)]
    worked = terms(spell(FIRST, role=LEADER), past)
    held = {one.role: (one.first, one.last) for one in worked}
    assert held == {
        ES: (FIRST, FIRST + days(9)),
        SENIOR: (FIRST + days(10), FIRST + days(19)),
        LEADER: (FIRST + days(20), None),
    }
