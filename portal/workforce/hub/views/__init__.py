"""Pages of the recruitment hub."""

from portal.workforce.hub.views import jobs, managing, moving, subscribing
from portal.workforce.hub.views.blueprint import blueprint

__all__ = ["blueprint", "jobs", "managing", "moving", "subscribing"]
