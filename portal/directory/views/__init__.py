"""The directory's pages."""

from portal.directory.views import (
    links,
    listing,
    public_page,
    services,
    teams,
)  # importing a file adds its routes
from portal.directory.views.blueprint import blueprint

__all__ = ["blueprint", "links", "listing", "public_page", "services", "teams"]
