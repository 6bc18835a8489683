"""The agreement page as CSV: its items, its reviews, or every pair of ratings; and an exercise's results."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from portal.core.rules.cells import Cell
from portal.core.spreadsheets import write_csv
from portal.reviews.agreement.comparison import Comparison
from portal.reviews.agreement.rules.results import Results

ITEM_COLUMNS = (
    "Item", "Title", "Reviews", "Rated the same", "Within one point", "Quadratic weighted kappa",
    "Krippendorff’s alpha, ordinal", "Mean difference, lead less second",
)  # fmt: skip
REVIEW_COLUMNS = (
    "Service", "Compared on", "Lead reviewer", "Second reviewer", "Items", "Rated the same",
    "Within one point", "Quadratic weighted kappa", "Mean difference, lead less second",
)  # fmt: skip
RATING_COLUMNS = ("Unit", "Lead reviewer", "Second reviewer")
_PLACES = Decimal("0.0001")


def _number(value: float | Fraction | None) -> Decimal | None:
    """A figure with four decimals, as a number."""
    return None if value is None else Decimal(float(value)).quantize(_PLACES)


def items_csv(page: Comparison) -> bytes:
    """One row for each item."""
    rows: list[tuple[Cell, ...]] = [
        (
            item.number,
            item.title,
            item.reviews,
            item.exact,
            item.within_one,
            _number(item.kappa),
            _number(item.alpha),
            _number(item.mean_difference),
        )
        for item in page.items_in_order
    ]
    return write_csv(ITEM_COLUMNS, rows)


def reviews_csv(page: Comparison) -> bytes:
    """One row for each review."""
    rows: list[tuple[Cell, ...]] = [
        (
            pair.service,
            pair.on,
            page.names[pair.lead_id],
            page.names[pair.second_id],
            pair.items,
            pair.exact,
            pair.within_one,
            _number(pair.kappa),
            _number(pair.mean_difference),
        )
        for pair in page.pairs
    ]
    return write_csv(REVIEW_COLUMNS, rows)


def ratings_csv(page: Comparison) -> bytes:
    """One row for each item of each review, as `portal agreement` reads it."""
    rows: list[tuple[Cell, ...]] = [
        (f"{pair.service}, {pair.on.isoformat()}, {key}, {str(pair.assessment_id)[:8]}", lead, second)
        for pair in page.pairs
        for key, lead, second in zip(pair.item_keys, pair.lead_ratings, pair.second_ratings, strict=True)
    ]
    return write_csv(RATING_COLUMNS, rows)


def results_csv(found: Results) -> bytes:
    """One row for each item, one column for each reviewer, as `portal agreement` reads it."""
    rows: list[tuple[Cell, ...]] = [
        (f"{rated.item.number}. {rated.item.title}", *rated.ratings) for rated in found.items
    ]
    return write_csv(("Item", *unique(found.names)), rows)


def unique(names: Sequence[str]) -> list[str]:
    """Names told apart where two people have the same one."""
    return [
        f"{name} ({names[: place + 1].count(name)})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]
