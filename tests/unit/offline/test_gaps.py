"""What a device has told of and what has not arrived."""

from __future__ import annotations

import pytest

from portal.reviews.offline.rules.gaps import count, in_words, missing


@pytest.mark.parametrize(
    "arrived, highest, expected",
    [
        ([], 0, []),
        ([], 3, [(1, 3)]),
        ([1, 2, 3], 3, []),
        ([1, 2], 3, [(3, 3)]),
        ([2, 3], 3, [(1, 1)]),
        ([1, 5, 9], 9, [(2, 4), (6, 8)]),
        ([3, 1, 3, 2], 3, []),
        ([1, 2, 3, 4], 3, []),
    ],
)
def test_missing_numbers_are_found(arrived: list[int], highest: int, expected: list[tuple[int, int]]) -> None:
    assert missing(arrived, highest) == expected


def test_ranges_are_counted_with_both_ends() -> None:
    assert count([(2, 4), (9, 9)]) == 4
    assert count([]) == 0


def test_ranges_are_said_in_words() -> None:
    assert in_words([]) == ""
    assert in_words([(3, 3)]) == "3"
    assert in_words([(3, 19)]) == "3 to 19"
    assert in_words([(1, 2), (4, 4), (7, 9)]) == "1 to 2, 4 and 7 to 9"
