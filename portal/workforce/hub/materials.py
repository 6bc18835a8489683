"""The library of recruitment materials as data: data/materials/*.txt.

A file is plain text under a small head, so that it can be edited by anybody and pasted anywhere:

    title: Advert for an employment specialist
    order: 1
    summary: One line for the list.
    for: Who uses it.
    source: Document and section.

    The text, under the marks of portal/core/rules/blocks.py. A name in [square brackets] is to be filled
    in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.core.rules.blocks import Block, read_blocks
from portal.library.rules.rtf import rtf

FOLDER = Path(__file__).resolve().parent / "data" / "materials"
_FIELDS = ("title", "order", "summary", "for", "source")


class BadMaterial(ValueError):
    """A file that cannot be used; one line naming file, field and reason."""


@dataclass(frozen=True)
class Material:
    """A text that services may take and adapt."""

    key: str
    title: str
    order: int
    summary: str
    users: str
    source: str
    text: str
    blocks: tuple[Block, ...]

    @property
    def plain(self) -> str:
        """The text as a file: without the signs of headings."""
        lines = [line.removeprefix("## ") for line in self.text.splitlines()]
        return f"{self.title}\n\n" + "\n".join(lines) + "\n"


def as_rtf(material: Material) -> bytes:
    """The material as an RTF file, which a word processor edits."""
    return rtf(material.title, material.blocks, [f"Source: {material.source}"])


def read_material(path: Path) -> Material:
    """The material of one file. Raises BadMaterial."""
    head, gap, text = path.read_text(encoding="utf-8").partition("\n\n")
    pairs = [line.partition(": ") for line in head.splitlines()]
    found = {name: value.strip() for name, _, value in pairs}
    for name in _FIELDS:
        if not found.get(name):
            raise BadMaterial(f"{path.name}: {name}: is missing")
    if strange := sorted(set(found) - set(_FIELDS)):
        raise BadMaterial(f"{path.name}: {strange[0]}: is no field of a material")
    if not found["order"].isdecimal():
        raise BadMaterial(f"{path.name}: order: must be a whole number")
    if not gap or not text.strip():
        raise BadMaterial(f"{path.name}: text: is missing")
    try:
        blocks = read_blocks(text)
    except ValueError as error:
        raise BadMaterial(f"{path.name}: text: {error}") from error
    return Material(
        key=path.stem,
        title=found["title"],
        order=int(found["order"]),
        summary=found["summary"],
        users=found["for"],
        source=found["source"],
        text=text.strip(),
        blocks=blocks,
    )


@cache
def materials() -> dict[str, Material]:
    """Every material by its key, in their order."""
    found = [read_material(path) for path in FOLDER.glob("*.txt")]
    return {one.key: one for one in sorted(found, key=lambda one: (one.order, one.key))}
