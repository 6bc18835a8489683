"""The pages of EISM posts."""

from portal.workforce.posts.views import forecasting, holdings, overview, people, posts, quarters, records
from portal.workforce.posts.views.blueprint import blueprint

__all__ = ["blueprint", "forecasting", "holdings", "overview", "people", "posts", "quarters", "records"]
