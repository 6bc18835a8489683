"""From pairs of sheets to quarters, items and reviewers."""

from __future__ import annotations

import uuid
from datetime import date
from fractions import Fraction

import pytest

from portal.reviews.agreement.rules.choosing import Choice, Quarter, read_choice
from portal.reviews.agreement.rules.comparing import (
    Pair,
    ReviewerFigures,
    by_item,
    by_quarter,
    by_reviewer,
    in_order,
    of_all,
)

ANN, BEN, CAT = (uuid.UUID(int=number) for number in (1, 2, 3))
TITLES = {"a": (1, "First"), "b": (2, "Second")}


def pair(
    lead: list[int | None],
    second: list[int | None],
    on: date = date(2026, 5, 1),
    people: tuple[uuid.UUID, uuid.UUID] = (ANN, BEN),
    keys: tuple[str, ...] = ("a", "b"),
) -> Pair:
    both = [(a, b) for a, b in zip(lead, second, strict=True) if a is not None and b is not None]
    return Pair(
        uuid.uuid4(),
        "Service",
        on,
        *people,
        keys,
        lead,
        second,
        len(both),
        sum(a == b for a, b in both),
        sum(abs(a - b) <= 1 for a, b in both),
        sum(a - b for a, b in both),
    )


@pytest.mark.parametrize(
    "day, key, words",
    [
        (date(2026, 3, 31), "2025-Q4", "January to March 2026"),
        (date(2026, 4, 1), "2026-Q1", "April to June 2026"),
        (date(2026, 6, 30), "2026-Q1", "April to June 2026"),
        (date(2026, 7, 1), "2026-Q2", "July to September 2026"),
        (date(2026, 9, 30), "2026-Q2", "July to September 2026"),
        (date(2026, 10, 1), "2026-Q3", "October to December 2026"),
        (date(2026, 12, 31), "2026-Q3", "October to December 2026"),
        (date(2027, 1, 1), "2026-Q4", "January to March 2027"),
    ],
)
def test_a_quarter_is_of_the_financial_year(day: date, key: str, words: str) -> None:
    assert (Quarter.of(day).key, Quarter.of(day).words) == (key, words)


def test_each_item_of_each_review_is_a_unit() -> None:
    found = of_all([pair([3, 4], [3, 5]), pair([3, None], [3, 2])])
    assert dict(found.counts) == {(3, 3): 2, (4, 5): 1, (None, 2): 1}


def test_quarters_come_latest_first_with_their_reviews() -> None:
    found = by_quarter([pair([3, 4], [3, 5], date(2026, 3, 31)), pair([3, 4], [3, 5], date(2026, 4, 1))])
    assert [(one.quarter.key, one.reviews, one.found.exact) for one in found] == [
        ("2026-Q1", 1, Fraction(1, 2)),
        ("2025-Q4", 1, Fraction(1, 2)),
    ]


def test_an_item_has_its_shares_and_its_mean_difference() -> None:
    first, second = by_item([pair([3, 5], [3, 4]), pair([2, 5], [4, 5])], TITLES)
    assert (first.reviews, first.exact_share, first.within_share) == (2, Fraction(1, 2), Fraction(1, 2))
    assert first.mean_difference == -1
    assert (second.within_share, second.mean_difference) == (1, Fraction(1, 2))
    assert second.kappa == 0


def test_items_follow_their_key_not_their_place() -> None:
    """An older version of the scale had the items in another order."""
    first, second = by_item([pair([1, 5], [1, 5]), pair([5, 1], [5, 1], keys=("b", "a"))], TITLES)
    assert (first.mean_difference, first.kappa) == (0, None)
    assert second.exact == 2


def test_an_item_the_scale_no_longer_has_is_left_out() -> None:
    assert [item.key for item in by_item([pair([3, 4], [3, 4], keys=("a", "z"))], TITLES)] == ["a", "b"]


@pytest.mark.parametrize("reviews, enough", [(0, False), (1, False), (2, True), (3, True)])
def test_two_reviews_are_enough_for_an_item(reviews: int, enough: bool) -> None:
    item = by_item([pair([3, 4], [3, 4])] * reviews, TITLES)[0]
    assert item.enough is enough
    assert (item.exact_share is not None) is enough


def test_a_reviewer_is_compared_as_lead_and_as_second() -> None:
    found = by_reviewer([pair([5, 5], [4, 4]), pair([3, 3], [5, 3], people=(BEN, CAT))])
    assert (found[ANN].reviews, found[ANN].mean) == (1, 1)
    assert (found[BEN].reviews, found[BEN].items, found[BEN].mean) == (2, 4, Fraction(-4, 4))
    assert found[CAT].mean == 1


def test_a_reviewer_without_a_common_item_has_no_mean() -> None:
    assert by_reviewer([pair([None, 3], [3, None])])[ANN].mean is None


@pytest.mark.parametrize(
    "mean, reviews, leans",
    [
        (Fraction(49, 100), 5, False),
        (Fraction(1, 2), 5, True),
        (Fraction(51, 100), 5, True),
        (Fraction(-49, 100), 5, False),
        (Fraction(-1, 2), 5, True),
        (Fraction(1, 2), 4, False),
        (Fraction(1, 2), 6, True),
        (None, 9, False),
    ],
)
def test_somebody_leans_from_the_threshold_on_over_enough_reviews(
    mean: Fraction | None, reviews: int, leans: bool
) -> None:
    assert ReviewerFigures(ANN, reviews, 100, mean).leans(Fraction(1, 2), 5) is leans


def test_items_without_the_figure_come_last_either_way() -> None:
    items = by_item([pair([3, 5], [3, 4]), pair([3, 4], [3, 5])], TITLES)
    assert [item.key for item in in_order(items, "kappa", descending=False)] == ["b", "a"]
    assert [item.key for item in in_order(items, "kappa", descending=True)] == ["b", "a"]
    assert [item.key for item in in_order(items, "number", descending=True)] == ["b", "a"]


def test_one_review_has_its_own_kappa_and_difference() -> None:
    one = pair([1, 5, 3], [1, 5, 4], keys=("a", "b", "c"))
    assert one.kappa == pytest.approx(1 - 3 * 1 / (16 + 9 + 16 + 1 + 4 + 1 + 4))
    assert one.mean_difference == Fraction(-1, 3)
    assert pair([3, 3], [3, 3]).kappa is None


def test_a_choice_survives_its_own_address() -> None:
    choice = Choice("ips-25", date(2026, 1, 1), date(2026, 2, 1), ANN, "kappa", descending=True, page=3)
    assert read_choice(choice.arguments(), ["ips-25"]) == choice
    assert Choice().arguments() == {}


@pytest.mark.parametrize(
    "typed", [{"from": "2026-02-30"}, {"to": "x"}, {"from": "2026-02-02", "to": "2026-02-01"}]
)
def test_days_that_are_none_narrow_nothing(typed: dict[str, str]) -> None:
    choice = read_choice(typed, [])
    assert choice.problems
    assert (choice.starts, choice.ends) == (None, None)


def test_the_same_day_twice_is_a_period() -> None:
    assert not read_choice({"from": "2026-02-01", "to": "2026-02-01"}, []).problems
