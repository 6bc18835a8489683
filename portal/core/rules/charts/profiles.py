"""Item by item and section by section: horizontal bars."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.rules.charts.svg import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    PAPER,
    SHADES,
    WIDTH,
    Drawing,
    Figure,
    diamond,
    width_of,
)

LABEL_LETTERS = 42  # of an item's name on one line
BARS_FROM, BARS_TO = 320, WIDTH - 40
LINE_HEIGHT = 16


@dataclass(frozen=True)
class ItemBar:
    """An item's rating now and last time; None where there is none."""

    label: str
    section: str
    rating: int | None
    last: int | None = None


@dataclass(frozen=True)
class SectionShare:
    """A section's total of its maximum."""

    title: str
    total: int
    maximum: int


def item_chart(
    items: Sequence[ItemBar], *, rating_max: int = 5, key: str = "items", caption: str = "Rating of each item"
) -> Figure:
    """One bar for each item from 0 to the highest rating, under its section's name."""
    with_last = any(item.last is not None for item in items)
    lines = [textwrap.wrap(item.label, LABEL_LETTERS) or [""] for item in items]
    headings = sum(1 for index, item in enumerate(items) if _starts_section(items, index))
    height = 34 + headings * 28 + sum(_row_height(wrapped) for wrapped in lines) + (28 if with_last else 6)
    drawing = Drawing(WIDTH, height)
    _grid(drawing, rating_max, height - (28 if with_last else 6))
    y = 34.0
    for index, (item, wrapped) in enumerate(zip(items, lines, strict=True)):
        if _starts_section(items, index):
            drawing.text(0, y + 18, item.section, font_weight="bold")
            y += 28
        _row(drawing, item, wrapped, y, rating_max)
        y += _row_height(wrapped)
    if with_last:
        drawing.path(
            diamond(BARS_FROM + 6, height - 12, 6), closed=True, fill=PAPER, stroke=INK, stroke_width=1.5
        )
        drawing.text(BARS_FROM + 18, height - 8, "Last time", size=12, fill=MUTED)
    columns = ("Section", "Item", "Rating", "Last time") if with_last else ("Section", "Item", "Rating")
    rows = tuple(_table_row(item, with_last) for item in items)
    return Figure(key, caption, caption, drawing.markup(caption, _summary(items)), columns, rows)


def section_profile(
    sections: Sequence[SectionShare],
    *,
    key: str = "sections",
    caption: str = "Share of the maximum by section",
) -> Figure:
    """One bar for each section: its total as a share of its maximum."""
    drawing = Drawing(WIDTH, 8 + 44 * len(sections))
    for index, section in enumerate(sections):
        y = 8 + 44 * index
        share = _percent(section)
        drawing.text(0, y + 12, section.title)
        drawing.text(WIDTH, y + 12, share, text_anchor="end", font_weight="bold")
        drawing.rect(0, y + 18, WIDTH, 14, SHADES[0], stroke=LINE)
        if section.maximum:
            drawing.rect(0, y + 18, WIDTH * section.total / section.maximum, 14, ACCENT)
    rows = tuple(
        (section.title, str(section.total), str(section.maximum), _percent(section)) for section in sections
    )
    said = "; ".join(f"{row[0]} {row[1]} of {row[2]}" for row in rows)
    return Figure(
        key, caption, caption, drawing.markup(caption, said), ("Section", "Total", "Maximum", "Share"), rows
    )


def _percent(section: SectionShare) -> str:
    return f"{section.total * 100 // section.maximum}%" if section.maximum else "–"


def _starts_section(items: Sequence[ItemBar], index: int) -> bool:
    return index == 0 or items[index].section != items[index - 1].section


def _row_height(wrapped: Sequence[str]) -> int:
    return LINE_HEIGHT * len(wrapped) + 8


def _x(rating: int, rating_max: int) -> float:
    return BARS_FROM + (BARS_TO - BARS_FROM) * rating / rating_max


def _grid(drawing: Drawing, rating_max: int, bottom: float) -> None:
    for rating in range(rating_max + 1):
        x = _x(rating, rating_max)
        drawing.line((x, 24), (x, bottom), LINE)
        if rating:
            drawing.text(x, 16, str(rating), size=12, fill=MUTED, text_anchor="middle")


def _row(drawing: Drawing, item: ItemBar, wrapped: Sequence[str], y: float, rating_max: int) -> None:
    for number, line in enumerate(wrapped):
        drawing.text(0, y + 15 + LINE_HEIGHT * number, line)
    middle = y + _row_height(wrapped) / 2 - 1
    if item.rating is None:
        drawing.rect(BARS_FROM + 4, middle - 9, width_of("Not rated", 12) + 6, 18, PAPER)
        drawing.text(BARS_FROM + 8, middle + 4, "Not rated", size=12, fill=MUTED)
    else:
        end = _x(item.rating, rating_max)
        drawing.rect(BARS_FROM, middle - 7, end - BARS_FROM, 14, ACCENT)
        drawing.text(BARS_TO + 22, middle + 5, str(item.rating), text_anchor="middle", font_weight="bold")
    if item.last is not None:
        corners = diamond(_x(item.last, rating_max), middle, 7)
        drawing.path(corners, closed=True, fill=PAPER, stroke=INK, stroke_width=1.5)


def _table_row(item: ItemBar, with_last: bool) -> tuple[str, ...]:
    rating = "Not rated" if item.rating is None else str(item.rating)
    row = (item.section, item.label, rating)
    return (*row, "–" if item.last is None else str(item.last)) if with_last else row


def _summary(items: Sequence[ItemBar]) -> str:
    rated = [item.rating for item in items if item.rating is not None]
    if not rated:
        return "No item is rated"
    return (
        f"{len(rated)} of {len(items)} rated, from {min(rated)} to {max(rated)}; the table has every rating"
    )
