"""A total on its scale: the bands with their edges, and a marker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.rules.charts.svg import ACCENT, INK, MUTED, PAPER, SHADES, WIDTH, Drawing, Figure, width_of

LEFT, RIGHT = 16, WIDTH - 16
TOP, BOTTOM = 34, 68
SMALL = 12


@dataclass(frozen=True)
class BandMark:
    """A band as a chart shows it: lowest and highest total, both included."""

    title: str
    lowest: int
    highest: int


@dataclass(frozen=True)
class Total:
    """What is drawn: the total, or with items missing the range still possible, on lowest to highest."""

    lowest: int
    highest: int
    total: int | None = None
    possible: tuple[int, int] | None = None


def shade(index: int, bands: int) -> str:
    """Shade of the index-th band from below."""
    return SHADES[min(index + max(len(SHADES) - bands, 0), len(SHADES) - 1)]


def band_bar(
    total: Total, bands: Sequence[BandMark] = (), *, key: str = "total", caption: str = "Total"
) -> Figure:
    """A bar from the lowest to the highest total, shaded by band where bands are published."""
    ordered = sorted(bands, key=lambda band: band.lowest)
    drawing = Drawing(WIDTH, 112 if ordered else 92)
    _bar(drawing, total, ordered)
    if total.total is not None:
        _marker(drawing, _across(total, total.total), str(total.total))
    elif total.possible is not None:
        _range(drawing, total)
    rows = [(band.title, f"{band.lowest} to {band.highest}") for band in reversed(ordered)]
    said = _said(total, ordered)
    table = (("Total", said), *rows) if rows else (("Total", said), ("Range of the scale", _range_of(total)))
    return Figure(key, said, caption, drawing.markup(caption, said), ("Band", "Totals"), table)


def _range_of(total: Total) -> str:
    return f"{total.lowest} to {total.highest}"


def _said(total: Total, bands: Sequence[BandMark]) -> str:
    if total.total is None:
        if total.possible is None:
            return "Not rated yet"
        return f"Between {total.possible[0]} and {total.possible[1]} is still possible"
    earned = [band.title for band in bands if band.lowest <= total.total <= band.highest]
    return f"{total.total} of {total.highest}" + (f", {earned[0]}" if earned else "")


def _across(total: Total, value: int) -> float:
    span = max(total.highest - total.lowest, 1)
    return LEFT + (RIGHT - LEFT) * (value - total.lowest) / span


def _bar(drawing: Drawing, total: Total, bands: Sequence[BandMark]) -> None:
    drawing.rect(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, SHADES[0])
    if not bands and total.total is not None:
        drawing.rect(LEFT, TOP, _across(total, total.total) - LEFT, BOTTOM - TOP, SHADES[2])
    free = float(RIGHT)  # how far to the right a name beneath the bar may reach
    for index in reversed(range(len(bands))):
        band = bands[index]
        start = _across(total, band.lowest)
        end = _across(total, bands[index + 1].lowest) if index + 1 < len(bands) else RIGHT
        drawing.rect(start, TOP, end - start, BOTTOM - TOP, shade(index, len(bands)))
        if index:
            drawing.line((start, TOP), (start, BOTTOM + 6), INK)
            drawing.text(start, BOTTOM + 19, str(band.lowest), size=SMALL, text_anchor="middle")
        free = _name(drawing, band.title, start, end, free)
    drawing.rect(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, "none", stroke=INK)
    drawing.text(LEFT, BOTTOM + 19, str(total.lowest), size=SMALL, fill=MUTED)
    drawing.text(RIGHT, BOTTOM + 19, str(total.highest), size=SMALL, fill=MUTED, text_anchor="end")


def _name(drawing: Drawing, title: str, start: float, end: float, free: float) -> float:
    """A band's name inside the bar, or beneath it where it does not fit. Returns what is left free there."""
    width, middle = width_of(title, SMALL), (start + end) / 2
    if width + 2 <= end - start:
        drawing.text(middle, BOTTOM - 6, title, size=SMALL, text_anchor="middle")
        return free
    right = min(middle + width / 2, free)
    drawing.line((middle, BOTTOM - 8), (middle, BOTTOM + 26), MUTED)
    drawing.text(right, BOTTOM + 38, title, size=SMALL, text_anchor="end")
    return right - width - 10


def _marker(drawing: Drawing, x: float, label: str) -> None:
    drawing.line((x, TOP - 4), (x, TOP + 13), INK, stroke_width=3)  # ends above the band's name
    drawing.path([(x - 7, TOP - 10), (x + 7, TOP - 10), (x, TOP)], closed=True, fill=INK)
    half = width_of(label, 18) / 2
    drawing.text(
        min(max(x, half), WIDTH - half), TOP - 15, label, size=18, text_anchor="middle", font_weight="bold"
    )


def _range(drawing: Drawing, total: Total) -> None:
    assert total.possible is not None
    start, end = (_across(total, value) for value in total.possible)
    drawing.line((start, TOP - 8), (end, TOP - 8), ACCENT, stroke_width=4)
    for x, value, anchor in ((start, total.possible[0], "start"), (end, total.possible[1], "end")):
        drawing.circle(x, TOP - 8, 5, PAPER, ACCENT, stroke_width=2)
        drawing.text(x, TOP - 18, str(value), size=SMALL, text_anchor=anchor)
