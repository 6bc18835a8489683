"""A served portal with a review whose team is on site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from tests.support import databases, reviewing
from tests.support.site import Site, serving


@contextmanager
def on_a_visit(folder: Path) -> Iterator[tuple[Site, UUID]]:
    """Serve it until the block ends; its jobs wait. Gives the portal and the review's id."""
    with (
        databases.copy_of_template("sqlite", folder, "reviewing", reviewing.fill) as url,
        serving(url, folder / "data", worker=False) as site,
    ):
        with site.app.app_context():
            review_id = reviewing.in_fieldwork()
        yield site, review_id
