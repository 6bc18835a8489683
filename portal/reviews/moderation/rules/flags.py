"""What a moderator looks at first: flags worked out from plain data, each with its figure.

Six kinds (issue 3, item 7). Where one begins is data of the programme; what each weighs is ours and only
orders the queue. Differences are compared exactly, as whole numbers and fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction


class FlagKind(StrEnum):
    """Why something is flagged."""

    MEASURES = "measures"
    APART = "apart"
    CHANGE = "change"
    SOURCE = "source"
    LEAN = "lean"
    EDGE = "edge"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return KIND_TITLES[self]


KIND_TITLES = {
    FlagKind.MEASURES: "Against the measures",
    FlagKind.APART: "Reviewers apart",
    FlagKind.CHANGE: "Large change",
    FlagKind.SOURCE: "Evidence missing",
    FlagKind.LEAN: "Reviewer leans",
    FlagKind.EDGE: "Near a band’s edge",
}
MISSING_WEIGHT, LEAN_WEIGHT, EDGE_WEIGHT = 2, 3, 3  # the other kinds weigh a point for each point of distance


@dataclass(frozen=True)
class Flag:
    """One flag. `item_key` is None for one about the whole review; `weight` orders the queue."""

    kind: FlagKind
    item_key: str | None
    words: str
    weight: int


@dataclass(frozen=True)
class Given:
    """A rating somebody gave alone."""

    name: str
    rating: int


@dataclass(frozen=True)
class ItemFacts:
    """One item as far as its flags depend on it.

    suggested: what the measures came to, each figure once; a rating that one of them suggests is not
    against them. missing: in words, what the rating should rest on and does not.
    """

    key: str
    number: int
    rating: int
    suggested: tuple[int, ...] = ()
    given: tuple[Given, ...] = ()
    last: int | None = None
    last_words: str = ""  # which one that was, as in “in May 2025”
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leaning:
    """How far a reviewer's ratings stand above those of partners, summed over items of all reviews."""

    name: str
    difference: int
    items: int
    reviews: int

    @property
    def mean(self) -> Fraction:
        """The mean difference of one item; 0 where nothing was rated."""
        return Fraction(self.difference, self.items) if self.items else Fraction(0)


@dataclass(frozen=True)
class Edges:
    """A band with its totals, and whether there is one below and above it."""

    title: str
    lowest: int
    highest: int
    has_below: bool
    has_above: bool


@dataclass(frozen=True)
class Limits:
    """Where flags begin; each figure is the first that is flagged."""

    apart: int
    change: int
    edge_points: int
    lean_mean_difference: Fraction
    lean_reviews: int


def flags(
    items: Iterable[ItemFacts],
    total: int,
    bands: Sequence[Edges],
    leanings: Iterable[Leaning],
    limits: Limits,
) -> tuple[Flag, ...]:
    """Every flag: those of the whole first, then by item."""
    found = [_edge(total, bands, limits), *(_lean(one, limits) for one in leanings)]
    for item in items:
        found += [_measures(item), _apart(item, limits), _change(item, limits), _missing(item)]
    return tuple(flag for flag in found if flag is not None)


def risk(found: Iterable[Flag]) -> int:
    """What the flags weigh together: the queue's order."""
    return sum(flag.weight for flag in found)


def _measures(item: ItemFacts) -> Flag | None:
    if not item.suggested or item.rating in item.suggested:
        return None
    nearest = min(abs(item.rating - one) for one in item.suggested)
    figures = " or ".join(str(one) for one in sorted(set(item.suggested)))
    words = f"Item {item.number} is rated {item.rating}; the measures suggest {figures}"
    return Flag(FlagKind.MEASURES, item.key, words, nearest)


def _apart(item: ItemFacts, limits: Limits) -> Flag | None:
    if len(item.given) < 2:
        return None
    low = min(item.given, key=lambda one: one.rating)
    high = max(item.given, key=lambda one: one.rating)
    distance = high.rating - low.rating
    if distance < limits.apart:
        return None
    words = (
        f"Item {item.number}: {low.name} rated {low.rating} and {high.name} {high.rating}, "
        f"{_points(distance)} apart"
    )
    return Flag(FlagKind.APART, item.key, words, distance)


def _change(item: ItemFacts, limits: Limits) -> Flag | None:
    if item.last is None or abs(item.rating - item.last) < limits.change:
        return None
    before = f"it was {item.last} {item.last_words or 'last time'}"
    words = f"Item {item.number} is rated {item.rating}; {before}"
    return Flag(FlagKind.CHANGE, item.key, words, abs(item.rating - item.last))


def _missing(item: ItemFacts) -> Flag | None:
    if not item.missing:
        return None
    words = f"Item {item.number} is rated {item.rating} without {_listed(item.missing)}"
    return Flag(FlagKind.SOURCE, item.key, words, MISSING_WEIGHT)


def _lean(one: Leaning, limits: Limits) -> Flag | None:
    if one.reviews < limits.lean_reviews or abs(one.mean) < limits.lean_mean_difference:
        return None
    way = "higher" if one.mean > 0 else "lower"
    words = f"{one.name} rates {tenths(abs(one.mean))} {way} than partners over {one.reviews} reviews"
    return Flag(FlagKind.LEAN, None, words, LEAN_WEIGHT)


def _edge(total: int, bands: Sequence[Edges], limits: Limits) -> Flag | None:
    """Near the lowest or the highest total of its own band, where another band begins beyond it."""
    band = next((one for one in bands if one.lowest <= total <= one.highest), None)
    if band is None:
        return None
    distances = []
    if band.has_below:
        distances.append(total - band.lowest)
    if band.has_above:
        distances.append(band.highest - total)
    if not distances or min(distances) > limits.edge_points:
        return None
    nearest = min(distances)
    where = f"{_points(nearest)} from the edge of" if nearest else "on the edge of"
    words = f"The total of {total} is {where} {band.title} ({band.lowest} to {band.highest})"
    return Flag(FlagKind.EDGE, None, words, EDGE_WEIGHT)


def edges(bands: Iterable[tuple[str, int, int]]) -> tuple[Edges, ...]:
    """Bands as (title, lowest, highest), in any order, with what lies beyond each."""
    ordered = sorted(bands, key=lambda band: band[1])
    last = len(ordered) - 1
    return tuple(
        Edges(title, lowest, highest, has_below=place > 0, has_above=place < last)
        for place, (title, lowest, highest) in enumerate(ordered)
    )


def tenths(value: Fraction) -> str:
    """With one decimal, halves up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count} points"


def _listed(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} or {words[-1]}"
