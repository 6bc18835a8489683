"""What an action must hold, and what a plan's state lets one do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.plans.rules.checking import LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE, gaps, problems
from portal.plans.rules.workflow import EDITABLE, ActionStatus, PlanMove, PlanState, after, moves

SOUND: dict[str, Any] = {
    "item_title": "Caseload", "what": "Review caseloads", "owner": "Team leader", "due": date(2027, 1, 1),
}  # fmt: skip


def test_a_sound_action_has_no_problem() -> None:
    assert problems({**SOUND, "target_rating": 4}, 3) == {}


@pytest.mark.parametrize(
    "target, wrong", [(2, True), (3, True), (4, False), (5, False), (6, True), (None, False)]
)
def test_the_target_is_above_the_rating_now_and_on_the_scale(target: int | None, wrong: bool) -> None:
    assert ("target_rating" in problems({**SOUND, "target_rating": target}, 3)) is wrong


@pytest.mark.parametrize("target, wrong", [(0, True), (1, False), (5, False), (6, True)])
def test_without_a_rating_now_any_rating_can_be_the_target(target: int, wrong: bool) -> None:
    assert ("target_rating" in problems({**SOUND, "target_rating": target}, None)) is wrong


@pytest.mark.parametrize("extra, wrong", [(-1, False), (0, False), (1, True)])
@pytest.mark.parametrize(
    "name, most",
    [("item_title", LONGEST_TITLE), ("owner", LONGEST_NAME), ("what", LONGEST_TEXT),
     ("measure", LONGEST_TEXT), ("support", LONGEST_TEXT), ("evidence", LONGEST_TEXT)],
)  # fmt: skip
def test_each_text_has_its_longest(name: str, most: int, extra: int, wrong: bool) -> None:
    assert (name in problems({**SOUND, name: "x" * (most + extra)}, None)) is wrong


@pytest.mark.parametrize("name", ["item_title", "what"])
def test_what_it_is_about_and_what_will_be_done_must_be_said(name: str) -> None:
    assert name in problems({**SOUND, name: ""}, None)


@pytest.mark.parametrize(
    "due, wrong",
    [
        (date(1999, 12, 31), True),
        (date(2000, 1, 1), False),
        (date(2099, 12, 31), False),
        (date(2100, 1, 1), True),
    ],
)
def test_a_due_date_of_another_century_is_a_slip(due: date, wrong: bool) -> None:
    assert ("due" in problems({**SOUND, "due": due}, None)) is wrong


def test_what_still_lacks_is_said_in_words() -> None:
    assert gaps(SOUND) == ()
    assert gaps({**SOUND, "owner": "", "due": None}) == ("an owner", "a due date")


CELLS = {
    (PlanState.DRAFT, PlanMove.AGREE): PlanState.AGREED,
    (PlanState.DRAFT, PlanMove.SUBMIT): PlanState.SUBMITTED,
    (PlanState.SUBMITTED, PlanMove.AGREE): PlanState.AGREED,
    (PlanState.SUBMITTED, PlanMove.RETURN): PlanState.DRAFT,
    (PlanState.AGREED, PlanMove.REOPEN): PlanState.DRAFT,
    (PlanState.AGREED, PlanMove.CLOSE): PlanState.CLOSED,
    (PlanState.CLOSED, PlanMove.REOPEN): PlanState.DRAFT,
}


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("move", PlanMove)
def test_every_cell_of_the_table_is_as_written_here(state: PlanState, move: PlanMove) -> None:
    assert after(state, move) is CELLS.get((state, move))
    assert (move in moves(state)) is ((state, move) in CELLS)


def test_an_agreed_plan_lets_progress_be_kept_and_a_closed_one_nothing() -> None:
    assert EDITABLE[PlanState.AGREED] == {"owner", "support", "status", "evidence"}
    assert EDITABLE[PlanState.SUBMITTED] == {"status", "evidence"}
    assert EDITABLE[PlanState.CLOSED] == frozenset()
    assert EDITABLE[PlanState.AGREED] < EDITABLE[PlanState.DRAFT]


def test_every_state_and_status_has_words() -> None:
    assert all(state.words for state in PlanState)
    assert all(status.words for status in ActionStatus)
