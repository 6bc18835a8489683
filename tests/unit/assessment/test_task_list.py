"""The task list: progress, what was given last time, where to go on, and the guide's marks."""

from __future__ import annotations

import pytest

from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.assessment.task_list import task_list
from tests.unit.assessment.rows import SCALE, key, last, last_times, proposal, rated, sheet

NEVER = last_times()


def test_an_untouched_assessment_starts_with_item_1() -> None:
    tasks = task_list(SCALE, {}, NEVER)
    assert (tasks.rated, tasks.count, tasks.resume) == (0, 25, 1)
    assert (tasks.score.lowest_possible, tasks.score.highest_possible) == (25, 125)
    assert tasks.to_next_band == ""


def test_it_goes_on_at_the_first_gap_even_where_later_items_are_rated() -> None:
    ratings = sheet(4)
    del ratings[key(7)]
    assert task_list(SCALE, ratings, NEVER).resume == 7


def test_an_item_that_lacks_its_reason_is_where_it_goes_on() -> None:
    ratings = sheet(4) | {key(3): rated(3, 4, suggested=5)}
    tasks = task_list(SCALE, ratings, NEVER)
    assert tasks.resume == 3
    assert [task.number for task in tasks.tasks if task.needs_reason] == [3]


@pytest.mark.parametrize(
    ("rating", "suggested", "rationale", "needed"),
    [
        (4, 4, "", False),
        (4, None, "", False),
        (None, 4, "", False),
        (4, 5, "", True),
        (4, 5, "  \n", True),
        (4, 5, "Why", False),
    ],
)
def test_when_a_reason_is_needed(
    rating: int | None, suggested: int | None, rationale: str, needed: bool
) -> None:
    ratings = {key(1): rated(1, rating, suggested, rationale=rationale)}
    assert task_list(SCALE, ratings, NEVER).tasks[0].needs_reason is needed


def test_sections_show_their_own_progress() -> None:
    tasks = task_list(SCALE, {key(1): rated(1, 5), key(4): rated(4, 2)}, NEVER)
    assert [(group.score.rated, group.score.count, group.score.total) for group in tasks.groups] == [
        (1, 3, 5),
        (1, 8, 2),
        (0, 14, 0),
    ]


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (73, "1 point below Fair fidelity"),
        (74, "26 points below Good fidelity"),
        (99, "1 point below Good fidelity"),
        (100, "15 points below Exemplary fidelity"),
        (114, "1 point below Exemplary fidelity"),
        (115, "the highest band"),
        (125, "the highest band"),
    ],
)
def test_the_way_to_the_next_band(total: int, words: str) -> None:
    left = total - 25
    ratings = {}
    for number in range(1, 26):
        more = min(4, left)
        ratings[key(number)] = rated(number, 1 + more)
        left -= more
    assert task_list(SCALE, ratings, NEVER).to_next_band == words


def test_last_time_is_the_newest_of_own_and_external() -> None:
    own, external = last(Kind.GUIDED, 3, {1: 2}), last(Kind.EXTERNAL, 4, {1: 5})
    assert task_list(SCALE, {}, last_times(own, external)).tasks[0].last == 5
    later = last(Kind.GUIDED, 5, {1: 3})
    assert task_list(SCALE, {}, last_times(later, external)).tasks[0].last == 3
    assert task_list(SCALE, {}, last_times(own, None)).tasks[1].last is None


def test_the_guides_marks() -> None:
    proposals = {
        key(1): proposal(1, 3),
        key(2): proposal(2, 4),
        key(3): proposal(3, 3, Response.ACCEPTED),
        key(4): proposal(4, 3, Response.KEPT),
        key(5): proposal(5, 3, Response.KEPT, came_round=True),
    }
    tasks = task_list(SCALE, sheet(4), NEVER, proposals, {key(6): [object()]}).tasks
    assert [task.response for task in tasks[:6]] == [
        "To answer",
        "Same rating",
        "Accepted",
        "Rating kept",
        "Guide took your rating",
        "",
    ]
    assert [task.number for task in tasks if task.differs] == [1, 4]
    assert [task.number for task in tasks if task.question] == [6]
