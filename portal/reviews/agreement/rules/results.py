"""What a closed exercise shows: each item's ratings by reviewer, their spread, and who leans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portal.reviews.agreement.rules.leaning import Lean, leans
from portal.reviews.agreement.rules.ratings import Ratings, gather
from portal.reviews.agreement.rules.statistics import Agreement, agreement
from portal.scales.rules.definition import Item


@dataclass(frozen=True)
class RatedItem:
    """One item: the ratings in the order of the raters, and the reasons given."""

    item: Item
    ratings: tuple[int | None, ...]
    reasons: tuple[tuple[str, int | None, str], ...]  # name, rating, reason

    @property
    def given(self) -> list[int]:
        return sorted(rating for rating in self.ratings if rating is not None)

    @property
    def spread(self) -> int | None:
        """Highest less lowest rating; None where nobody rated."""
        return self.given[-1] - self.given[0] if self.given else None

    @property
    def spread_words(self) -> str:
        if not self.given:
            return "not rated"
        low, high = self.given[0], self.given[-1]
        return f"all {low}" if low == high else f"{low} to {high}"


@dataclass(frozen=True)
class Results:
    """The matrix of an exercise, most spread first where asked, with its statistics."""

    names: tuple[str, ...]
    items: tuple[RatedItem, ...]
    ratings: Ratings
    found: Agreement
    leaning: tuple[Lean, ...]
    threshold: Fraction

    @property
    def widest(self) -> list[RatedItem]:
        """The items rated two or more points apart, widest first."""
        apart = [item for item in self.items if item.spread is not None and item.spread >= 2]
        return sorted(apart, key=lambda item: (-(item.spread or 0), item.item.number))

    def leans(self, place: int) -> bool:
        """Whether the rater at this place reaches the threshold."""
        mean = self.leaning[place].mean
        return mean is not None and abs(mean) >= self.threshold


def results(
    items: Sequence[Item],
    sheets: Sequence[tuple[str, Mapping[str, int | None], Mapping[str, str]]],
    threshold: Fraction,
) -> Results:
    """From (name, ratings, reasons) of everybody who handed in."""
    rated = tuple(
        RatedItem(
            item,
            tuple(ratings.get(item.key) for _, ratings, _ in sheets),
            tuple(
                (name, ratings.get(item.key), reasons[item.key])
                for name, ratings, reasons in sheets
                if reasons.get(item.key)
            ),
        )
        for item in items
    )
    names = tuple(name for name, _, _ in sheets)
    ratings = gather(names, [item.ratings for item in rated])
    return Results(names, rated, ratings, agreement(ratings), leans(ratings), threshold)
