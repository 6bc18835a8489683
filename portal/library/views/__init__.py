"""Pages of the practice library, and what other pages show of it."""

from flask import Flask

from portal.library.queries import suggested
from portal.library.views import editing, reading
from portal.library.views.blueprint import blueprint

__all__ = ["blueprint", "editing", "init_app", "reading"]


def init_app(app: Flask) -> None:
    """Let the pages of items and of actions suggest materials: templates/library/_suggested.html."""
    app.jinja_env.globals["suggested_materials"] = suggested
