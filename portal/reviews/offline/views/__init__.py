"""Work on site without a network: the client's shell, and what it asks the server."""

from portal.reviews.offline.views import api, photos, shell  # noqa: F401  views register themselves
from portal.reviews.offline.views.blueprint import blueprint

__all__ = ["blueprint"]
