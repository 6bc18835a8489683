"""The pages of external reviews."""

from portal.reviews.external.views import (  # noqa: F401  views register themselves when imported
    calendar,
    history,
    listing,
    moves,
    planning,
    show,
    timeline,
)
from portal.reviews.external.views.blueprint import blueprint

__all__ = ["blueprint"]
