"""An edit field by field, what is chosen of it, and when a device ought to be back."""

from __future__ import annotations

from datetime import date

import pytest

from portal.reviews.offline.rules.overdue import overdue
from portal.reviews.offline.rules.parts import (
    Choice,
    Decision,
    Part,
    Shape,
    Widget,
    choice_of,
    chosen,
    in_words,
    parts,
)

SHAPES = {
    "rating": Shape("Rating", Widget.NUMBER, {"4": "4"}),
    "text": Shape("Note", Widget.TEXT),
    "item_keys": Shape("Items", Widget.MANY, {"a": "1. First", "b": "2. Second"}),
    "entries.clients": Shape("Clients"),
    "entries.shared": Shape("Shared", Widget.TICK),
    "removed": Shape("In the review", Widget.NONE, {"yes": "Removed", "no": "Kept"}),
}
YOURS, THEIRS = Decision(Choice.YOURS), Decision(Choice.THEIRS)


def third(value: object) -> Decision:
    return Decision(Choice.THIRD, value)


def test_fields_come_in_the_order_of_their_shapes_and_unknown_ones_last() -> None:
    found = parts({}, {"odd": 1, "text": "a", "rating": 3}, {}, SHAPES)
    assert [one.name for one in found] == ["rating", "text", "odd"]
    assert found[-1].shape.label == "odd"


def test_each_entry_of_the_calculator_is_a_field_of_its_own() -> None:
    mine = {"entries": {"clients": "40", "shared": True}}
    found = parts({"entries": {"clients": "39"}}, mine, {"entries": {"clients": "41", "fte": "2"}}, SHAPES)
    assert {one.name: (one.base, one.yours, one.theirs) for one in found} == {
        "entries.clients": ("39", "40", "41"),
        "entries.shared": (None, True, None),
        "entries.fte": (None, None, "2"),
    }


def test_entries_are_put_together_again_with_what_stands() -> None:
    stands = {"entries": {"clients": "41", "fte": "2", "days": "9"}}
    found = parts({}, {"entries": {"clients": "40", "shared": True, "days": "9"}}, stands, SHAPES)
    decisions = {"entries.clients": THEIRS, "entries.shared": third("no"), "entries.fte": YOURS}
    assert chosen(found, decisions, stands) == {"entries": {"clients": "41", "shared": False, "days": "9"}}


def test_nothing_is_applied_where_theirs_stays() -> None:
    found = parts({}, {"text": "a", "entries": {"clients": "1"}}, {}, SHAPES)
    assert chosen(found, {"text": THEIRS, "entries.clients": THEIRS}, {}) == {}


@pytest.mark.parametrize(
    "name, sent, stored",
    [
        ("rating", "4", 4),
        ("rating", "", None),
        ("rating", "four", None),
        ("rating", "²", None),
        ("rating", "9" * 9, None),
        ("text", "A third", "A third"),
        ("text", None, ""),
        ("item_keys", ["b"], ["b"]),
        ("item_keys", None, []),
    ],
)
def test_a_third_is_read_by_its_kind(name: str, sent: object, stored: object) -> None:
    found = parts({}, {name: "x"}, {}, SHAPES)
    assert chosen(found, {name: third(sent)}, {}) == {name: stored}


@pytest.mark.parametrize(
    "yours, theirs, same",
    [
        ("a", "a", True),
        ("", None, True),
        ([], None, True),
        (None, "", True),
        ("a", "b", False),
        (False, None, False),
        (False, False, True),
        (True, False, False),
    ],
)
def test_what_is_alike_needs_no_choice(yours: object, theirs: object, same: bool) -> None:
    assert Part("x", Shape("X"), None, yours, theirs).same is same


@pytest.mark.parametrize(
    "name, value, words",
    [
        ("rating", 4, "4"),
        ("rating", None, "(empty)"),
        ("text", "", "(empty)"),
        ("item_keys", ["b", "a", "gone"], "2. Second; 1. First; gone"),
        ("entries.shared", True, "Yes"),
        ("entries.shared", False, "No"),
        ("removed", True, "Removed"),
        ("removed", None, "Kept"),
    ],
)
def test_values_are_told_in_words(name: str, value: object, words: str) -> None:
    assert in_words(SHAPES[name], value) == words


@pytest.mark.parametrize("value, words", [("2026-03-07", "7 March 2026"), ("soon", "soon")])
def test_a_date_is_told_in_words(value: str, words: str) -> None:
    assert in_words(Shape("Date", Widget.DATE), value) == words


def test_the_choice_in_one_word() -> None:
    assert choice_of([YOURS, YOURS]) == "yours"
    assert choice_of([YOURS, THEIRS]) == "mixed"
    assert choice_of([third("x")]) == "third"
    assert choice_of([]) == "theirs"


@pytest.mark.parametrize("day, late", [(12, False), (13, False), (14, True)])
def test_a_device_is_overdue_more_than_three_days_after_the_visit(day: int, late: bool) -> None:
    assert overdue(False, date(2026, 11, 10), date(2026, 11, day)) is late


def test_a_device_is_overdue_at_once_when_the_team_has_left() -> None:
    assert overdue(True, date(2026, 11, 10), date(2026, 11, 9)) is True
