"""Days from a first to a last: both are included, at every edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from portal.core.rules.spans import Lasting, covers, overlap

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (FIRST - DAY, False),
        (FIRST, True),
        (FIRST + DAY, True),
        (LAST - DAY, True),
        (LAST, True),
        (LAST + DAY, False),
    ],
)
def test_a_span_covers_its_first_and_its_last_day(on: date, expected: bool) -> None:
    assert covers(FIRST, LAST, on) is expected


def test_without_a_last_day_a_span_goes_on() -> None:
    assert covers(FIRST, None, date(2099, 1, 1))
    assert not covers(FIRST, None, FIRST - DAY)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ((FIRST - 9 * DAY, FIRST - DAY), False),
        ((FIRST - 9 * DAY, FIRST), True),
        ((FIRST + DAY, LAST - DAY), True),
        ((LAST, None), True),
        ((LAST + DAY, None), False),
    ],
)
def test_two_spans_overlap_where_they_share_a_day(other: tuple[date, date | None], expected: bool) -> None:
    assert overlap(FIRST, LAST, *other) is expected
    assert overlap(*other, FIRST, LAST) is expected


def test_two_spans_that_go_on_share_a_day_at_last() -> None:
    assert overlap(FIRST, None, LAST, None)


@dataclass(frozen=True)
class _Post(Lasting):
    first: date
    last: date | None = None


def test_what_lasts_covers_and_meets_by_its_own_days() -> None:
    assert _Post(FIRST, LAST).covers(LAST)
    assert not _Post(FIRST, LAST).covers(LAST + DAY)
    assert _Post(FIRST, LAST).meets(LAST, None)
    assert not _Post(FIRST, LAST).meets(LAST + DAY, None)
    assert _Post(FIRST).meets(LAST + DAY, LAST + DAY)
