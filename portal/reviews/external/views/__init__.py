"""The pages of external reviews."""

from portal.reviews.external.views import (  # noqa: F401  views register themselves when imported
    accuracy,
    accuracy_dates,
    calendar,
    consensus,
    correction,
    fieldwork,
    fieldwork_notes,
    fieldwork_worksheets,
    history,
    listing,
    moderation,
    moves,
    planning,
    portfolio,
    portfolio_changes,
    portfolio_meetings,
    portfolio_times,
    publication,
    purge,
    scoring,
    show,
    timeline,
)
from portal.reviews.external.views.blueprint import blueprint

__all__ = ["blueprint"]
