"""The timetable's rules: what may be entered, how times are read, and when reviewers are too few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from portal.reviews.external.rules.meetings import (
    LONGEST_PLACE,
    LONGEST_TITLE,
    LONGEST_WHY,
    MOST_DAYS_APART,
    MeetingDraft,
    MeetingState,
    Slot,
    changed,
    ends,
    problems,
    read_time,
    too_many_at_once,
)

FIRST, LAST = date(2026, 12, 7), date(2026, 12, 8)
APART = timedelta(days=MOST_DAYS_APART)
DRAFT = MeetingDraft("Clients", FIRST, time(9), 60, 5, "Room 2")
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    "change, field",
    [
        ({}, None),
        ({"on": None, "starts": None}, None),
        ({"on": None}, "on"),
        ({"on": FIRST - APART}, None),
        ({"on": FIRST - APART - ONE}, "on"),
        ({"on": LAST + APART}, None),
        ({"on": LAST + APART + ONE}, "on"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 5}, None),
        ({"minutes": 480}, None),
        ({"minutes": 481}, "minutes"),
        ({"minutes": None}, "minutes"),
        ({"people": 0}, "people"),
        ({"people": 1}, None),
        ({"people": 50}, None),
        ({"people": 51}, "people"),
        ({"people": None}, "people"),
        ({"title": " "}, "title"),
        ({"title": "x" * LONGEST_TITLE}, None),
        ({"title": "x" * (LONGEST_TITLE + 1)}, "title"),
        ({"place": "x" * LONGEST_PLACE}, None),
        ({"place": "x" * (LONGEST_PLACE + 1)}, "place"),
        ({"place": "jo@example.org"}, "place"),
        ({"state": MeetingState.NOT_POSSIBLE}, "why"),
        ({"state": MeetingState.NOT_POSSIBLE, "why": "Ill"}, None),
        ({"state": MeetingState.DONE}, None),
        ({"why": "x" * (LONGEST_WHY + 1)}, "why"),
    ],
)
def test_a_draft_is_checked_field_by_field(change: dict[str, object], field: str | None) -> None:
    found = problems(replace(DRAFT, **change), FIRST, LAST)  # type: ignore[arg-type]  # any field
    assert list(found) == ([field] if field else [])


@pytest.mark.parametrize(
    "text, read",
    [
        ("", None),
        (" 9:30 ", time(9, 30)),
        ("09.30", time(9, 30)),
        ("9", time(9)),
        ("14:00", time(14)),
        ("1430", time(14, 30)),
        ("2pm", time(14)),
        ("2:15 PM", time(14, 15)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_times_are_read_as_people_type_them(text: str, read: time | None) -> None:
    assert read_time(text) == read


@pytest.mark.parametrize(
    "text", ["24:00", "9:60", "13pm", "0am", "noon", "9:3", "9:30:00", "-1", "９", "9:30x"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="like 9:30"):
        read_time(text)


def slot(title: str, at: tuple[int, int], minutes: int, on: date = FIRST) -> Slot:
    return Slot(title, on, time(*at), minutes)


def test_two_reviewers_can_be_in_two_places() -> None:
    assert too_many_at_once([slot("A", (9, 0), 60), slot("B", (9, 0), 60)], 2) == ()


@pytest.mark.parametrize("starts, seen", [((9, 59), True), ((10, 0), False), ((10, 1), False)])
def test_one_may_begin_when_another_ends(starts: tuple[int, int], seen: bool) -> None:
    groups = too_many_at_once([slot("A", (9, 0), 60), slot("B", starts, 30)], 1)
    assert ([one.title for one in groups[0]] == ["A", "B"] if groups else False) is seen


def test_a_third_meeting_at_one_time_is_too_many_for_two() -> None:
    slots = [
        slot("C", (9, 45), 30),
        slot("A", (9, 0), 60),
        slot("B", (9, 30), 60),
        slot("D", (9, 45), 30, LAST),
    ]
    assert [[one.title for one in group] for group in too_many_at_once(slots, 2)] == [["A", "B", "C"]]


def test_a_meeting_ends_after_its_minutes() -> None:
    assert ends(FIRST, time(9, 30), 45) == time(10, 15)


def test_only_the_names_of_what_changed_are_told() -> None:
    assert changed({"a": 1, "b": 2, "c": 3}, {"c": 4, "a": 0, "b": 2}) == ["a", "c"]
