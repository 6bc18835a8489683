"""Which items get an action, how it is drafted, and when it is late."""

from __future__ import annotations

from datetime import date

import pytest

from portal.plans.rules.drafting import DraftPolicy, WeakItem, draft_actions, is_overdue, months_after

TODAY = date(2026, 11, 22)


def weak(rating: int, key: str = "caseload") -> WeakItem:
    return WeakItem(key, f"Item {key}", rating, f"Step from {rating}")


@pytest.mark.parametrize("rating, drafted", [(1, True), (2, True), (3, True), (4, False), (5, False)])
def test_an_item_below_four_gets_an_action_and_no_other(rating: int, drafted: bool) -> None:
    assert bool(draft_actions([weak(rating)], TODAY)) is drafted


@pytest.mark.parametrize("below, drafted", [(2, False), (3, False), (4, True)])
def test_the_threshold_is_a_parameter(below: int, drafted: bool) -> None:
    assert bool(draft_actions([weak(3)], TODAY, DraftPolicy(below=below))) is drafted


@pytest.mark.parametrize("rating", [1, 2, 3])
def test_the_target_is_the_next_anchor_up(rating: int) -> None:
    action = draft_actions([weak(rating)], TODAY)[0]

    assert (action.current_rating, action.target_rating) == (rating, rating + 1)
    assert action.suggested_step == f"Step from {rating}"
    assert action.measure == f"Rated {rating + 1} or higher at the next assessment"


def test_the_lowest_rated_come_first_and_equals_keep_their_order() -> None:
    actions = draft_actions([weak(3, "a"), weak(1, "b"), weak(3, "c"), weak(1, "d")], TODAY)

    assert [action.item_key for action in actions] == ["b", "d", "a", "c"]


@pytest.mark.parametrize(
    "rating, due", [(1, date(2027, 2, 22)), (2, date(2027, 2, 22)), (3, date(2027, 5, 22))]
)
def test_the_lowest_are_due_in_three_months_and_the_others_in_six(rating: int, due: date) -> None:
    assert draft_actions([weak(rating)], TODAY)[0].due == due


def test_when_it_is_due_is_a_parameter() -> None:
    policy = DraftPolicy(due_months={1: 1}, other_months=12)

    assert [action.due for action in draft_actions([weak(1), weak(2)], TODAY, policy)] == [
        date(2026, 12, 22),
        date(2027, 11, 22),
    ]


@pytest.mark.parametrize(
    "on, months, later",
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 8, 31), 0, date(2026, 8, 31)),
        (date(2026, 1, 1), 12, date(2027, 1, 1)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(on: date, months: int, later: date) -> None:
    assert months_after(on, months) == later


@pytest.mark.parametrize(
    "due, late",
    [
        (date(2026, 11, 21), True),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), False),
        (None, False),
    ],
)
def test_an_action_is_late_from_the_day_after_it_is_due(due: date | None, late: bool) -> None:
    assert is_overdue(due, TODAY, under_way=True) is late


def test_what_is_done_or_dropped_is_never_late() -> None:
    assert not is_overdue(date(2020, 1, 1), TODAY, under_way=False)
