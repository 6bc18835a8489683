"""`portal docs`: write the pages of docs/ that are made from the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from portal.accounts.rules import permissions_page
from portal.commands import routes_page
from portal.scales.registry import registry
from portal.scales.rules import provenance_page

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
# file of docs/ -> what writes it; a test holds each file to its writer
PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions_page.page,
    "routes.md": routes_page.page,
    "scales.md": lambda: provenance_page.page(registry().all()),
}


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a page is stale.")
def docs(check: bool) -> None:
    """Write the pages of docs/ that are made from the code."""
    stale = [name for name, write in PAGES.items() if not _is_current(DOCS / name, write())]
    for name in stale:
        if check:
            click.echo(f"docs/{name} is stale: run `portal docs`", err=True)
        else:
            (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
            click.echo(f"docs/{name} is written.")
    if check and stale:
        raise SystemExit(1)


def _is_current(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


commands: list[click.Command] = [docs]
