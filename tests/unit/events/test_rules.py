"""Places, states, series, times, codes and feedback of events."""

from __future__ import annotations

from datetime import date, time

import pytest

from portal.core.errors import Refused
from portal.events.rules import booking, codes, feedback, repeating
from portal.events.rules.booking import BookingState
from portal.events.rules.draft import EventDraft, Times, web_address
from portal.events.rules.feedback import Satisfaction
from portal.events.rules.kinds import EventKind
from portal.events.rules.repeating import Repeat
from portal.events.rules.state import TABLE, EventAction, EventState, after, may
from portal.events.rules.times import time_of


@pytest.mark.parametrize(
    "taken, words, gets",
    [
        (18, "2 places left", BookingState.BOOKED),
        (19, "1 place left", BookingState.BOOKED),
        (20, "Full: waiting list open", BookingState.WAITING),
        (21, "Full: waiting list open", BookingState.WAITING),
    ],
)
def test_the_last_place_of_twenty(taken: int, words: str, gets: BookingState) -> None:
    assert booking.left_words(20, taken) == words
    assert booking.standing(20, taken) is gets


def test_without_a_limit_there_are_places_for_everybody() -> None:
    assert booking.left(None, 5000) is None
    assert booking.standing(None, 5000) is BookingState.BOOKED
    assert booking.moving_up(None, 20, 7) == 7


@pytest.mark.parametrize(
    "capacity, taken, up", [(20, 20, 0), (20, 19, 1), (20, 15, 5), (20, 14, 5), (19, 20, 0)]
)
def test_as_many_move_up_as_there_are_places_and_people_waiting(capacity: int, taken: int, up: int) -> None:
    assert booking.moving_up(capacity, taken, 5) == up


@pytest.mark.parametrize(
    "capacity, sound", [(0, False), (1, False), (6, False), (7, True), (8, True), (None, True)]
)
def test_there_are_never_fewer_places_than_people_who_have_one(capacity: int | None, sound: bool) -> None:
    assert (booking.capacity_problem(capacity, 7) is None) is sound


def test_one_table_says_what_can_be_done() -> None:
    assert after(EventState.PLANNED, EventAction.PUBLISH) is EventState.PUBLISHED
    assert after(EventState.PUBLISHED, EventAction.MOVE) is EventState.PUBLISHED
    assert after(EventState.HELD, EventAction.REOPEN) is EventState.PUBLISHED
    for state in EventState:
        for action in EventAction:
            if (state, action) not in TABLE:
                assert not may(state, action)
                with pytest.raises(Refused):
                    after(state, action)
    assert not any(state is EventState.CANCELLED for state, _ in TABLE), "a cancelled event stays cancelled"


def test_the_days_of_a_series() -> None:
    weekly = repeating.days_of(date(2026, 3, 24), Repeat.WEEKLY, 3)
    assert weekly == [date(2026, 3, 24), date(2026, 3, 31), date(2026, 4, 7)]
    monthly = repeating.days_of(date(2026, 1, 31), Repeat.MONTHLY, 3)
    assert monthly == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    quarterly = repeating.days_of(date(2026, 11, 30), Repeat.QUARTERLY, 3)
    assert quarterly == [date(2026, 11, 30), date(2027, 2, 28), date(2027, 5, 30)]


@pytest.mark.parametrize(
    "count, sound", [(None, False), (1, False), (2, True), (3, True), (26, True), (27, False)]
)
def test_how_many_a_series_has(count: int | None, sound: bool) -> None:
    assert (repeating.count_problem(count) is None) is sound


@pytest.mark.parametrize(
    "typed, means",
    [
        ("10:30", time(10, 30)), ("9.15", time(9, 15)), ("2pm", time(14)), ("12am", time(0)),
        ("12 pm", time(12)), ("14", time(14)), ("23:59", time(23, 59)), ("24", None), ("10:60", None),
        ("13pm", None), ("0am", None), ("", None), (None, None), ("noon", None), ("１０", None),
    ],
)  # fmt: skip
def test_times_as_people_write_them(typed: str | None, means: time | None) -> None:
    assert time_of(typed) == means


def test_a_code_holds_on_its_day_and_forgives_how_it_is_typed() -> None:
    code = codes.new_code(lambda signs: signs[0])
    assert code == "AAAAAA"
    assert codes.opens(code, date(2026, 5, 4), " aaa-aaa ", date(2026, 5, 4))
    assert not codes.opens(code, date(2026, 5, 4), code, date(2026, 5, 3))
    assert not codes.opens(code, date(2026, 5, 4), code, date(2026, 5, 5))
    assert not codes.opens(None, None, "", date(2026, 5, 4))
    assert not set("01OI") & set(codes.ALPHABET)


@pytest.mark.parametrize("answers, shown", [(0, False), (4, False), (5, True), (6, True)])
def test_results_are_shown_from_five_answers_on(answers: int, shown: bool) -> None:
    found = feedback.results([Satisfaction.GOOD] * answers)
    assert found.answers == answers
    assert (found.counts is not None) is shown
    assert (found.satisfied is not None) is shown


def test_good_and_excellent_are_satisfied() -> None:
    found = feedback.results(list(Satisfaction)).satisfied
    assert found is not None
    assert (found.numerator, found.denominator) == (2, 5)


@pytest.mark.parametrize("ends, sound", [(time(9, 59), False), (time(10), False), (time(10, 1), True)])
def test_an_event_ends_after_it_begins(ends: time, sound: bool) -> None:
    assert (Times(date(2026, 5, 4), time(10), ends).problems() == {}) is sound


def test_what_is_missing_is_said_at_its_field() -> None:
    found = EventDraft(EventKind.TRAINING, "", join_link="http://example.org", capacity=0).problems()
    assert set(found) == {"title", "summary", "place", "capacity", "join_link"}
    assert (
        EventDraft(
            EventKind.TRAINING, "Title", "Summary", online=True, join_link="https://example.org/x"
        ).problems()
        == {}
    )
    assert set(EventDraft(EventKind.TRAINING, "T" * 161, "S" * 301, online=True).problems()) == {
        "title",
        "summary",
    }
    assert EventDraft(EventKind.TRAINING, "T" * 160, "S" * 300, online=True).problems() == {}


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "//example.org", "https://", "https://a b", "https://[", ""]
)
def test_what_is_no_web_address(text: str) -> None:
    assert not web_address(text)
