"""The pages of external reviews."""

from portal.reviews.external.views import history, moves, show  # noqa: F401  views register themselves when imported
from portal.reviews.external.views.blueprint import blueprint

__all__ = ["blueprint"]
