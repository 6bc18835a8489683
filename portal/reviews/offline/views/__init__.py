"""Work on site without a network: the client's shell, what it asks the server, and the pages of people."""

from portal.reviews.offline.views import (  # noqa: F401  views register themselves
    api,
    held,
    importing,
    on_site,
    photos,
    shell,
)
from portal.reviews.offline.views.blueprint import blueprint

__all__ = ["blueprint"]
