"""Every route with who may call it, as a page of the documentation, written from the app itself."""

from __future__ import annotations

import tempfile

from portal.app import create_app
from portal.core.access import STAMP
from portal.core.config import Settings

HEAD = """# Routes, and who may call them

Written by `portal docs` from the routes themselves: change them there, not here. A test fails when this
page is stale. Which role holds a permission stands in [permissions.md](permissions.md); what everybody
gets from every route is tried in `tests/integration/access/lines.py`.

| address | methods | who may |
|---|---|---|"""


def page() -> str:
    """The whole page in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=folder, testing=True))
        found = []
        for rule in app.url_map.iter_rules():
            methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            who = getattr(app.view_functions[rule.endpoint], STAMP).words
            found.append((rule.rule, methods, who))
    lines = [f"| `{address}` | {methods} | {who} |" for address, methods, who in sorted(found)]
    return "\n".join([HEAD, *lines, ""])
