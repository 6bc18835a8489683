"""The pages of external reviews."""

from portal.reviews.external.views import (  # noqa: F401  views register themselves when imported
    history,
    listing,
    moves,
    planning,
    show,
)
from portal.reviews.external.views.blueprint import blueprint

__all__ = ["blueprint"]
