"""The tables of external reviews, one module for each journey."""

from portal.reviews.external.models import pairs, review, scoring

__all__ = ["pairs", "review", "scoring"]
