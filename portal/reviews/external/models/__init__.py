"""The tables of external reviews, one module for each journey."""

from portal.reviews.external.models import (
    accuracy,
    fieldwork,
    history,
    pairs,
    portfolio,
    publication,
    review,
    scoring,
    timeline,
)

__all__ = [
    "accuracy",
    "fieldwork",
    "history",
    "pairs",
    "portfolio",
    "publication",
    "review",
    "scoring",
    "timeline",
]
