"""The three limits on sign-in tries, each at its edge."""

from datetime import timedelta

import pytest

from portal.accounts.rules.throttle import LIMITS, Level, refused


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("beyond, expected", [(-1, False), (0, True), (1, True)])
def test_a_limit_refuses_once_it_is_reached(level: Level, beyond: int, expected: bool) -> None:
    counts = dict.fromkeys(Level, 0) | {level: LIMITS[level].failures + beyond}
    assert (refused(counts) is level) is expected


def test_the_limits_are_those_of_the_promise() -> None:
    assert (LIMITS[Level.PAIR].failures, LIMITS[Level.PAIR].within) == (10, timedelta(minutes=15))
    assert (LIMITS[Level.ADDRESS].failures, LIMITS[Level.ADDRESS].within) == (50, timedelta(minutes=15))
    assert (LIMITS[Level.ACCOUNT].failures, LIMITS[Level.ACCOUNT].within) == (100, timedelta(days=1))


def test_without_failures_a_try_may_be_made() -> None:
    assert refused(dict.fromkeys(Level, 0)) is None
