"""The quarterly cycle: which moves each state allows, and when a quarter may be reported."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.contracts.cycle.rules.workflow import (
    FROZEN_STATES,
    TABLE,
    CycleState,
    Move,
    Side,
    after,
    demand_over,
    may,
)
from portal.core.errors import Refused

# A letter for each move that the state allows: compile, submit, accept, return, review, close, correct
ALLOWED = {
    CycleState.OPEN: "C......",
    CycleState.COMPILING: ".S.....",
    CycleState.SUBMITTED: "..AR...",
    CycleState.RETURNED: ".......",
    CycleState.ACCEPTED: "....V.X",
    CycleState.REVIEWED: ".....LX",
    CycleState.CLOSED: "......X",
}


@pytest.mark.parametrize("state", CycleState)
@pytest.mark.parametrize("place, move", list(enumerate(Move)))
def test_each_state_allows_these_moves_and_no_others(state: CycleState, place: int, move: Move) -> None:
    allowed = ALLOWED[state][place] != "."
    assert may(state, move) is allowed
    if allowed:
        assert after(state, move) is TABLE[move].target
    else:
        with pytest.raises(Refused):
            after(state, move)


def test_the_buyer_decides_and_closes_and_the_supplier_compiles_submits_and_corrects() -> None:
    buyers = {move for move, way in TABLE.items() if way.side is Side.BUYER}
    suppliers = {move for move, way in TABLE.items() if way.side is Side.SUPPLIER}
    assert buyers == {Move.ACCEPT, Move.RETURN, Move.CLOSE}
    assert suppliers == {Move.COMPILE, Move.SUBMIT, Move.CORRECT}


def test_everything_that_was_submitted_is_frozen() -> None:
    assert {*CycleState} - FROZEN_STATES == {CycleState.OPEN, CycleState.COMPILING}


@pytest.mark.parametrize("days, refused", [(-1, True), (0, True), (1, False)])
def test_a_quarter_is_reported_from_the_day_after_its_last(days: int, refused: bool) -> None:
    last = date(2024, 12, 31)
    if refused:
        with pytest.raises(Refused, match="31 December 2024"):
            demand_over(last, last + timedelta(days=days))
    else:
        demand_over(last, last + timedelta(days=days))


@pytest.mark.parametrize("state", CycleState)
def test_every_state_has_words(state: CycleState) -> None:
    assert state.words
