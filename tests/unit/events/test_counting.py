"""Events held against events planned."""

from __future__ import annotations

import uuid
from datetime import date
from fractions import Fraction

import pytest

from portal.core.rules.quarters import Quarter
from portal.events.rules.counting import EventFact, Outcome, PlannedLine, counted, events_rate
from portal.events.rules.kinds import EventKind
from portal.events.rules.planning import baseline_problem, change_problem, fixed_by_itself
from portal.events.rules.state import EventState

Q3 = Quarter(2026, 3)  # October to December 2026
TODAY = date(2027, 2, 1)
LINES = [PlannedLine(uuid.uuid4(), EventKind.TRAINING, f"Event {number}", Q3.first) for number in range(4)]


def fact(on: date, state: EventState = EventState.HELD, line: int | None = None) -> EventFact:
    line_id = None if line is None else LINES[line].id
    return EventFact(uuid.uuid4(), EventKind.TRAINING, "Event", on, state, line_id)


def share(lines: list[PlannedLine], *events: EventFact, planned: int | None = None) -> Fraction | None:
    return events_rate(len(lines) if planned is None else planned, counted(Q3, lines, events, TODAY)).value


def test_no_plan_is_no_target_and_neither_nought_nor_all() -> None:
    held = fact(date(2026, 10, 1))
    for planned in (None, 0):
        rate = events_rate(planned, counted(Q3, [], [held], TODAY))
        assert rate.value is None
        assert rate.percent() == "–"
        assert rate.numerator == 1, "what was held is known all the same"


def test_a_cancelled_event_is_not_held() -> None:
    events = [fact(date(2026, 10, 5), line=0), fact(date(2026, 10, 6), EventState.CANCELLED, 1)]
    assert share(LINES[:2], *events) == Fraction(1, 2)


def test_nor_is_one_that_is_only_published() -> None:
    assert share(LINES[:1], fact(date(2026, 10, 5), EventState.PUBLISHED, 0)) == 0


@pytest.mark.parametrize(
    "on, outcome, share_here",
    [
        (date(2026, 9, 30), Outcome.HELD_ELSEWHEN, 0),
        (date(2026, 10, 1), Outcome.HELD, 1),
        (date(2026, 12, 31), Outcome.HELD, 1),
        (date(2027, 1, 1), Outcome.HELD_ELSEWHEN, 0),
    ],
)
def test_a_moved_event_counts_where_it_was_held(on: date, outcome: Outcome, share_here: int) -> None:
    event = fact(on, line=0)
    (record,) = counted(Q3, LINES[:1], [event], TODAY)
    assert record.outcome is outcome
    assert share(LINES[:1], event) == share_here


def test_one_moved_here_from_another_quarter_counts_beyond_the_plan() -> None:
    event = EventFact(
        uuid.uuid4(), EventKind.TRAINING, "Moved", date(2026, 10, 2), EventState.HELD, uuid.uuid4()
    )
    (line, added) = counted(Q3, LINES[:1], [event], TODAY)
    assert (line.outcome, added.outcome) == (Outcome.UNARRANGED, Outcome.ADDED)
    assert share(LINES[:1], event) == 1


def test_more_held_than_planned_is_over_a_hundred() -> None:
    events = [fact(date(2026, 11, day)) for day in (1, 2, 3)]
    assert share(LINES[:2], *events) == Fraction(3, 2)


def test_every_planned_event_is_listed_with_what_became_of_it() -> None:
    events = [
        fact(date(2026, 10, 5), line=0),
        fact(date(2027, 1, 5), EventState.PUBLISHED, 1),
        fact(date(2026, 12, 5), EventState.PUBLISHED, 2),
    ]
    outcomes = [record.outcome for record in counted(Q3, LINES, events, date(2026, 11, 1))]
    assert outcomes == [Outcome.HELD, Outcome.MOVED, Outcome.TO_COME, Outcome.UNARRANGED]


@pytest.mark.parametrize(
    "today, outcome",
    [
        (date(2026, 12, 4), Outcome.TO_COME),
        (date(2026, 12, 5), Outcome.TO_COME),
        (date(2026, 12, 6), Outcome.UNMARKED),
    ],
)
def test_an_event_that_nobody_marked_says_so_from_the_day_after(today: date, outcome: Outcome) -> None:
    event = fact(date(2026, 12, 5), EventState.PUBLISHED, 0)
    (record,) = counted(Q3, LINES[:1], [event], today)
    assert record.outcome is outcome
    assert not record.counts


@pytest.mark.parametrize(
    "today, sound", [(date(2026, 9, 30), False), (Q3.first, True), (Q3.last, True), (date(2027, 1, 1), False)]
)
def test_a_plan_is_fixed_while_its_quarter_runs(today: date, sound: bool) -> None:
    assert (baseline_problem(Q3, False, 1, today) is None) is sound
    assert baseline_problem(Q3, True, 1, today) is not None
    assert baseline_problem(Q3, False, 0, today) is not None


@pytest.mark.parametrize(
    "today, sound", [(date(2026, 1, 1), True), (Q3.last, True), (date(2027, 1, 1), False)]
)
def test_a_plan_is_changed_until_it_is_fixed_or_over(today: date, sound: bool) -> None:
    assert (change_problem(Q3, False, today) is None) is sound
    assert change_problem(Q3, True, today) is not None


@pytest.mark.parametrize(
    "made, today, fixed",
    [
        (date(2026, 9, 30), date(2026, 9, 30), False),
        (date(2026, 9, 30), Q3.first, True),
        (date(2026, 9, 30), Q3.last, True),
        (date(2026, 9, 30), date(2027, 1, 1), False),
        (Q3.first, Q3.first, False),
        (Q3.first, date(2026, 10, 2), False),
    ],
)
def test_the_portal_fixes_what_was_planned_before_the_quarter_opened(
    made: date, today: date, fixed: bool
) -> None:
    assert fixed_by_itself(Q3, made, today) is fixed
