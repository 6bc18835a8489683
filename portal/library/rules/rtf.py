"""A material as an RTF file, which Word, Pages and LibreOffice open and edit.

RTF is plain text under marks, so it needs no library; what is written is ASCII. The marks used are those
of the RTF specification 1.9.1: fonts, paragraphs, bullets, and `\\u` for every other sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.rules.blocks import Block, BlockKind, Line

RTF_TYPE = "application/rtf"
_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0\fswiss\fcharset0 Arial;}}"
    r"\paperw11906\paperh16838\margl1304\margr1304\margt1304\margb1304\deflang2057\lang2057\f0\fs24"
)
_ENTRY = r"{\pard\fi-360\li720\tx720\sa80 "


def rtf(title: str, blocks: Sequence[Block], foot: Sequence[str]) -> bytes:
    """The file: the title, the blocks, and small lines under them."""
    parts = [
        _HEAD,
        rf"{{\info{{\title {_plain(title)}}}}}",
        rf"{{\pard\sa240\keepn\outlinelevel0\b\fs36 {_plain(title)}\par}}",
    ]
    for block in blocks:
        parts += _block(block)
    parts += [
        rf"{{\pard\sb{240 if n == 0 else 0}\sa60\fs18 {_plain(line)}\par}}" for n, line in enumerate(foot)
    ]
    return ("\n".join(parts) + "\n}\n").encode("ascii")


def _block(block: Block) -> list[str]:
    match block.kind:
        case BlockKind.HEADING:
            return [rf"{{\pard\sb280\sa120\keepn\outlinelevel1\b\fs28 {_line(block.lines[0])}\par}}"]
        case BlockKind.LIST:
            return [rf"{_ENTRY}\bullet\tab {_line(line)}\par}}" for line in block.lines]
        case BlockKind.STEPS:
            return [rf"{_ENTRY}{n}.\tab {_line(line)}\par}}" for n, line in enumerate(block.lines, 1)]
        case BlockKind.PARAGRAPH:
            return [rf"{{\pard\sa160 {_line(block.lines[0])}\par}}"]


def _line(line: Line) -> str:
    return "".join(rf"{{\b {_plain(span.text)}}}" if span.strong else _plain(span.text) for span in line)


def _plain(text: str) -> str:
    """Text with RTF's own signs escaped and others by number, in the halves that UTF-16 has."""
    signs = []
    for sign in text:
        if sign in "\\{}":
            signs.append("\\" + sign)
        elif " " <= sign < "\x7f":
            signs.append(sign)
        elif sign in "\n\t":
            signs.append(" ")
        else:
            halves = sign.encode("utf-16-le", "replace")
            units = (halves[at] | halves[at + 1] << 8 for at in range(0, len(halves), 2))
            signs += [f"\\u{unit - 65536 if unit > 32767 else unit}?" for unit in units]
    return "".join(signs)
