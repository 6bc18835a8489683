"""The tables of external reviews, one module for each journey."""

from portal.reviews.external.models import fieldwork, history, pairs, portfolio, review, scoring, timeline

__all__ = ["fieldwork", "history", "pairs", "portfolio", "review", "scoring", "timeline"]
