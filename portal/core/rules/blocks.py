"""Text under simple marks (a page of learning, a material of the library), as blocks that a template draws.

Blocks are separated by blank lines: `## ` begins a heading, `- ` a list, `1. ` numbered steps; the rest
are paragraphs. `**` around words makes them strong. There is no HTML, so nothing in a file can become any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is drawn as."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    STEPS = "steps"


@dataclass(frozen=True)
class Span:
    """Words within a line."""

    text: str
    strong: bool = False


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A heading or paragraph has one line; a list has one for each of its entries."""

    kind: BlockKind
    lines: tuple[Line, ...]


_STEP = re.compile(r"\d{1,2}\. ")


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text. Raises ValueError where a mark is not closed or a list mixes with other text."""
    return tuple(_block(part.strip()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip())


def word_count(blocks: tuple[Block, ...]) -> int:
    """How many words a reader reads."""
    return sum(len(span.text.split()) for block in blocks for line in block.lines for span in line)


def _block(part: str) -> Block:
    lines = [line.strip() for line in part.splitlines()]
    if lines[0].startswith("## "):
        if len(lines) > 1:
            raise ValueError(f"a blank line is missing after the heading “{lines[0][3:]}”")
        return Block(BlockKind.HEADING, (_spans(lines[0][3:]),))
    if lines[0].startswith("- "):
        return Block(BlockKind.LIST, _entries(lines, re.compile("- ")))
    if _STEP.match(lines[0]):
        return Block(BlockKind.STEPS, _entries(lines, _STEP))
    return Block(BlockKind.PARAGRAPH, (_spans(" ".join(lines)),))


def _entries(lines: list[str], mark: re.Pattern[str]) -> tuple[Line, ...]:
    """The entries of a list; a line without the mark goes on with the entry before it."""
    entries: list[str] = []
    for line in lines:
        found = mark.match(line)
        if found:
            entries.append(line[found.end() :])
        else:
            entries[-1] += f" {line}"
    return tuple(_spans(entry) for entry in entries)


def _spans(text: str) -> Line:
    parts = text.split("**")
    if len(parts) % 2 == 0:
        raise ValueError(f"“**” is not closed in “{text[:40]}”")
    return tuple(Span(part, strong=place % 2 == 1) for place, part in enumerate(parts) if part)
