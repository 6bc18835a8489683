"""What is due, what has expired, and who worked with clients before their training."""

from datetime import date, timedelta

import pytest

from portal.workforce.learning.rules.marking import mark
from portal.workforce.learning.rules.module import Answer, Module, Question, RequiredSet, Requirement
from portal.workforce.learning.rules.standing import (
    SOON_DAYS,
    Demanded,
    Done,
    State,
    demanded,
    due_on,
    expiry,
    gate,
    lines,
    newest,
    stand,
)

TODAY = date(2026, 11, 22)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def required(course: str, weeks: int = 4, before_clients: bool = False) -> Requirement:
    return Requirement(course, weeks, before_clients, ())


def a_set(title: str, *requirements: Requirement) -> RequiredSet:
    return RequiredSet(title.lower(), title, "", (), (), requirements)


def wanted(due: date = TODAY) -> Demanded:
    return Demanded("a", due, before_clients=False, sets=())


@pytest.mark.parametrize(("days", "state"), [(-1, State.OVERDUE), (0, State.DUE), (1, State.DUE)])
def test_a_course_is_overdue_from_the_day_after_it_was_due(days: int, state: State) -> None:
    assert stand(wanted(ahead(days)), [], TODAY).state is state


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, State.EXPIRED),
        (0, State.SOON),
        (1, State.SOON),
        (SOON_DAYS - 1, State.SOON),
        (SOON_DAYS, State.SOON),
        (SOON_DAYS + 1, State.DONE),
    ],
)
def test_a_completion_holds_on_its_last_day_still(days: int, state: State) -> None:
    line = stand(wanted(), [Done("a", ahead(-700), ahead(days))], TODAY)
    assert (line.state, line.until) == (state, ahead(days))


def test_what_never_expires_stays_done() -> None:
    line = stand(wanted(), [Done("a", ahead(-5000))], TODAY)
    assert (line.state, line.until) == (State.DONE, None)


@pytest.mark.parametrize(("days", "counts"), [(-1, True), (0, True), (1, False)])
def test_a_completion_counts_from_its_day_on(days: int, counts: bool) -> None:
    assert (newest("a", [Done("a", ahead(days))], TODAY) is not None) is counts


def test_the_completion_that_holds_longest_counts() -> None:
    older, renewed, endless = (
        Done("a", ahead(-9), ahead(1)),
        Done("a", ahead(-1), ahead(9)),
        Done("a", ahead(-99)),
    )
    assert newest("a", [older, renewed], TODAY) == renewed
    assert newest("a", [older, endless, renewed, Done("b", TODAY)], TODAY) == endless


def test_weeks_are_sevens_of_days_from_the_first_day() -> None:
    assert due_on(required("a", 4), date(2026, 11, 2)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("completed", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 11, 22), None, None),
    ],
)
def test_months_are_of_the_calendar(completed: date, months: int | None, last: date | None) -> None:
    assert expiry(completed, months) == last


def test_of_two_sets_the_earlier_day_counts() -> None:
    first = a_set("First", required("a", 8), required("b", 1))
    second = a_set("Second", required("a", 2, before_clients=True))
    found = demanded([(first, TODAY), (second, ahead(7))])
    assert found[0] == Demanded("a", ahead(21), before_clients=True, sets=("First", "Second"))
    assert found[1] == Demanded("b", ahead(7), before_clients=False, sets=("First",))


def test_what_presses_most_comes_first() -> None:
    asked = [Demanded(key, ahead(days), before_clients=False, sets=()) for key, days in
             (("done", 0), ("due", 9), ("late", -3), ("gone", 0), ("soon", 0), ("due-first", 2))]  # fmt: skip
    done = [Done("done", TODAY), Done("gone", ahead(-9), ahead(-1)), Done("soon", ahead(-9), ahead(5))]
    assert [line.demanded.course for line in lines(asked, done, TODAY)] == [
        "gone", "late", "soon", "due-first", "due", "done",
    ]  # fmt: skip
    assert [line.state.out_of_date for line in lines(asked, done, TODAY)] == [True, True, *[False] * 4]


RULE = (required("a", before_clients=True), required("b", before_clients=True), required("free"))


@pytest.mark.parametrize(("days", "passed"), [(-1, True), (0, True), (1, False)])
def test_the_gate_asks_for_training_by_the_first_day_with_a_client(days: int, passed: bool) -> None:
    done = [Done("a", ahead(days)), Done("b", ahead(-30))]
    found = gate(RULE, done, ahead(-60), TODAY)
    assert found.passed is passed
    assert (found.missing, found.late) == ((), () if passed else ("a",))


@pytest.mark.parametrize(("days", "passed"), [(-1, False), (0, True), (1, True)])
def test_training_must_hold_on_the_first_day_with_a_client(days: int, passed: bool) -> None:
    done = [Done("a", ahead(-400), ahead(days)), Done("b", ahead(-30))]
    assert gate(RULE, done, ahead(-60), TODAY).passed is passed


def test_what_was_never_completed_is_missing() -> None:
    found = gate(RULE, [Done("free", ahead(-30))], ahead(-60), TODAY)
    assert found.missing == ("a", "b")


def test_without_clients_nothing_is_missing() -> None:
    assert gate(RULE, [], ahead(-60), None).passed


def test_clients_of_an_earlier_role_count_from_the_start_of_this_one() -> None:
    done = [Done("a", ahead(-61)), Done("b", ahead(-60))]
    assert gate(RULE, done, ahead(-60), ahead(-500)).passed
    assert not gate(RULE, done, ahead(-62), ahead(-500)).passed


def quiz(pass_right: int) -> Module:
    answers = (Answer("Yes", "So.", right=True), Answer("No", "Not so.", right=False))
    questions = (Question("?", answers),) * 4
    return Module("k", 1, "T", "S", (), 1, (), (), questions, pass_right, 4, None, ())


@pytest.mark.parametrize(("right", "passed"), [(2, False), (3, True), (4, True)])
def test_a_quiz_is_passed_from_the_pass_mark_on(right: int, passed: bool) -> None:
    marked = mark(quiz(3), [0] * right + [1] * (4 - right))
    assert (marked.right, marked.of, marked.passed) == (right, 4, passed)


@pytest.mark.parametrize("chosen", [[0, 0, 0], [0, 0, 0, 2], [0, 0, 0, -1]])
def test_an_answer_that_is_missing_or_none_is_refused(chosen: list[int]) -> None:
    with pytest.raises(ValueError, match="answer"):
        mark(quiz(3), chosen)
