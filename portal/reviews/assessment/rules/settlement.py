"""Which rating an item ends with, when provider and guide have both spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Response(StrEnum):
    """The provider's one answer to a differing proposal."""

    ACCEPTED = "accepted"
    KEPT = "kept"


@dataclass(frozen=True)
class Proposed:
    """The guide's proposal for one item. `came_round`: the guide took the provider's answer."""

    rating: int
    response: Response | None = None
    came_round: bool = False


@dataclass(frozen=True)
class Settled:
    """An item's final rating; `agreed` is False where the two still differed after one answer."""

    rating: int
    self_rating: int
    guide_rating: int | None
    agreed: bool


def differs(self_rating: int | None, proposed: Proposed | None) -> bool:
    """Whether the guide's proposal stands apart from the provider's rating and was not accepted."""
    if proposed is None or self_rating is None:
        return False
    return (
        proposed.rating != self_rating
        and proposed.response is not Response.ACCEPTED
        and not proposed.came_round
    )


def settle_item(self_rating: int, proposed: Proposed | None) -> Settled:
    """The final rating of one item (issue 2, item 7)."""
    if proposed is None:
        return Settled(self_rating, self_rating, None, agreed=True)
    if proposed.rating == self_rating or proposed.came_round:
        return Settled(self_rating, self_rating, proposed.rating, agreed=True)
    return Settled(
        proposed.rating, self_rating, proposed.rating, agreed=proposed.response is Response.ACCEPTED
    )


def settle(ratings: Mapping[str, int], proposals: Mapping[str, Proposed]) -> dict[str, Settled]:
    """The final ratings by item key."""
    return {key: settle_item(rating, proposals.get(key)) for key, rating in ratings.items()}
