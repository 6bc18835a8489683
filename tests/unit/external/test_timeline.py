"""Dates and standing of the steps of a review."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.programmes.registry import default_review
from portal.programmes.rules.review import Anchor, Fact, Unit
from portal.reviews.external.rules.timeline import (
    Dates,
    Line,
    Status,
    anchors,
    by_fact,
    lines,
    pressing,
    shift,
)

PROCESS = default_review()
FROM, TO = date(2026, 6, 16), date(2026, 6, 17)
VISIT = Dates(FROM, TO)


def line(key: str, today: date, dates: Dates = VISIT, done: dict[str, date] | None = None) -> Line:
    return next(one for one in lines(PROCESS, dates, done or {}, today) if one.step.key == key)


@pytest.mark.parametrize(
    ("day", "offset", "unit", "then"),
    [
        (date(2026, 8, 31), -2, Unit.MONTHS, date(2026, 6, 30)),
        (date(2026, 5, 31), -2, Unit.MONTHS, date(2026, 3, 31)),
        (date(2026, 5, 31), -1, Unit.MONTHS, date(2026, 4, 30)),
        (date(2024, 4, 29), -2, Unit.MONTHS, date(2024, 2, 29)),  # a leap year
        (date(2024, 4, 30), -2, Unit.MONTHS, date(2024, 2, 29)),
        (date(2025, 4, 29), -2, Unit.MONTHS, date(2025, 2, 28)),
        (date(2000, 4, 30), -2, Unit.MONTHS, date(2000, 2, 29)),
        (date(2100, 4, 30), -2, Unit.MONTHS, date(2100, 2, 28)),  # no leap year
        (date(2026, 1, 31), -2, Unit.MONTHS, date(2025, 11, 30)),
        (date(2026, 2, 15), -2, Unit.MONTHS, date(2025, 12, 15)),
        (date(2025, 9, 30), 5, Unit.MONTHS, date(2026, 2, 28)),
        (date(2023, 9, 30), 5, Unit.MONTHS, date(2024, 2, 29)),
        (date(2026, 7, 31), 5, Unit.MONTHS, date(2026, 12, 31)),
        (date(2026, 8, 1), 5, Unit.MONTHS, date(2027, 1, 1)),
        (date(2026, 3, 1), -3, Unit.WEEKS, date(2026, 2, 8)),
        (date(2024, 3, 1), -1, Unit.DAYS, date(2024, 2, 29)),
        (date(2026, 3, 1), 0, Unit.MONTHS, date(2026, 3, 1)),
        (date(2026, 3, 29), 4, Unit.WEEKS, date(2026, 4, 26)),  # over the change of the clocks
    ],
)
def test_offsets_are_calendar_months_weeks_and_days(day: date, offset: int, unit: Unit, then: date) -> None:
    assert shift(day, offset, unit) == then


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-24, 24))
def test_a_month_shifted_is_that_month_and_the_same_day_or_its_last(day: date, offset: int) -> None:
    then = shift(day, offset, Unit.MONTHS)
    assert then.year * 12 + then.month == day.year * 12 + day.month + offset
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


@pytest.mark.parametrize("offset", [-12 * 3000, 12 * 9000])
def test_beyond_the_calendar_is_refused(offset: int) -> None:
    with pytest.raises(OverflowError):
        shift(date(2026, 1, 1), offset, Unit.MONTHS)


def test_before_the_visit_everything_counts_from_its_first_day_and_the_report_from_its_last() -> None:
    due = {one.step.key: one.due for one in lines(PROCESS, VISIT, {}, date(2026, 1, 1))}
    assert due["agreement"] == date(2026, 4, 16)
    assert due["self-audit"] == date(2026, 5, 26)
    assert due["timetable"] == due["snapshot"] == date(2026, 6, 2)
    assert due["presentation"] == due["moderation"] == TO + timedelta(days=28)
    assert due["feedback"] == TO + timedelta(days=28 + 7)
    assert due["purge"] == TO + timedelta(days=28 + 7 + 14)
    assert due["action-plan"] == TO + timedelta(days=28 + 42)
    assert due["support"] == date(2026, 12, 15)


def test_after_the_presentation_later_steps_count_from_its_own_day() -> None:
    dates = Dates(FROM, TO, presented_on=date(2026, 7, 1))
    found = {one.step.key: one for one in lines(PROCESS, dates, {}, date(2026, 7, 2))}
    assert found["feedback"].due == date(2026, 7, 8)
    assert found["action-plan"].due == date(2026, 8, 12)
    assert found["support"].due == date(2026, 12, 1)
    assert not found["feedback"].expected
    assert found["purge"].expected
    assert found["purge"].due == date(2026, 7, 22)


def test_the_purge_counts_from_publication() -> None:
    dates = Dates(FROM, TO, presented_on=date(2026, 7, 1), published_on=date(2026, 7, 20))
    purge = line("purge", date(2026, 7, 21), dates)
    assert (purge.due, purge.expected, purge.status) == (date(2026, 8, 3), False, Status.WAITING)


@pytest.mark.parametrize(("late", "pushed"), [(-1, 0), (0, 0), (1, 1), (30, 30)])
def test_an_expected_date_is_never_past(late: int, pushed: int) -> None:
    last = TO + timedelta(days=28)
    found = anchors(PROCESS, VISIT, last + timedelta(days=late))
    assert found[Anchor.PRESENTATION] == (last + timedelta(days=pushed), True)
    assert found[Anchor.PUBLICATION] == (last + timedelta(days=pushed + 7), True)
    assert line("feedback", last + timedelta(days=late)).status is Status.EXPECTED


@pytest.mark.parametrize(
    ("before", "status", "words"),
    [
        (8, Status.WAITING, "in 8 days"),
        (7, Status.SOON, "in 7 days"),
        (6, Status.SOON, "in 6 days"),
        (1, Status.SOON, "in 1 day"),
        (0, Status.SOON, "due today"),
        (-1, Status.OVERDUE, "1 day late"),
        (-2, Status.OVERDUE, "2 days late"),
    ],
)
def test_a_deadline_is_soon_within_a_week_and_overdue_after_its_day(
    before: int, status: Status, words: str
) -> None:
    due = date(2026, 6, 2)
    found = line("timetable", due - timedelta(days=before))
    assert (found.due, found.status, found.words) == (due, status, words)


@pytest.mark.parametrize(
    ("today", "status", "words"),
    [
        (FROM - timedelta(days=8), Status.WAITING, "in 8 days"),
        (FROM - timedelta(days=7), Status.SOON, "in 7 days"),
        (FROM - timedelta(days=1), Status.SOON, "in 1 day"),
        (FROM, Status.UNDER_WAY, "ends in 1 day"),
        (TO, Status.UNDER_WAY, "ends today"),
        (TO + timedelta(days=1), Status.OVERDUE, "1 day late"),
    ],
)
def test_fieldwork_goes_on_from_its_first_to_its_last_day(today: date, status: Status, words: str) -> None:
    found = line("fieldwork", today)
    assert (found.starts, found.due, found.status, found.words) == (FROM, TO, status, words)


def test_what_is_done_says_when_whatever_its_date() -> None:
    found = line("agreement", date(2026, 6, 30), done={"agreement": date(2026, 4, 1)})
    assert (found.status, found.done_on, found.words) == (Status.DONE, date(2026, 4, 1), "")


def test_preparation_nobody_ticked_off_is_not_overdue_once_the_visit_is_over() -> None:
    today = TO + timedelta(days=3)
    assert line("agreement", today).status is Status.OVERDUE
    over = {"fieldwork": TO}
    for key in ("agreement", "self-audit"):
        assert line(key, today, done=over).status is Status.LAPSED
    assert line("report", today, done=over).status is Status.WAITING


def test_a_cancelled_review_asks_for_nothing_more() -> None:
    found = lines(PROCESS, VISIT, {"agreement": FROM}, date(2026, 6, 30), stopped=True)
    assert {one.status for one in found if one.step.key != "agreement"} == {Status.STOPPED}
    assert not any(one.is_open for one in found)


@pytest.mark.parametrize("virtual", [True, False])
def test_virtual_reviews_alone_plan_how_evidence_is_shared(virtual: bool) -> None:
    keys = [one.step.key for one in lines(PROCESS, Dates(FROM, TO, virtual=virtual), {}, FROM)]
    assert ("virtual-sharing" in keys) is virtual
    assert len(keys) == (19 if virtual else 18)


def test_steps_come_in_order_of_their_day_and_within_a_day_as_the_programme_has_them() -> None:
    found = lines(PROCESS, VISIT, {}, date(2026, 1, 1))
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert [one.step.key for one in found][:3] == ["read-up", "first-call", "agreement"]


def test_what_the_portal_knows_completes_its_step() -> None:
    auto = {Fact.PRESENTED: date(2026, 7, 1), Fact.PURGED: date(2026, 8, 1)}
    assert by_fact(PROCESS, auto) == {"presentation": date(2026, 7, 1), "purge": date(2026, 8, 1)}
    assert by_fact(PROCESS, {}) == {}


def test_the_panel_has_all_that_is_overdue_and_the_next_three() -> None:
    overdue, coming = pressing(lines(PROCESS, VISIT, {"read-up": FROM}, date(2026, 5, 27)))
    assert [one.step.key for one in overdue] == [
        "first-call", "agreement", "information-governance", "interviewees", "portfolio", "self-audit"
    ]  # fmt: skip
    assert [one.step.key for one in coming] == ["timetable", "snapshot", "catch-up-call"]
