"""Which plans a band asks for, the way of a plan, and how its tasks are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Consequence, Remedy
from portal.contracts.remedy.rules.demands import demand, demands
from portal.contracts.remedy.rules.tasks import Progress, Task, by_quarter
from portal.contracts.remedy.rules.workflow import (
    OPEN,
    TABLE,
    WANTED,
    WORKED_ON,
    RemedyMove,
    RemedyState,
    Side,
    moves,
    step,
)
from portal.core.rules.quarters import Quarter, quarter_of
from tests.support.contract_terms import BANDS, INDICATOR

S, M = RemedyState, RemedyMove
QUARTER, OVER = Quarter(2024, 3), date(2025, 1, 1)
SOURCE = contracts()["ohid-ips-ad-2023"].signed
CELLS = {
    (S.REQUIRED, M.START): (S.DRAFT, Side.SUPPLIER, False),
    (S.MAY_BE_ASKED, M.ASK): (S.ASKED, Side.BUYER, True),
    (S.MAY_BE_ASKED, M.LEAVE): (S.NOT_ASKED, Side.BUYER, True),
    (S.NOT_ASKED, M.ASK): (S.ASKED, Side.BUYER, True),
    (S.ASKED, M.START): (S.DRAFT, Side.SUPPLIER, False),
    (S.DRAFT, M.SUBMIT): (S.SUBMITTED, Side.SUPPLIER, False),
    (S.RETURNED, M.SUBMIT): (S.SUBMITTED, Side.SUPPLIER, False),
    (S.SUBMITTED, M.AGREE): (S.AGREED, Side.BUYER, False),
    (S.SUBMITTED, M.RETURN): (S.RETURNED, Side.BUYER, True),
    (S.AGREED, M.CLOSE): (S.CLOSED, Side.BUYER, True),
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("move", M)
def test_every_cell_of_the_table_is_as_written_here(state: RemedyState, move: RemedyMove) -> None:
    found = step(state, move)
    assert (found and (found.to, found.by, found.reason)) == CELLS.get((state, move))
    for side in Side:
        wanted = CELLS.get((state, move))
        assert (move in moves(state, side)) is (wanted is not None and wanted[1] is side)


def test_every_state_has_words_and_its_place() -> None:
    assert len({state.words for state in S}) == len(S)
    assert set(S) - OPEN == {S.CLOSED, S.NOT_ASKED}
    assert {S.REQUIRED, S.ASKED} == WANTED
    assert {state for state, move in TABLE if move is M.SUBMIT} == WORKED_ON


EPSILON = Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("number", "value", "state", "section", "retains"),
    [
        ("1", Fraction(80, 100) - EPSILON, S.REQUIRED, "12.2", True),
        ("1", Fraction(80, 100), S.MAY_BE_ASKED, "12.3", True),
        ("1", Fraction(80, 100) + EPSILON, S.MAY_BE_ASKED, "12.3", True),
        ("1", Fraction(90, 100) - EPSILON, S.MAY_BE_ASKED, "12.3", True),
        ("1", Fraction(90, 100), None, "", False),
        ("1", Fraction(90, 100) + EPSILON, None, "", False),
        ("1", Fraction(0), S.REQUIRED, "12.2", True),
        ("1", Fraction(2), None, "", False),
        ("2", Fraction(0), None, "", False),  # not marked
        ("4", Fraction(0), None, "", False),
        ("5", Fraction(0), None, "", False),
        ("SV", Fraction(75, 100) - EPSILON, S.REQUIRED, "13.6", False),
        ("SV", Fraction(75, 100), None, "", False),  # exactly 75% is read as Requires improvement
        ("SV", Fraction(75, 100) + EPSILON, None, "", False),
    ],
)
def test_the_source_asks_for_plans_exactly_so(
    number: str, value: Fraction, state: RemedyState | None, section: str, retains: bool
) -> None:
    indicator = SOURCE.indicator(number)
    assert indicator is not None
    found = demand(QUARTER, indicator, indicator.band(value), OVER)
    if state is None:
        assert found is None
    else:
        assert found is not None
        assert (found.state, found.consequence.section) == (state, section)
        assert found.consequence.retains is retains


@pytest.mark.parametrize(("days", "asked"), [(-1, False), (0, False), (1, True)])
def test_a_quarter_asks_for_nothing_before_it_is_over(days: int, asked: bool) -> None:
    indicator = SOURCE.indicator("1")
    assert indicator is not None
    today = QUARTER.last + timedelta(days=days)
    assert (demand(QUARTER, indicator, indicator.band(Fraction(0)), today) is not None) is asked


def test_a_missing_figure_and_a_service_credit_ask_for_no_plan() -> None:
    credit = Consequence("inadequate", Remedy.SERVICE_CREDIT, "7", "Money back")
    indicator = replace(INDICATOR, consequences=(credit,))
    assert demands(QUARTER, [(indicator, BANDS[-1]), (indicator, None)], OVER) == ()


@given(st.lists(st.tuples(st.none() | st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.booleans())))
def test_every_task_with_a_day_counts_once_in_its_quarter(rows: list[tuple[date | None, bool]]) -> None:
    found = by_quarter(Task(due, done) for due, done in rows)
    assert list(found) == sorted(found)
    for quarter, progress in found.items():
        mine = [done for due, done in rows if due is not None and quarter_of(due) == quarter]
        assert progress == Progress(sum(mine), len(mine))
    assert sum(one.tasks for one in found.values()) == sum(due is not None for due, _ in rows)
