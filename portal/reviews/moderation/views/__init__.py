"""The pages of moderation that belong to no single assessment."""

from portal.reviews.moderation.views.queue import blueprint

__all__ = ["blueprint"]
