"""The tables of external reviews, one module for each journey."""

from portal.reviews.external.models import history, pairs, portfolio, review, scoring, timeline

__all__ = ["history", "pairs", "portfolio", "review", "scoring", "timeline"]
