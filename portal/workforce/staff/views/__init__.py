"""The pages of services' workforce."""

from portal.workforce.staff.views import logging, members, national, overview, terms
from portal.workforce.staff.views.blueprint import blueprint

__all__ = ["blueprint", "logging", "members", "national", "overview", "terms"]
