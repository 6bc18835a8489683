"""The tables of external reviews, one module for each journey."""

from portal.reviews.external.models import review, scoring

__all__ = ["review", "scoring"]
