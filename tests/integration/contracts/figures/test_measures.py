"""What each indicator counts, to the record, and what it leaves out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from flask import Flask

from portal.contracts.figures.queries import figures, figures_of
from portal.contracts.figures.rules.figure import Figure
from portal.core import clock
from portal.core.rules.quarters import Quarter
from portal.events.rules.state import EventState
from portal.reviews.assessment.rules.workflow import Kind
from tests.support import contract_records as records
from tests.support.contract_world import World
from tests.support.statements import recorded

OURS, THEIRS = "fidelity-support-partnership", "elsewhere"
QUARTER = Quarter(2025, 3)
DAY = timedelta(days=1)
F = Fraction


def figure(world: World, number: str, quarter: Quarter = QUARTER) -> Figure:
    return next(one for one in figures(world.contract, quarter) if one.indicator.number == number)


def test_fte_is_days_in_post_of_the_quarter_over_the_target(world: World) -> None:
    records.employed(OURS, "1", date(2025, 1, 1))
    records.employed(OURS, "0.6", QUARTER.first, QUARTER.first + 45 * DAY)  # 46 of 92 days: half
    records.employed(THEIRS, "1", date(2025, 1, 1))
    found = figure(world, "1")
    assert (found.numerator, found.denominator) == (F(13, 10), F(9, 2))
    assert (found.percent, found.standing) == ("28.89%", "Inadequate")
    assert [row.cells[2:] for row in found.counted.rows] == [("1.6", "46", "73.6"), ("1", "46", "46")]


def test_a_part_quarter_is_counted_over_the_days_of_the_contract(world: World) -> None:
    records.employed(OURS, "1", date(2025, 1, 13))
    found = figure(world, "1", Quarter(2024, 4))
    assert (found.numerator, found.period.days, found.period.is_part) == (F(1), 78, True)


def test_events_held_are_set_against_those_planned(world: World) -> None:
    records.planned(OURS, QUARTER, 4)
    for day in (QUARTER.first, QUARTER.last):
        records.event(OURS, day)
    records.event(OURS, QUARTER.first - DAY)
    records.event(OURS, QUARTER.last + DAY)
    records.event(OURS, QUARTER.first + DAY, EventState.CANCELLED)
    records.event(THEIRS, QUARTER.first + DAY)
    found = figure(world, "2")
    assert (found.numerator, found.denominator, found.percent) == (F(2), F(4), "50%")
    assert sum(row.counts for row in found.counted.rows) == 2


def test_without_a_plan_there_is_no_percentage_of_events(world: World) -> None:
    records.event(OURS, QUARTER.first)
    found = figure(world, "2")
    assert (found.value, found.band, found.missing) == (None, None, "No target set")


def test_only_own_external_reviews_and_guided_self_assessments_of_the_year_count(world: World) -> None:
    own = records.service(OURS, date(2025, 1, 1))
    year_first = date(2025, 4, 1)
    wanted = [
        records.final(own, year_first),
        records.final(own, QUARTER.last, Kind.GUIDED),
    ]
    records.final(own, year_first - DAY)
    records.final(own, QUARTER.last + DAY)
    records.final(own, year_first + DAY, Kind.PEER)
    records.final(own, year_first + DAY, Kind.SELF)
    records.final(own, year_first + DAY, imported=True)
    records.final(records.service(THEIRS, date(2025, 1, 1)), year_first + DAY)
    found = figure(world, "4")
    assert [row.thing for row in found.counted.rows] == [f"assessment:{one}" for one in wanted]
    assert (found.percent, found.provisional) == ("5%", True)


@pytest.mark.parametrize(("ends", "counts"), [(-1, 0), (0, 1), (1, 1)])
def test_a_review_counts_while_the_service_is_the_suppliers(world: World, ends: int, counts: int) -> None:
    day = date(2025, 6, 2)
    records.final(records.service(OURS, date(2025, 1, 1), day + ends * DAY), day)
    assert figure(world, "4", Quarter(2025, 1)).numerator == counts


def test_a_part_year_keeps_the_whole_target_and_says_what_it_would_be_in_proportion(world: World) -> None:
    found = figure(world, "4", Quarter(2024, 4))
    assert found.denominator == 40
    assert "In proportion the target would be 8.55" in found.counted.notes[0]
    assert figure(world, "4", Quarter(2025, 4)).counted.notes == ()


def test_the_terms_of_a_quarter_set_its_target(world: World) -> None:
    assert figure(world, "4", Quarter(2025, 4)).denominator == 40
    assert figure(world, "4", Quarter(2026, 1)).denominator == 50


def test_satisfaction_leaves_out_blanks_and_surveys_with_fewer_than_five_answers(world: World) -> None:
    day = date(2025, 6, 2)
    records.survey(OURS, day, ["good", "excellent", "fair", "poor", "good", None])
    records.survey(OURS, date(2025, 6, 3), ["poor"] * 4)
    records.survey(THEIRS, day, ["poor"] * 9)
    records.survey(OURS, date(2025, 3, 31), ["poor"] * 9)
    found = figure(world, "5", Quarter(2025, 1))
    assert (found.numerator, found.denominator, found.percent) == (F(3), F(5), "60%")
    assert [(row.cells[2], row.counts) for row in found.counted.rows] == [
        ("5", True),
        ("fewer than 5", False),
    ]
    assert figure(world, "5", Quarter(2024, 4)).denominator == 9


def test_without_answers_there_is_no_satisfaction(world: World) -> None:
    found = figure(world, "5")
    assert (found.value, found.missing) == (None, "No answers yet")


def test_a_quarter_outside_the_contract_has_no_figures(world: World) -> None:
    found = figures(world.contract, Quarter(2024, 3))
    assert {one.missing for one in found} == {"Outside the contract"}
    assert {one.value for one in found} == {None}


def test_many_quarters_take_no_more_statements_than_one(app: Flask, world: World) -> None:
    records.planned(OURS, QUARTER, 2)
    records.survey(OURS, QUARTER.first, ["good"] * 5)
    quarters = [Quarter(2025, 1).plus(step) for step in range(7)]
    with recorded(app) as one:
        figures(world.contract, QUARTER)
    with recorded(app) as many:
        found = figures_of(world.contract, quarters)
    assert len(many) == len(one)
    assert [len(found[quarter]) for quarter in quarters] == [5] * 7


def test_a_quarter_is_final_on_the_day_after_it(world: World) -> None:
    for day, provisional in ((QUARTER.last, True), (QUARTER.last + DAY, False)):
        with clock.at(datetime.combine(day, datetime.min.time(), clock.UK).replace(hour=12)):
            assert figure(world, "1").provisional is provisional
