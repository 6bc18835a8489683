"""Which rating an item ends with: the truth table, for every pair of ratings."""

from __future__ import annotations

from itertools import product

import pytest

from portal.reviews.assessment.rules.settlement import (
    Proposed,
    Response,
    Settled,
    differs,
    settle,
    settle_item,
)

RATINGS = range(1, 6)
# (response, came round) -> who gets their rating, and whether it is agreed, where the two differ
DIFFERENT = {
    (None, False): ("guide", False),
    (None, True): ("provider", True),
    (Response.ACCEPTED, False): ("guide", True),
    (Response.ACCEPTED, True): ("provider", True),
    (Response.KEPT, False): ("guide", False),
    (Response.KEPT, True): ("provider", True),
}


@pytest.mark.parametrize(("own", "guide"), list(product(RATINGS, RATINGS)))
@pytest.mark.parametrize("place", DIFFERENT)
def test_the_truth_table(own: int, guide: int, place: tuple[Response | None, bool]) -> None:
    settled = settle_item(own, Proposed(guide, *place))
    who, agreed = ("provider", True) if own == guide else DIFFERENT[place]
    assert settled == Settled(own if who == "provider" else guide, own, guide, agreed)


@pytest.mark.parametrize("own", RATINGS)
def test_without_a_proposal_the_providers_rating_stands_and_is_agreed(own: int) -> None:
    assert settle_item(own, None) == Settled(own, own, None, agreed=True)


@pytest.mark.parametrize(
    ("own", "proposed", "apart"),
    [
        (3, None, False),
        (None, Proposed(3), False),
        (3, Proposed(3), False),
        (3, Proposed(4), True),
        (3, Proposed(4, Response.KEPT), True),
        (3, Proposed(4, Response.ACCEPTED), False),
        (3, Proposed(4, Response.KEPT, came_round=True), False),
        (3, Proposed(3, Response.KEPT), False),
    ],
)
def test_when_two_ratings_stand_apart(own: int | None, proposed: Proposed | None, apart: bool) -> None:
    assert differs(own, proposed) is apart


def test_a_sheet_is_settled_item_by_item_and_a_stray_proposal_adds_none() -> None:
    settled = settle({"a": 4, "b": 2}, {"b": Proposed(3, Response.ACCEPTED), "c": Proposed(1)})
    assert {key: (one.rating, one.agreed) for key, one in settled.items()} == {"a": (4, True), "b": (3, True)}
