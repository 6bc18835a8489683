"""Pages of a list, and how long a failed job waits."""

from datetime import timedelta

import pytest

from portal.core.rules.paging import Paging
from portal.core.rules.retrying import MOST_ATTEMPTS, wait_after


@pytest.mark.parametrize(
    "asked, number",
    [(None, 1), ("1", 1), ("3", 3), ("4", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 30, 1)],
)
def test_a_page_that_is_none_becomes_one_that_is(asked: str | None, number: int) -> None:
    assert Paging.of(asked, 101).number == number


@pytest.mark.parametrize("total, last", [(0, 1), (49, 1), (50, 1), (51, 2), (100, 2), (101, 3)])
def test_the_last_page_is_as_full_as_rows_are_left(total: int, last: int) -> None:
    assert Paging.of("1", total).last == last


def test_the_rows_of_a_page_are_named() -> None:
    page = Paging.of("3", 101)
    assert (page.offset, page.first_row, page.last_row) == (100, 101, 101)
    assert Paging.of("1", 0).first_row == 0


def test_a_failed_job_waits_longer_each_time_and_is_given_up_after_the_fifth() -> None:
    waits = [wait_after(attempt) for attempt in range(1, MOST_ATTEMPTS + 1)]
    assert waits[0] == timedelta(minutes=1)
    kept = [wait for wait in waits if wait is not None]
    assert kept == sorted(kept)
    assert len(kept) == MOST_ATTEMPTS - 1
    assert wait_after(MOST_ATTEMPTS + 1) is None
