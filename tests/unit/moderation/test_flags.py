"""Each flag at its edge: one below, on it, one above; with its figure in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from portal.programmes.registry import default_review
from portal.reviews.moderation.rules.flags import (
    EDGE_WEIGHT,
    LEAN_WEIGHT,
    MISSING_WEIGHT,
    Flag,
    FlagKind,
    Given,
    ItemFacts,
    Leaning,
    Limits,
    edges,
    flags,
    risk,
    tenths,
)
from portal.scales.registry import registry

LIMITS = Limits(apart=2, change=2, edge_points=1, lean_mean_difference=Fraction(1, 2), lean_reviews=5)
BANDS = edges([("Not IPS", 25, 73), ("Fair", 74, 99), ("Good", 100, 114), ("Exemplary", 115, 125)])
MIDDLE = 90  # a total that is near no edge


def found(*items: ItemFacts, total: int = MIDDLE, leanings: tuple[Leaning, ...] = ()) -> tuple[Flag, ...]:
    return flags(items, total, BANDS, leanings, LIMITS)


def item(rating: int = 4, **more: object) -> ItemFacts:
    return ItemFacts(key="nine", number=9, rating=rating, **more)  # type: ignore[arg-type]  # tests name the fields


def test_nothing_remarkable_has_no_flag() -> None:
    quiet = item(suggested=(4,), given=(Given("Ada", 4), Given("Ben", 5)), last=3)
    assert found(quiet, leanings=(Leaning("Ada", 2, 100, 4),)) == ()


@pytest.mark.parametrize(
    ("rating", "suggested", "weight"),
    [(4, (4,), 0), (3, (4,), 1), (5, (4,), 1), (1, (4,), 3), (4, (3, 4), 0), (5, (2, 4), 1), (4, (), 0)],
)
def test_a_rating_against_what_the_measures_suggest(
    rating: int, suggested: tuple[int, ...], weight: int
) -> None:
    flagged = found(item(rating, suggested=suggested))
    assert [(flag.kind, flag.weight) for flag in flagged] == ([(FlagKind.MEASURES, weight)] if weight else [])


def test_measures_are_told_with_both_figures() -> None:
    [flag] = found(item(5, suggested=(4, 2)))
    assert flag.words == "Item 9 is rated 5; the measures suggest 2 or 4"


@pytest.mark.parametrize(("second", "flagged"), [(4, False), (3, False), (2, True), (1, True)])
def test_reviewers_apart_at_one_two_and_three_points(second: int, flagged: bool) -> None:
    there = found(item(given=(Given("Ada", 4), Given("Ben", second))))
    assert [flag.kind for flag in there] == ([FlagKind.APART] if flagged else [])
    if flagged:
        assert there[0].words == f"Item 9: Ben rated {second} and Ada 4, {4 - second} points apart"
        assert there[0].weight == 4 - second


def test_one_reviewer_alone_is_not_apart() -> None:
    assert found(item(given=(Given("Ada", 1),))) == ()


@pytest.mark.parametrize(("last", "flagged"), [(3, False), (2, True), (1, True), (None, False)])
def test_a_change_since_last_time_at_one_two_and_three_points(last: int | None, flagged: bool) -> None:
    there = found(item(last=last, last_words="in the review of 4 May 2025"))
    assert [flag.kind for flag in there] == ([FlagKind.CHANGE] if flagged else [])
    if flagged:
        assert there[0].words == f"Item 9 is rated 4; it was {last} in the review of 4 May 2025"


def test_a_fall_counts_as_a_rise_does() -> None:
    [flag] = found(item(1, last=5))
    assert (flag.words, flag.weight) == ("Item 9 is rated 1; it was 5 last time", 4)


def test_a_rating_without_a_required_source() -> None:
    [flag] = found(item(missing=("interviews", "documents")))
    assert flag.words == "Item 9 is rated 4 without interviews or documents"
    assert (flag.kind, flag.item_key, flag.weight) == (FlagKind.SOURCE, "nine", MISSING_WEIGHT)


@pytest.mark.parametrize(
    ("difference", "items", "reviews", "flagged"),
    [
        (49, 100, 5, False), (50, 100, 5, True), (51, 100, 5, True),
        (-49, 100, 5, False), (-50, 100, 5, True), (-51, 100, 5, True),
        (50, 100, 4, False), (50, 100, 6, True), (0, 0, 0, False),
    ],
)  # fmt: skip
def test_a_reviewer_leans_from_half_a_point_over_five_reviews(
    difference: int, items: int, reviews: int, flagged: bool
) -> None:
    there = found(leanings=(Leaning("Ada", difference, items, reviews),))
    assert [(flag.kind, flag.item_key, flag.weight) for flag in there] == (
        [(FlagKind.LEAN, None, LEAN_WEIGHT)] if flagged else []
    )


def test_leaning_is_compared_exactly_where_floats_would_err() -> None:
    limits = Limits(2, 2, 1, Fraction(3, 10), 1)
    third = (Leaning("Ada", 3, 10, 1),)
    assert len(flags([], MIDDLE, BANDS, third, limits)) == 1
    assert flags([], MIDDLE, BANDS, (Leaning("Ada", 2_999_999, 10_000_000, 1),), limits) == ()


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (135, "Ada rates 0.6 higher than partners over 9 reviews"),
        (-135, "Ada rates 0.6 lower than partners over 9 reviews"),
    ],
)
def test_leaning_is_told_with_its_figure(difference: int, words: str) -> None:
    [flag] = found(leanings=(Leaning("Ada", difference, 225, 9),))
    assert flag.words == words


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (72, "1 point from the edge of Not IPS (25 to 73)"), (71, ""),
        (73, "on the edge of Not IPS (25 to 73)"),
        (74, "on the edge of Fair (74 to 99)"), (75, "1 point from the edge of Fair (74 to 99)"), (76, ""),
        (97, ""), (98, "1 point from the edge of Fair (74 to 99)"), (99, "on the edge of Fair (74 to 99)"),
        (100, "on the edge of Good (100 to 114)"), (101, "1 point from the edge of Good (100 to 114)"),
        (102, ""), (112, ""), (113, "1 point from the edge of Good (100 to 114)"),
        (114, "on the edge of Good (100 to 114)"), (115, "on the edge of Exemplary (115 to 125)"),
        (116, "1 point from the edge of Exemplary (115 to 125)"), (117, ""),
        (25, ""), (26, ""), (124, ""), (125, ""),
    ],
)  # fmt: skip
def test_a_total_near_a_bands_edge_on_either_side_of_it(total: int, words: str) -> None:
    there = found(total=total)
    assert [flag.words for flag in there] == ([f"The total of {total} is {words}"] if words else [])
    assert all((flag.kind, flag.weight) == (FlagKind.EDGE, EDGE_WEIGHT) for flag in there)


def test_a_scale_without_bands_has_no_edges() -> None:
    assert flags([], 100, (), (), LIMITS) == ()


def test_the_bands_of_the_shipped_scale_make_the_edges_used_here() -> None:
    scale = registry().get("ips-25")
    shipped = [(band.lowest, band.highest) for band in scale.bands]
    assert sorted(shipped) == [(band.lowest, band.highest) for band in BANDS]


def test_every_flag_of_an_item_is_given_and_the_whole_comes_first() -> None:
    loud = item(5, suggested=(2,), given=(Given("Ada", 2), Given("Ben", 5)), last=1, missing=("documents",))
    kinds = [flag.kind for flag in found(loud, total=100, leanings=(Leaning("Ada", -60, 100, 9),))]
    assert kinds == [
        FlagKind.EDGE, FlagKind.LEAN, FlagKind.MEASURES, FlagKind.APART, FlagKind.CHANGE, FlagKind.SOURCE,
    ]  # fmt: skip


def test_risk_is_the_sum_of_the_weights() -> None:
    assert risk(()) == 0
    assert risk(found(item(5, suggested=(2,), missing=("documents",)), total=100)) == 3 + 2 + 3


@pytest.mark.parametrize(
    ("value", "words"),
    [(Fraction(1, 2), "0.5"), (Fraction(11, 20), "0.6"), (Fraction(549, 1000), "0.5"), (Fraction(2), "2.0")],
)
def test_a_mean_is_told_in_tenths_with_halves_up(value: Fraction, words: str) -> None:
    assert tenths(value) == words


def test_the_shipped_process_begins_flags_where_these_tests_do() -> None:
    process = default_review()
    assert (
        Limits(
            process.apart,
            process.change,
            process.edge_points,
            process.lean_mean_difference,
            process.lean_reviews,
        )
        == LIMITS
    )


@pytest.mark.parametrize("kind", FlagKind)
def test_every_kind_has_a_title(kind: FlagKind) -> None:
    assert kind.title
