"""The library of recruitment materials as data: data/materials/*.txt.

A file is plain text under a small head, so that it can be edited by anybody and pasted anywhere:

    title: Advert for an employment specialist
    order: 1
    summary: One line for the list.
    for: Who uses it.
    source: Document and section.

    The text. A line that begins with "# " is a heading, one with "- " a point of a list. A name in
    [square brackets] is to be filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data" / "materials"
_FIELDS = ("title", "order", "summary", "for", "source")


class BadMaterial(ValueError):
    """A file that cannot be used; one line naming file, field and reason."""


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a list of the text."""

    kind: str  # heading, text or list
    lines: tuple[str, ...]


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

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(_block(part) for part in self.text.split("\n\n") if part.strip())

    @property
    def plain(self) -> str:
        """The text as a file: without the signs of headings."""
        lines = [line.removeprefix("# ") for line in self.text.splitlines()]
        return f"{self.title}\n\n" + "\n".join(lines) + "\n"


def _block(part: str) -> Block:
    lines = tuple(line.strip() for line in part.strip().splitlines())
    if lines[0].startswith("# "):
        return Block("heading", (lines[0].removeprefix("# "),))
    if all(line.startswith("- ") for line in lines):
        return Block("list", tuple(line.removeprefix("- ") for line in lines))
    return Block("text", lines)


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
    return Material(
        key=path.stem,
        title=found["title"],
        order=int(found["order"]),
        summary=found["summary"],
        users=found["for"],
        source=found["source"],
        text=text.strip(),
    )


@cache
def materials() -> dict[str, Material]:
    """Every material by its key, in their order."""
    found = [read_material(path) for path in FOLDER.glob("*.txt")]
    return {one.key: one for one in sorted(found, key=lambda one: (one.order, one.key))}
