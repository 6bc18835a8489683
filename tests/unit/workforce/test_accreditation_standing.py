"""How accreditations stand, at each edge."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.workforce.accreditation.rules.standing import (
    SOON_DAYS,
    Standing,
    covered_until,
    left_words,
    pressing,
    standing,
)

TODAY = date(2026, 11, 22)


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


@pytest.mark.parametrize(
    "left, stands, words",
    [
        (-2, Standing.EXPIRED, "2 days ago"),
        (-1, Standing.EXPIRED, "1 day ago"),
        (0, Standing.SOON, "Today is the last day"),
        (1, Standing.SOON, "1 day left"),
        (SOON_DAYS - 1, Standing.SOON, "59 days left"),
        (SOON_DAYS, Standing.SOON, "60 days left"),
        (SOON_DAYS + 1, Standing.CURRENT, ""),
    ],
)
def test_an_accreditation_stands_by_its_last_day(left: int, stands: Standing, words: str) -> None:
    assert standing(days(left), TODAY) is stands
    assert left_words(days(left), TODAY) == words


def test_who_never_had_one_has_none() -> None:
    assert standing(None, TODAY) is Standing.NONE
    assert left_words(None, TODAY) == ""


@pytest.mark.parametrize(
    "spans, until",
    [
        ([], None),
        ([(1, 100)], None),
        ([(0, 100)], 100),
        ([(-100, -1)], -1),
        ([(-100, -1), (1, 50)], -1),
        ([(-100, 10), (11, 50)], 50),
        ([(-100, 10), (12, 50)], 10),
        ([(-100, 10), (5, 50), (51, 60), (62, 90)], 60),
        ([(-100, 80), (-50, 10)], 80),
        ([(11, 50), (-100, 10)], 50),
    ],
)
def test_a_renewal_without_a_gap_counts_already(spans: list[tuple[int, int]], until: int | None) -> None:
    found = covered_until([(days(first), days(last)) for first, last in spans], TODAY)
    assert found == (None if until is None else days(until))


def test_what_presses_most_comes_first() -> None:
    people = {"Current": days(300), "Never": None, "Expired": days(-3), "Later": days(50), "Sooner": days(5)}
    order = sorted(people, key=lambda name: pressing(people[name], TODAY, name))
    assert order == ["Sooner", "Later", "Expired", "Never", "Current"]
