"""Krippendorff's alpha, by the library of that name.

Krippendorff (2019), Content Analysis, 4th edition, chapter 12. Any number of raters and any gaps; units
that fewer than two rated do not count. The value domain is the whole range of the scale, never just the
ratings that occurred.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from portal.reviews.agreement.rules.ratings import Categories, Ratings, Row


class Level(StrEnum):
    """How far apart two ratings are taken to be."""

    NOMINAL = "nominal"  # different or not
    ORDINAL = "ordinal"  # by how many ratings lie between
    INTERVAL = "interval"  # by the numbers


def alphas(ratings: Ratings, levels: Iterable[Level] = tuple(Level)) -> dict[Level, float] | None:
    """Alpha at each level, or None with fewer than two units to pair or where all ratings are the same."""
    kept = _alphas(frozenset(ratings.counts.items()), ratings.categories, tuple(levels))
    return None if kept is None else dict(kept)


@lru_cache(maxsize=1024)  # by the ratings themselves, so never out of date; a past quarter never changes
def _alphas(
    counts: frozenset[tuple[Row, int]], categories: Categories, levels: tuple[Level, ...]
) -> tuple[tuple[Level, float], ...] | None:
    rows, times = [], []
    for row, count in sorted(counts, key=repr):  # in one order, so that the last digits never change
        given = [rating for rating in row if rating is not None]
        if len(given) > 1:
            rows.append([given.count(value) for value in categories.values])
            times.append(count)
    used = sum(any(column) for column in zip(*rows, strict=True))
    if sum(times) < 2 or used < 2:
        return None
    import krippendorff  # late, with numpy: a page without statistics needs neither
    import numpy as np

    given_by_unit = np.repeat(np.array(rows), times, axis=0)
    domain = list(categories.values)
    return tuple(
        (
            level,
            float(
                krippendorff.alpha(
                    value_counts=given_by_unit, value_domain=domain, level_of_measurement=level.value
                )
            ),
        )
        for level in levels
    )
