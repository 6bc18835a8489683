"""Where employment specialists stand between their training and their first client."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.workforce.learning.rules.gate import GateState, counts, first_client, in_time, stand_at_gate
from portal.workforce.learning.rules.module import Requirement
from portal.workforce.learning.rules.standing import Done

TODAY = date(2026, 11, 22)
START, FIRST = TODAY - timedelta(days=100), TODAY - timedelta(days=50)
RULE = (
    Requirement("first", 4, before_clients=True, sources=()),
    Requirement("second", 4, before_clients=True, sources=()),
    Requirement("free", 4, before_clients=False, sources=()),
)


def done(course: str, days_from_first: int) -> Done:
    return Done(course, FIRST + timedelta(days=days_from_first))


@pytest.mark.parametrize(
    ("days", "state"), [(-1, GateState.TRAINED), (0, GateState.TRAINED), (1, GateState.LATE)]
)
def test_training_is_in_time_until_the_day_of_the_first_client(days: int, state: GateState) -> None:
    found = stand_at_gate(RULE, [done("first", -9), done("second", days)], START, FIRST, TODAY)
    assert found.state is state
    assert found.courses == (("second",) if state is GateState.LATE else ())


def test_what_is_still_missing_presses_more_than_what_came_late() -> None:
    found = stand_at_gate(RULE, [done("first", 9)], START, FIRST, TODAY)
    assert (found.state, found.courses) == (GateState.MISSING, ("second",))


def test_without_clients_the_courses_still_to_do_are_named() -> None:
    found = stand_at_gate(RULE, [done("first", 0)], START, None, TODAY)
    assert (found.state, found.courses) == (GateState.NO_CLIENTS, ("second",))


def test_whoever_has_no_account_is_a_state_of_its_own() -> None:
    for first in (None, FIRST):
        assert stand_at_gate(RULE, None, START, first, TODAY).state is GateState.NOT_LINKED
    assert stand_at_gate(RULE, [], START, FIRST, TODAY).state is GateState.MISSING


def test_the_first_client_is_the_earlier_of_the_day_entered_and_the_first_caseload() -> None:
    assert first_client(None, None) is None
    assert first_client(FIRST, None) == first_client(None, FIRST) == FIRST
    assert first_client(FIRST, TODAY) == first_client(TODAY, FIRST) == FIRST


def test_those_in_time_are_a_share_of_those_with_clients_whose_training_is_known() -> None:
    states = [*[GateState.TRAINED] * 3, GateState.LATE, GateState.MISSING, GateState.NOT_LINKED]
    found = counts([*states, GateState.NO_CLIENTS, GateState.NO_CLIENTS])
    assert list(found.values()) == [1, 1, 1, 2, 3]
    assert (in_time(found).numerator, in_time(found).denominator) == (3, 5)
    assert in_time(counts([])).value is None
