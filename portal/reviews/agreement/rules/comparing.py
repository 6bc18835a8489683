"""From the kept pairs of sheets to what the agreement page shows: overall, by quarter, item and reviewer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from portal.reviews.agreement.rules.alpha import Level, alphas
from portal.reviews.agreement.rules.choosing import Quarter
from portal.reviews.agreement.rules.kappa import quadratic_kappa
from portal.reviews.agreement.rules.ratings import Ratings, Row
from portal.reviews.agreement.rules.statistics import FEWEST_UNITS, Agreement, agreement

COLUMNS = ("Lead reviewer", "Second reviewer")


@dataclass(frozen=True)
class Pair:
    """Two reviewers' sheets of one review, in the order of `item_keys`, with the counts kept with them."""

    assessment_id: UUID
    service: str
    on: date
    lead_id: UUID
    second_id: UUID
    item_keys: tuple[str, ...]
    lead_ratings: Sequence[int | None]
    second_ratings: Sequence[int | None]
    items: int
    exact: int
    within_one: int
    sum_difference: int

    @property
    def mean_difference(self) -> Fraction | None:
        """Lead less second, over the items that both rated."""
        return Fraction(self.sum_difference, self.items) if self.items else None

    @property
    def kappa(self) -> float | None:
        """Quadratic kappa of this one review."""
        pairs = Counter(
            (one, other)
            for one, other in zip(self.lead_ratings, self.second_ratings, strict=True)
            if one is not None and other is not None
        )
        value = quadratic_kappa(pairs)
        return None if value is None else float(value)


@dataclass(frozen=True)
class ItemFigures:
    """Agreement on one item over `reviews` reviews; figures are None where there are too few."""

    key: str
    number: int
    title: str
    reviews: int
    exact: int
    within_one: int
    kappa: float | None
    alpha: float | None
    mean_difference: Fraction | None  # lead less second

    @property
    def exact_share(self) -> Fraction | None:
        return Fraction(self.exact, self.reviews) if self.enough else None

    @property
    def within_share(self) -> Fraction | None:
        return Fraction(self.within_one, self.reviews) if self.enough else None

    @property
    def enough(self) -> bool:
        """Whether there are enough reviews to say anything."""
        return self.reviews >= FEWEST_UNITS


@dataclass(frozen=True)
class QuarterFigures:
    """One quarter: its reviews and the statistics over all their items."""

    quarter: Quarter
    reviews: int
    found: Agreement


@dataclass(frozen=True)
class ReviewerFigures:
    """How one reviewer rates against those they reviewed with: mean of own less the other's rating."""

    person_id: UUID
    reviews: int
    items: int
    mean: Fraction | None

    def leans(self, threshold: Fraction, fewest: int) -> bool:
        """Whether the mean difference reaches the threshold over enough reviews."""
        return self.mean is not None and self.reviews >= fewest and abs(self.mean) >= threshold


def of_all(pairs: Iterable[Pair]) -> Ratings:
    """Each item of each review as one unit."""
    counts: Counter[Row] = Counter()
    for pair in pairs:
        counts.update(zip(pair.lead_ratings, pair.second_ratings, strict=True))
    return Ratings(COLUMNS, counts)


def by_quarter(pairs: Iterable[Pair]) -> list[QuarterFigures]:
    """The quarters in which reviews were compared, latest first."""
    found: dict[Quarter, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[Quarter.of(pair.on)].append(pair)
    return [
        QuarterFigures(quarter, len(found[quarter]), agreement(of_all(found[quarter]), (Level.ORDINAL,)))
        for quarter in sorted(found, reverse=True)
    ]


def by_item(pairs: Iterable[Pair], titles: Mapping[str, tuple[int, str]]) -> list[ItemFigures]:
    """Each item of the scale in its order. `titles`: number and title by key; other items are left out."""
    counts: dict[str, Counter[Row]] = {key: Counter() for key in titles}
    for pair in pairs:
        for key, one, other in zip(pair.item_keys, pair.lead_ratings, pair.second_ratings, strict=True):
            if key in counts and one is not None and other is not None:
                counts[key][one, other] += 1
    return [_item(key, *titles[key], counts[key]) for key in titles]


def _item(key: str, number: int, title: str, counts: Counter[Row]) -> ItemFigures:
    ratings = Ratings(COLUMNS, counts)
    pairs = ratings.pairs()
    reviews = pairs.total()
    kappa = quadratic_kappa(pairs)
    alpha = alphas(ratings, (Level.ORDINAL,))
    difference = sum(times * (one - other) for (one, other), times in pairs.items())
    return ItemFigures(
        key,
        number,
        title,
        reviews,
        exact=sum(times for (one, other), times in pairs.items() if one == other),
        within_one=sum(times for (one, other), times in pairs.items() if abs(one - other) <= 1),
        kappa=None if kappa is None else float(kappa),
        alpha=None if alpha is None else alpha[Level.ORDINAL],
        mean_difference=Fraction(difference, reviews) if reviews >= FEWEST_UNITS else None,
    )


def by_reviewer(pairs: Iterable[Pair]) -> dict[UUID, ReviewerFigures]:
    """Everybody who reviewed, by person."""
    reviews: Counter[UUID] = Counter()
    items: Counter[UUID] = Counter()
    sums: Counter[UUID] = Counter()
    for pair in pairs:
        for person, difference in (
            (pair.lead_id, pair.sum_difference),
            (pair.second_id, -pair.sum_difference),
        ):
            reviews[person] += 1
            items[person] += pair.items
            sums[person] += difference
    return {
        person: ReviewerFigures(
            person, times, items[person], Fraction(sums[person], items[person]) if items[person] else None
        )
        for person, times in reviews.items()
    }


def in_order(items: Sequence[ItemFigures], sort: str, *, descending: bool) -> list[ItemFigures]:
    """The items by one of their figures; those without it last, either way."""
    figure = _SORTED_BY[sort]
    with_it = [(value, item) for item in items if (value := figure(item)) is not None]
    without = [item for item in items if figure(item) is None]
    ordered = sorted(with_it, key=lambda pair: pair[0], reverse=descending)
    return [item for _, item in ordered] + without


_SORTED_BY: Mapping[str, Callable[[ItemFigures], float | Fraction | None]] = {
    "number": lambda item: item.number,
    "exact": lambda item: item.exact_share,
    "within": lambda item: item.within_share,
    "kappa": lambda item: item.kappa,
    "alpha": lambda item: item.alpha,
    "difference": lambda item: item.mean_difference,
}
