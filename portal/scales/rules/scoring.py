"""From ratings to a score: totals, what is missing, the range still possible, and the band."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from portal.scales.rules.definition import Band, Scale, ScaleUse
from portal.scales.rules.errors import NotScoredError, RatingError

__all__ = [
    "NotScoredError",
    "RatingError",
    "Score",
    "SectionScore",
    "band_of",
    "next_band",
    "require_scored",
    "score",
]


@dataclass(frozen=True)
class SectionScore:
    """A section's sum of ratings so far, of `maximum`, with `rated` of `count` items rated."""

    key: str
    title: str
    total: int
    maximum: int
    rated: int
    count: int


@dataclass(frozen=True)
class Score:
    """What a set of ratings comes to.

    total: the sum of the ratings so far. missing: numbers of the items not rated.
    band: None while items are missing, and where the scale publishes no bands.
    lowest_possible, highest_possible: the total once the missing items are rated.
    """

    total: int
    maximum: int
    sections: tuple[SectionScore, ...]
    missing: tuple[int, ...]
    band: Band | None
    lowest_possible: int
    highest_possible: int

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def share(self) -> Fraction:
        """The total as a share of the maximum, 0 to 1."""
        return Fraction(self.total, self.maximum)


def score(scale: Scale, ratings: Mapping[str, int | None]) -> Score:
    """The score of `ratings` (item key -> rating; None or left out: not rated).

    Raises RatingError for an item that the scale does not have or a rating that is not a whole
    number within its range, and NotScoredError for a scale that is never scored.
    """
    require_scored(scale)
    _check(scale, ratings)
    rated = {key: rating for key, rating in ratings.items() if rating is not None}
    missing = tuple(item.number for item in scale.items if item.key not in rated)
    total = sum(rated.values())
    return Score(
        total=total,
        maximum=scale.highest_total,
        sections=tuple(_section(scale, section.key, section.title, rated) for section in scale.sections),
        missing=missing,
        band=None if missing else band_of(scale, total),
        lowest_possible=total + scale.rating_min * len(missing),
        highest_possible=total + scale.rating_max * len(missing),
    )


def require_scored(scale: Scale) -> None:
    """Raise NotScoredError for a scale that is shown for information only."""
    if scale.use is ScaleUse.INCOMPLETE:
        raise NotScoredError(f"{scale.key} is incomplete: it is shown for information and never scored")


def band_of(scale: Scale, total: int) -> Band | None:
    """The band that a complete total earns; None where the scale publishes none."""
    return next((band for band in scale.bands if band.lowest <= total <= band.highest), None)


def next_band(scale: Scale, total: int) -> tuple[Band, int] | None:
    """The next band up from `total` and how many points it is away; None in the highest or without bands."""
    higher = [band for band in scale.bands if band.lowest > total]
    if not higher:
        return None
    band = min(higher, key=lambda band: band.lowest)
    return band, band.lowest - total


def _check(scale: Scale, ratings: Mapping[str, int | None]) -> None:
    known = {item.key for item in scale.items}
    for key, rating in ratings.items():
        if key not in known:
            raise RatingError(key, f"{scale.key} has no such item")
        if rating is None:
            continue
        if isinstance(rating, bool) or not isinstance(rating, int):
            raise RatingError(key, f"the rating {rating!r} is not a whole number")
        if not scale.rating_min <= rating <= scale.rating_max:
            raise RatingError(key, f"the rating {rating} is outside {scale.rating_min} to {scale.rating_max}")


def _section(scale: Scale, key: str, title: str, rated: Mapping[str, int]) -> SectionScore:
    items = scale.items_of(key)
    found = [rated[item.key] for item in items if item.key in rated]
    return SectionScore(key, title, sum(found), scale.rating_max * len(items), len(found), len(items))
