"""Krippendorff's alpha, by the library of that name.

Krippendorff (2019), Content Analysis, 4th edition, chapter 12. Any number of raters and any gaps; units
that fewer than two rated do not count. The value domain is the whole range of the scale, never just the
ratings that occurred.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from portal.reviews.agreement.rules.ratings import Ratings


class Level(StrEnum):
    """How far apart two ratings are taken to be."""

    NOMINAL = "nominal"  # different or not
    ORDINAL = "ordinal"  # by how many ratings lie between
    INTERVAL = "interval"  # by the numbers


def alphas(ratings: Ratings, levels: Iterable[Level] = tuple(Level)) -> dict[Level, float] | None:
    """Alpha at each level, or None with fewer than two units to pair or where all ratings are the same."""
    values = list(ratings.categories.values)
    rows, times = [], []
    for row, count in ratings.counts.items():
        given = [rating for rating in row if rating is not None]
        if len(given) > 1:
            rows.append([given.count(value) for value in values])
            times.append(count)
    used = sum(any(column) for column in zip(*rows, strict=True))
    if sum(times) < 2 or used < 2:
        return None
    import krippendorff  # late, with numpy: a page without statistics needs neither
    import numpy as np

    counts = np.repeat(np.array(rows), times, axis=0)
    return {
        level: float(
            krippendorff.alpha(value_counts=counts, value_domain=values, level_of_measurement=level.value)
        )
        for level in levels
    }
