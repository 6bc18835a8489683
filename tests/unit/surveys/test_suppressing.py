"""Small groups are left out, and nothing that is shown gives them away."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.surveys.rules.questionnaire import Kind, Option, Question, Questionnaire, Section
from portal.surveys.rules.reading import RATINGS
from portal.surveys.rules.suppressing import hidden, tallies

GROUPS = ("a", "b", "c", "d")
BY = Question(
    "by", Kind.CHOICE, "Group?", "", False, tuple(Option(key, key.upper()) for key in GROUPS), group=True
)
RATE = Question("rate", Kind.SATISFACTION, "Rate?", "", False, RATINGS)
ALSO = Question("also", Kind.SATISFACTION, "And this?", "", False, RATINGS)
WHOLE = Questionnaire("q", 1, "Title", "About", (Section("One", "", (BY, RATE, ALSO)),), (("Doc", "1"),))


def sheets(**sizes: int) -> list[dict[str, str]]:
    return [{"by": key, "rate": "good"} for key, size in sizes.items() for _ in range(size)]


@pytest.mark.parametrize(
    "sizes, out",
    [
        ({"a": 5, "b": 5}, set()),
        ({"a": 4, "b": 5, "c": 6}, {"a", "b"}),
        ({"a": 4, "b": 4, "c": 6}, {"a", "b"}),
        ({"a": 1, "b": 3, "c": 6, "d": 7}, {"a", "b", "c"}),  # four together are too few
        ({"a": 2, "b": 3, "c": 6}, {"a", "b"}),  # five together are enough
        ({"a": 0, "b": 5, "c": 6}, set()),
        ({"a": 4, "b": 0, "c": 6, "d": 9}, {"a", "c"}),  # nobody hides nobody
        ({"a": 4, "b": 0}, {"a"}),
        ({}, set()),
    ],
)
def test_small_groups_and_whatever_gives_them_away_are_left_out(sizes: dict[str, int], out: set[str]) -> None:
    assert hidden(sizes) == out


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), min_size=1))
def test_taking_what_is_shown_from_the_whole_leaves_two_groups_and_five_answers(
    sizes: dict[str, int],
) -> None:
    out = hidden(sizes)
    left = [sizes[key] for key in out if sizes[key]]
    assert not any(0 < size < 5 for key, size in sizes.items() if key not in out)
    shown = sum(sizes.values()) - sum(left)
    if left and shown:
        assert sum(left) >= 5
        assert len(left) >= 2


@pytest.mark.parametrize("count, shown", [(4, False), (5, True), (6, True)])
def test_below_five_answers_nothing_is_shown(count: int, shown: bool) -> None:
    assert bool(tallies(WHOLE, sheets(a=count))) is shown


@pytest.mark.parametrize("rated, shown", [(4, False), (5, True), (6, True)])
def test_a_question_that_fewer_than_five_answered_is_not_shown(rated: int, shown: bool) -> None:
    answers = [{"by": "a", "also": "fair"} for _ in range(rated)] + sheets(a=6)
    also = tallies(WHOLE, answers)[2]
    assert (also.counts is not None) is shown
    assert (also.answered is not None) is shown


def test_a_group_left_out_of_the_list_is_left_out_of_every_table() -> None:
    answers = sheets(a=2, b=6, c=20)
    by, rate, _ = tallies(WHOLE, answers)
    assert by.counts == (None, None, 20, 0)
    assert [row.answered for row in rate.groups[0].rows] == [None, None, 20]


def test_those_who_did_not_say_their_group_are_a_group() -> None:
    answers = [{"rate": "good"}] * 2 + sheets(a=6, b=20)
    by, rate, _ = tallies(WHOLE, answers)
    assert by.answered is None  # 28 less those who answered would be those who did not
    assert [row.title for row in rate.groups[0].rows if row.answered is None] == ["A", "Not said"]


@given(st.lists(st.tuples(st.sampled_from(("", *GROUPS)), st.booleans(), st.booleans()), max_size=40))
def test_an_attacker_with_every_table_never_isolates_fewer_than_five(
    people: list[tuple[str, bool, bool]],
) -> None:
    """In each table: the whole less what is shown is nothing, or five answers of two groups at least."""
    answers = []
    for group, rates, also in people:
        sheet = {"by": group} if group else {}
        sheet |= {"rate": "poor"} if rates else {}
        answers.append(sheet | ({"also": "good"} if also else {}))
    out: list[set[str]] = []
    for tally in tallies(WHOLE, answers):
        if tally.question.group or tally.answered is None:
            continue
        true = Counter(BY_TITLE[sheet.get("by", "")] for sheet in answers if tally.question.key in sheet)
        rows = tally.groups[0].rows
        left = {row.title for row in rows if row.answered is None}
        out.append(left)
        inside = [true[title] for title in left if true[title]]
        shown = [row.answered for row in rows if row.answered is not None]
        assert all(count >= 5 for count in shown)
        assert tally.answered - sum(shown) == sum(inside)
        if inside and shown:
            assert sum(inside) >= 5
            assert len(inside) >= 2


BY_TITLE = {"": "Not said"} | {key: key.upper() for key in GROUPS}
