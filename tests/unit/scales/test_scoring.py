"""Scores, bands and the range still possible."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.scales.rules.errors import NotScoredError, RatingError
from portal.scales.rules.scoring import band_of, next_band, score
from tests.unit.scales.samples import raw_scale, small

SCALE = small()
KEYS = [item.key for item in SCALE.items]


def rated(*ratings: int | None) -> dict[str, int | None]:
    return dict(zip(KEYS, ratings, strict=True))


def test_a_complete_set_has_totals_and_a_band() -> None:
    result = score(SCALE, rated(5, 4, 3, 4))
    assert (result.total, result.maximum, result.missing) == (16, 20, ())
    assert result.band is not None
    assert result.band.key == "good"
    assert (result.lowest_possible, result.highest_possible) == (16, 16)
    assert result.share == Fraction(4, 5)
    sections = [(s.key, s.total, s.maximum, s.rated, s.count) for s in result.sections]
    assert sections == [("staffing", 9, 10, 2, 2), ("services", 7, 10, 2, 2)]


def test_an_incomplete_set_has_no_band_but_the_range_still_possible() -> None:
    result = score(SCALE, rated(5, None, 5, None))
    assert (result.total, result.missing, result.band) == (10, (2, 4), None)
    assert (result.lowest_possible, result.highest_possible) == (12, 20)
    assert not result.complete


def test_an_item_left_out_is_missing_like_one_left_empty() -> None:
    assert score(SCALE, {"item-a": 5}) == score(SCALE, rated(5, None, None, None))


def test_a_scale_without_bands_never_has_one() -> None:
    raw = raw_scale()
    del raw["bands"]
    assert score(small(bands=[]), rated(5, 5, 5, 5)).band is None


@pytest.mark.parametrize(
    ("total", "key"), [(4, "poor"), (9, "poor"), (10, "fair"), (15, "fair"), (16, "good"), (20, "good")]
)
def test_each_edge_of_a_band_belongs_to_it(total: int, key: str) -> None:
    band = band_of(SCALE, total)
    assert band is not None
    assert band.key == key


@pytest.mark.parametrize(
    ("total", "expected"),
    [(4, ("fair", 6)), (9, ("fair", 1)), (10, ("good", 6)), (15, ("good", 1)), (16, None)],
)
def test_the_next_band_is_named_with_its_distance(total: int, expected: tuple[str, int] | None) -> None:
    found = next_band(SCALE, total)
    assert (found and (found[0].key, found[1])) == expected


@pytest.mark.parametrize("rating", [0, 6, -1, True, 3.0, "3"])
def test_a_rating_outside_the_range_or_not_whole_is_refused(rating: Any) -> None:
    with pytest.raises(RatingError, match=r"^item-b: the rating"):
        score(SCALE, {"item-b": rating})


def test_an_unknown_item_is_refused() -> None:
    with pytest.raises(RatingError, match=r"item-z: small has no such item"):
        score(SCALE, {"item-z": 3})


def test_an_incomplete_scale_is_never_scored() -> None:
    with pytest.raises(NotScoredError, match="never scored"):
        score(small(use="incomplete", bands=[]), rated(5, 5, 5, 5))


def test_a_history_scale_is_scored_with_its_bands() -> None:
    result = score(small(use="history"), rated(5, 5, 5, 5))
    assert result.band is not None


some = st.one_of(st.none(), st.integers(1, 5))
every = st.integers(1, 5)


@given(st.tuples(some, some, some, some))
def test_the_total_is_the_sum_of_the_ratings_and_of_the_sections(ratings: tuple[int | None, ...]) -> None:
    result = score(SCALE, rated(*ratings))
    assert result.total == sum(rating or 0 for rating in ratings)
    assert result.total == sum(section.total for section in result.sections)
    assert len(result.missing) == ratings.count(None)
    assert (result.band is None) == (None in ratings)


@given(st.tuples(some, some, some, some), st.tuples(every, every, every, every))
def test_whatever_the_missing_ratings_turn_out_to_be_the_total_is_within_the_range(
    ratings: tuple[int | None, ...], later: tuple[int, ...]
) -> None:
    before = score(SCALE, rated(*ratings))
    filled = [new if old is None else old for old, new in zip(ratings, later, strict=True)]
    after = score(SCALE, rated(*filled))
    assert before.lowest_possible <= after.total <= before.highest_possible
    assert after.lowest_possible == after.highest_possible == after.total


@given(st.integers(4, 20), st.integers(4, 20))
def test_a_higher_total_never_earns_a_lower_band(one: int, other: int) -> None:
    low, high = band_of(SCALE, min(one, other)), band_of(SCALE, max(one, other))
    assert low is not None
    assert high is not None
    assert low.lowest <= high.lowest


@given(st.integers(4, 20))
def test_the_distance_to_the_next_band_is_exact(total: int) -> None:
    found = next_band(SCALE, total)
    if found is None:
        assert band_of(SCALE, total) == max(SCALE.bands, key=lambda band: band.lowest)
    else:
        assert band_of(SCALE, total + found[1]) == found[0]
        assert band_of(SCALE, total + found[1] - 1) == band_of(SCALE, total)
