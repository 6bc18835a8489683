"""Courses for the clinical staff of host teams: states, uptake, what may be entered, and the file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.core.rules.months import months_before
from portal.scales.rules.errors import DefinitionError
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.clinical import (
    MOST_AHEAD,
    MOST_ATTENDING,
    TRAINED_MONTHS,
    CourseDetails,
    CourseState,
    HeldCourse,
    Profession,
    added,
    course_problems,
    state_of,
    uptake,
)
from portal.workforce.learning.rules.module import ClinicalCourse
from portal.workforce.learning.rules.reading import load_clinical

TODAY = date(2026, 11, 22)
SINCE = months_before(TODAY, TRAINED_MONTHS)
DETAILS = CourseDetails("one-team", TODAY)
KEYS = ("one-team",)
NURSES = Profession.NURSING


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, CourseState.UNCOUNTED), (0, CourseState.PLANNED), (1, CourseState.PLANNED)],
)
def test_attendance_is_missing_from_the_day_after_the_course(days: int, state: CourseState) -> None:
    assert state_of(ahead(days), 0, TODAY, cancelled=False) is state


def test_a_course_is_held_once_somebody_is_counted_and_never_when_it_is_cancelled() -> None:
    assert state_of(TODAY, 1, TODAY, cancelled=False) is CourseState.HELD
    assert state_of(TODAY, 1, TODAY, cancelled=True) is CourseState.CANCELLED


@pytest.mark.parametrize(("days", "trained"), [(-1, False), (0, True), (1, True)])
def test_a_team_is_trained_by_a_course_of_the_last_twelve_months(days: int, trained: bool) -> None:
    on = SINCE + timedelta(days=days)
    found = uptake([HeldCourse(on, 4)], TODAY)
    assert (found.trained, found.last_on, found.people) == (trained, on, 4 if trained else 0)


def test_uptake_counts_what_was_held_and_names_what_comes_next() -> None:
    courses = [
        HeldCourse(ahead(-400), 9),
        HeldCourse(ahead(-90), 5),
        HeldCourse(ahead(-30), 3),
        HeldCourse(ahead(-20), 0),  # nobody counted yet
        HeldCourse(ahead(-10), 7, cancelled=True),
        HeldCourse(ahead(40), 0),
        HeldCourse(ahead(20), 0),
        HeldCourse(ahead(5), 0, cancelled=True),
    ]
    found = uptake(courses, TODAY)
    assert (found.trained, found.last_on, found.next_on, found.people) == (True, ahead(-30), ahead(20), 8)
    nothing = uptake([], TODAY)
    assert (nothing.trained, nothing.last_on, nothing.next_on, nothing.people) == (False, None, None, 0)


@pytest.mark.parametrize(
    ("people", "sound"), [(-1, False), (0, True), (MOST_ATTENDING, True), (MOST_ATTENDING + 1, False)]
)
def test_a_number_of_people_lies_within_bounds(people: int, sound: bool) -> None:
    problems = course_problems(replace(DETAILS, attended={NURSES: people}), KEYS, 1, TODAY)
    assert (NURSES.field not in problems) is sound


@pytest.mark.parametrize(("days", "sound"), [(-1, True), (0, True), (1, False)])
def test_nobody_came_to_a_course_of_a_day_to_come(days: int, sound: bool) -> None:
    details = CourseDetails("one-team", ahead(days), {NURSES: 3})
    assert ("on" not in course_problems(details, KEYS, 1, TODAY)) is sound
    assert course_problems(replace(details, attended={NURSES: 0}), KEYS, 1, TODAY) == {}


@pytest.mark.parametrize(("days", "sound"), [(-1, True), (0, True), (1, False)])
def test_a_course_is_planned_within_two_years(days: int, sound: bool) -> None:
    details = replace(DETAILS, on=TODAY + MOST_AHEAD + timedelta(days=days))
    assert ("on" not in course_problems(details, KEYS, 1, TODAY)) is sound


def test_people_are_counted_of_one_team_and_planning_may_be_for_several() -> None:
    held = replace(DETAILS, attended={NURSES: 2})
    assert set(course_problems(held, KEYS, 2, TODAY)) == {"teams"}
    assert course_problems(held, KEYS, 1, TODAY) == {}
    assert course_problems(DETAILS, KEYS, 2, TODAY) == {}
    assert set(course_problems(replace(DETAILS, course="none"), KEYS, 0, TODAY)) == {"course", "teams"}


def test_counts_of_several_courses_are_added_by_profession() -> None:
    assert added([{NURSES: 2}, {NURSES: 1, Profession.PEER: 4}, {}]) == {NURSES: 3, Profession.PEER: 4}


@pytest.mark.parametrize("course", catalogue().clinical.values(), ids=lambda course: course.key)
def test_each_course_says_what_to_go_through_and_where_it_comes_from(course: ClinicalCourse) -> None:
    assert 4 <= len(course.points) <= 6
    assert course.about.endswith(".")
    assert course.after.endswith(".")
    assert any(source.document == "IPS-25 fidelity scale" for source in course.sources)
    assert re.fullmatch(r"[a-z0-9-]+", course.key)


GOOD = """[[courses]]
key = "a"
title = "A"
audience = "Everybody"
minutes = 30
about = "It."
points = ["one"]
after = "They do."
sources = [{ document = "D", section = "1" }]
"""


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('points = ["one"]', "points = []", "points"),
        ("minutes = 30", "minutes = 181", "minutes"),
        ('after = "They do."\n', "", "after"),
        ('title = "A"', 'title = "A"\nmore = 1', "more"),
    ],
)
def test_a_file_that_does_not_hold_is_refused_by_field(old: str, new: str, word: str) -> None:
    assert [one.key for one in load_clinical(GOOD, "clinical.toml")] == ["a"]
    with pytest.raises(DefinitionError, match=word):
        load_clinical(GOOD.replace(old, new), "clinical.toml")


def test_a_course_is_there_once() -> None:
    with pytest.raises(DefinitionError, match="twice"):
        load_clinical(GOOD + GOOD, "clinical.toml")
