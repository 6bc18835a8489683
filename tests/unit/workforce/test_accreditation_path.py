"""The steps to being accredited as a reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest

from portal.core.rules.rate import rate
from portal.workforce.accreditation.rules.path import Course, Entry, Experience, near_middle, steps

TODAY = date(2026, 11, 22)
ALL = [Course("Scoring fidelity", True), Course("A review visit", True)]


def taken(courses: Sequence[Course] = (), entries: Sequence[Entry] = ()) -> list[bool]:
    return [step.taken for step in steps(courses, entries, TODAY)]


def test_a_missing_course_is_named() -> None:
    learning = steps([ALL[0], Course("A review visit", False)], (), TODAY)[0]
    assert not learning.taken
    assert learning.words == "1 of 2 courses are completed and in date. Missing: A review visit"
    assert taken(ALL)[0]


@pytest.mark.parametrize("count, enough", [(0, False), (1, True), (2, True)])
def test_one_review_is_shadowed(count: int, enough: bool) -> None:
    assert taken(entries=[Entry(Experience.SHADOW, TODAY)] * count)[1] is enough


@pytest.mark.parametrize("count, enough", [(1, False), (2, True), (3, True)])
def test_two_reviews_are_done_beside_a_lead_reviewer(count: int, enough: bool) -> None:
    assert taken(entries=[Entry(Experience.CO_REVIEW, TODAY)] * count)[2] is enough


def test_leading_a_review_counts_as_reviewing_and_shadowing_does_not() -> None:
    entries = [Entry(Experience.LEAD, date(2026, 3, 1)), Entry(Experience.CO_REVIEW, date(2025, 3, 9))]
    step = steps((), entries, TODAY)[2]
    assert (step.taken, step.words) == (True, "2 of 2, the last published on 1 March 2026")
    assert not taken(entries=[Entry(Experience.SHADOW, TODAY)] * 2)[2]


@pytest.mark.parametrize("near, enough", [(19, False), (20, True), (21, True)])
def test_four_fifths_of_a_case_are_near_the_middle(near: int, enough: bool) -> None:
    entry = Entry(Experience.CALIBRATION, TODAY, rate(near, 25))
    assert taken(entries=[entry])[3] is enough


@pytest.mark.parametrize(
    "on, counts", [(date(2025, 11, 21), False), (date(2025, 11, 22), True), (date(2025, 11, 23), True)]
)
def test_a_calibration_counts_for_twelve_months(on: date, counts: bool) -> None:
    assert taken(entries=[Entry(Experience.CALIBRATION, on, rate(25, 25))])[3] is counts


def test_the_newest_calibration_decides() -> None:
    earlier = Entry(Experience.CALIBRATION, date(2026, 5, 1), rate(25, 25))
    newer = Entry(Experience.CALIBRATION, date(2026, 9, 1), rate(13, 25))
    step = steps((), [newer, earlier], TODAY)[3]
    assert not step.taken
    assert step.words == "13 of 25 items within one point of the middle (52%)"


def test_an_item_counts_where_it_is_within_one_point_of_the_median() -> None:
    sheets = {"a": {"x": 5, "y": 1}, "b": {"x": 3, "y": 1}, "c": {"x": 4, "y": 3}}
    assert {name: one.value for name, one in near_middle(sheets).items()} == {
        "a": Fraction(1),
        "b": Fraction(1),
        "c": Fraction(1, 2),
    }


@pytest.mark.parametrize("rating, near", [(4, 1), (5, 0)])
def test_between_two_middle_ratings_their_mean_is_the_middle(rating: int, near: int) -> None:
    sheets = {"a": {"x": 1}, "b": {"x": 3}, "c": {"x": 4}, "d": {"x": rating}}
    middle = {4: Fraction(7, 2), 5: Fraction(7, 2)}[rating]
    assert near_middle(sheets)["d"].numerator == near == int(abs(rating - middle) <= 1)


def test_with_two_raters_there_is_no_middle() -> None:
    assert near_middle({"a": {"x": 1}, "b": {"x": 5}}) == {}
    assert near_middle({}) == {}
