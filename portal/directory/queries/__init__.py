"""The directory's reads."""

from portal.directory.queries.listing import Listing, every_row, listing
from portal.directory.queries.profile import LinkLine, ServiceProfile, service_profile

__all__ = ["LinkLine", "Listing", "ServiceProfile", "every_row", "listing", "service_profile"]
