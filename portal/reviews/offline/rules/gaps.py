"""Edits that a device has told of and that have not arrived."""

from __future__ import annotations

from collections.abc import Iterable

Range = tuple[int, int]


def missing(arrived: Iterable[int], highest: int) -> list[Range]:
    """The numbers from 1 to `highest` that are not among those arrived, as ranges with both ends in."""
    found: list[Range] = []
    expected = 1
    for seq in sorted({one for one in arrived if 1 <= one <= highest}):
        if seq > expected:
            found.append((expected, seq - 1))
        expected = seq + 1
    if expected <= highest:
        found.append((expected, highest))
    return found


def count(ranges: Iterable[Range]) -> int:
    """How many numbers the ranges hold."""
    return sum(last - first + 1 for first, last in ranges)


def in_words(ranges: Iterable[Range]) -> str:
    """3 to 5 and 9."""
    said = [str(first) if first == last else f"{first} to {last}" for first, last in ranges]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))
