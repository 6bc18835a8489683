"""How high or low a rater rates against those who rated the same units. Exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from portal.reviews.agreement.rules.ratings import Ratings


@dataclass(frozen=True)
class Lean:
    """Over `units` units that others rated too: the mean of own rating less the others' mean."""

    units: int
    mean: Fraction | None


def leans(ratings: Ratings) -> tuple[Lean, ...]:
    """Each rater's, in order. `mean` is None where no unit was rated by anybody else too."""
    return tuple(_lean(ratings, place) for place in range(len(ratings.raters)))


def _lean(ratings: Ratings, place: int) -> Lean:
    units, total = 0, Fraction(0)
    for row, times in ratings.counts.items():
        own = row[place]
        others = [rating for other, rating in enumerate(row) if other != place and rating is not None]
        if own is not None and others:
            units += times
            total += times * (own - Fraction(sum(others), len(others)))
    return Lean(units, total / units if units else None)
