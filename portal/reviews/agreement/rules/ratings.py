"""Ratings of units by raters, as the statistics take them.

A unit is whatever was rated once by each rater: an item of one review, a case, a person. How often each
row of ratings occurs is all that the statistics need; two raters on a scale of five give at most 35
different rows, whether there are ten units or a million.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Row = tuple[int | None, ...]
MOST_CATEGORIES = 101


@dataclass(frozen=True)
class Categories:
    """The whole range that a rating may take, both ends included; used or not, each is a category."""

    lowest: int = 1
    highest: int = 5

    def __post_init__(self) -> None:
        if not self.lowest < self.highest:
            raise ValueError("the highest category must be above the lowest")
        if self.highest - self.lowest >= MOST_CATEGORIES:
            raise ValueError(f"there can be at most {MOST_CATEGORIES} categories")

    def __contains__(self, rating: int) -> bool:
        return self.lowest <= rating <= self.highest

    @property
    def values(self) -> range:
        return range(self.lowest, self.highest + 1)


SCALE = Categories()  # of every fidelity scale


@dataclass(frozen=True)
class Ratings:
    """Each row of ratings (one place per rater, None: not rated) and how many units have it."""

    raters: tuple[str, ...]
    counts: Mapping[Row, int]
    categories: Categories = SCALE

    @property
    def units(self) -> int:
        """All units, also those that fewer than two raters rated."""
        return sum(self.counts.values())

    @property
    def paired(self) -> int:
        """Units that at least two raters rated."""
        return sum(times for row, times in self.counts.items() if len(row) - row.count(None) > 1)

    def pairs(self) -> Counter[tuple[int, int]]:
        """Every two ratings of one unit, whoever gave them, and how often they occur."""
        found: Counter[tuple[int, int]] = Counter()
        for row, times in self.counts.items():
            for one, other in combinations([rating for rating in row if rating is not None], 2):
                found[one, other] += times
        return found

    def between(self, one: int, other: int) -> Counter[tuple[int, int]]:
        """The pairs of two raters, by their places, over the units that both rated."""
        found: Counter[tuple[int, int]] = Counter()
        for row, times in self.counts.items():
            left, right = row[one], row[other]
            if left is not None and right is not None:
                found[left, right] += times
        return found

    def complete(self) -> dict[tuple[int, ...], int]:
        """The rows without a gap: units that every rater rated."""
        return {
            tuple(rating for rating in row if rating is not None): times
            for row, times in self.counts.items()
            if None not in row
        }


def gather(
    raters: Sequence[str], rows: Iterable[Sequence[int | None]], categories: Categories = SCALE
) -> Ratings:
    """Count the rows. Raises ValueError for a rating outside the categories or a row of another length."""
    counts: Counter[Row] = Counter(tuple(row) for row in rows)
    for row in counts:
        if len(row) != len(raters):
            raise ValueError(f"a row of {len(row)} ratings for {len(raters)} raters")
        if any(rating is not None and rating not in categories for rating in row):
            raise ValueError(f"a rating outside {categories.lowest} to {categories.highest}: {row}")
    return Ratings(tuple(raters), counts, categories)
