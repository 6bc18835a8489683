"""docs/routes.md says what the routes say."""

from __future__ import annotations

from portal.commands import routes_page
from portal.commands.docs import DOCS


def test_the_page_of_routes_is_current() -> None:
    assert (DOCS / "routes.md").read_text(encoding="utf-8") == routes_page.page(), "run `portal docs`"
