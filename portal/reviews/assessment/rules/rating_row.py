"""What every row of a rated item has: a provider's, and a reviewer's own."""

from __future__ import annotations

from typing import Any, Protocol


class RatingRow(Protocol):
    """The fields that every kind of rating row has."""

    rating: Any
    rationale: Any
    evidence: Any
    entries: Any
    suggested: Any
    version: Any
    changed_at: Any


def explained(row: RatingRow) -> bool:
    """Whether a rating that differs from its suggestion says why."""
    differs_from = row.suggested is not None and row.rating is not None and row.rating != row.suggested
    return not differs_from or bool(row.rationale.strip())
