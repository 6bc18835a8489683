"""The order in which the team talks about items, and when a rating is neither reviewer's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portal.reviews.external.consensus_page import ConsensusPage, Form, Given, Line, read_form, with_line
from portal.reviews.moderation.queries import Message, Thread
from portal.reviews.moderation.rules.cases import MessageKind
from portal.scales.registry import registry
from portal.scales.rules.scoring import score

SCALE = registry().get("ips-25")
ASKED = Thread((Message(MessageKind.QUERY, "Why?", (), datetime(2026, 11, 22, tzinfo=UTC), "Moira"),))


def line(
    number: int, lead: int | None, second: int | None, agreed: int | None = None, **more: object
) -> Line:
    given = [Given(name, rating, "", "", None) for name, rating in (("Rosa", lead), ("Owen", second))]
    form = more.pop("form", Form(agreed))
    return Line(SCALE.items[number - 1], given[0], given[1], agreed, form, **more)  # type: ignore[arg-type]  # tests name the fields


def page(*lines: Line, turn: int = 1) -> ConsensusPage:
    ratings = {one.item.key: one.agreed for one in lines}
    return ConsensusPage(lines, score(SCALE, ratings), turn)


def numbers(lines: list[Line]) -> list[int]:
    return [one.item.number for one in lines]


def test_the_widest_disagreement_comes_first_then_the_order_of_the_scale() -> None:
    shown = page(line(1, 4, 3), line(2, 4, 4), line(3, 1, 5), line(4, 2, 4), line(5, 3, 4))
    assert numbers(shown.apart) == [3, 4, 1, 5]
    assert numbers(shown.alike) == [2]


def test_what_moderators_asked_comes_before_all_else_but_only_after_a_return() -> None:
    lines = (line(1, 4, 2), line(2, 4, 4, thread=ASKED), line(3, 3, 4, thread=ASKED))
    returned = page(*lines, turn=2)
    assert numbers(returned.asked) == [2, 3]
    assert numbers(returned.apart) == [1]
    assert numbers(returned.alike) == []
    first = page(*lines)
    assert numbers(first.asked) == []
    assert numbers(first.apart) == [1, 3]


def test_every_item_is_shown_exactly_once() -> None:
    lines = [line(n, 1 + n % 5, 1 + n % 3, thread=ASKED if n % 4 == 0 else Thread()) for n in range(1, 26)]
    for turn in (1, 2):
        shown = page(*lines, turn=turn)
        assert sorted(numbers(shown.asked + shown.apart + shown.alike)) == list(range(1, 26))


def test_it_counts_what_is_agreed_and_what_can_be_taken_over() -> None:
    shown = page(line(1, 4, 4), line(2, 4, 4, 4), line(3, 4, 2, 3), line(4, 1, 2))
    assert (shown.agreed, shown.to_discuss, shown.to_take) == (2, 2, 1)
    assert shown.result.total == 7


@pytest.mark.parametrize("rating, own_way", [(None, False), (2, False), (3, True), (4, False), (5, True)])
def test_a_rating_is_their_own_way_where_it_is_neither_reviewers(rating: int | None, own_way: bool) -> None:
    assert line(1, 4, 2, rating).own_way is own_way


def test_a_line_that_is_changed_is_opened_and_the_others_stay() -> None:
    shown = page(line(1, 4, 4), line(2, 4, 4))
    changed = with_line(shown, SCALE.items[1].key, problems={"reason": "Say why"})
    assert [one.opened for one in changed.lines] == [False, True]
    assert changed.lines[1].problems == {"reason": "Say why"}
    assert changed.lines[0] == shown.lines[0]


@pytest.mark.parametrize(
    "form, rating, version",
    [
        ({}, None, 0),
        ({"rating": "4", "version": "3"}, 4, 3),
        ({"rating": "four", "version": "x"}, None, 0),
        ({"rating": "٤"}, None, 0),
        ({"rating": "4.5"}, None, 0),
    ],
)
def test_what_cannot_be_read_is_no_rating(form: dict[str, str], rating: int | None, version: int) -> None:
    draft, seen = read_form(form)
    assert (draft.rating, seen) == (rating, version)
