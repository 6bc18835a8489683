"""A material as a file to edit, and the list as CSV."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.filters import day
from portal.core.rules.blocks import read_blocks
from portal.core.rules.cells import Cell
from portal.core.spreadsheets import write_csv
from portal.library.catalogue import item_titles
from portal.library.queries import Entry
from portal.library.rules.rtf import rtf
from portal.library.subjects import Material

COLUMNS = ("Title", "Kind", "Items", "Summary", "Owner", "Version", "Review by", "State")


def as_rtf(material: Material) -> bytes:
    """The material as an RTF file. Its foot says which version it is, so that a copy can be told from it."""
    text = material.text
    foot = [f"Practice library, version {material.version}, to be reviewed by {day(text.review_on)}."]
    foot += [f"Source: {line}" for line in text.sources]
    return rtf(text.title, read_blocks(text.body), foot)


def library_csv(entries: Sequence[Entry]) -> bytes:
    """A line for each material."""
    titles = item_titles()
    rows: list[list[Cell]] = [
        [
            one.title,
            one.kind.words,
            "; ".join(titles.get(key, key) for key in one.items),
            one.summary,
            one.owner,
            one.version,
            one.review_on.isoformat(),
            one.standing.words,
        ]
        for one in entries
    ]
    return write_csv(COLUMNS, rows)
