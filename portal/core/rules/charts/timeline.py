"""A service's totals over time, on the axis of the scale with its bands shaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.core.rules.charts.bands import BandMark, shade
from portal.core.rules.charts.svg import INK, LINE, MUTED, PAPER, SHADES, WIDTH, Drawing, Figure

LEFT, RIGHT = 40, WIDTH - 128  # the plot; bands are named right of it
TOP, BOTTOM = 18, 258
RADIUS = 6
MARGIN_DAYS = 45  # before the first point and after the last


@dataclass(frozen=True)
class TimelinePoint:
    """One result. `external` reviews are solid, self-assessments hollow, moderated ones ringed."""

    on: date
    total: int
    label: str
    external: bool = False
    moderated: bool = False


@dataclass(frozen=True)
class Axis:
    """The totals a scale can give."""

    lowest: int
    highest: int


def timeline(
    points: Sequence[TimelinePoint],
    bands: Sequence[BandMark],
    axis: Axis,
    *,
    key: str = "timeline",
    caption: str = "Totals over time",
) -> Figure:
    """Every total by date. Raises ValueError where there is nothing to draw."""
    if not points:
        raise ValueError("A timeline needs a point")
    ordered = sorted(points, key=lambda point: point.on)
    drawing = Drawing(WIDTH, 316)
    _bands(drawing, sorted(bands, key=lambda band: band.lowest), axis)
    first, last = ordered[0].on.toordinal() - MARGIN_DAYS, ordered[-1].on.toordinal() + MARGIN_DAYS
    _years(drawing, first, last)
    places = [(_along(point.on.toordinal(), first, last), _up(point.total, axis)) for point in ordered]
    drawing.path(places, fill="none", stroke=MUTED, stroke_width=1.5)
    for point, (x, y) in zip(ordered, places, strict=True):
        _mark(drawing, point, x, y)
        above = y - 14 if y > TOP + 26 else y + 24
        drawing.text(x, above, str(point.total), size=12, text_anchor="middle", font_weight="bold")
    _legend(drawing, ordered)
    rows = tuple(
        (f"{point.on.day} {point.on:%B %Y}", point.label, str(point.total), _band_of(point.total, bands))
        for point in reversed(ordered)
    )
    said = f"{len(rows)} results, the last {rows[0][2]} on {rows[0][0]}"
    return Figure(
        key, caption, caption, drawing.markup(caption, said), ("Date", "Kind", "Total", "Band"), rows
    )


def sparkline(points: Sequence[TimelinePoint], axis: Axis, title: str) -> str:
    """A small line for lists and cards: SVG markup, empty where there is no point."""
    if not points:
        return ""
    ordered = sorted(points, key=lambda point: point.on)
    drawing = Drawing(120, 28)
    span = max(axis.highest - axis.lowest, 1)
    step = 104 / max(len(ordered) - 1, 1)
    places = [(8 + step * i, 24 - 20 * (point.total - axis.lowest) / span) for i, point in enumerate(ordered)]
    drawing.line((4, 26), (116, 26), LINE)
    drawing.path(places, fill="none", stroke=MUTED, stroke_width=1.5)
    for point, (x, y) in zip(ordered, places, strict=True):
        drawing.circle(x, y, 3, INK if point.external else PAPER, INK, stroke_width=1.2)
    return drawing.markup(title, ", ".join(str(point.total) for point in ordered))


def _up(total: int, axis: Axis) -> float:
    return BOTTOM - (BOTTOM - TOP) * (total - axis.lowest) / max(axis.highest - axis.lowest, 1)


def _along(day: int, first: int, last: int) -> float:
    return LEFT + (RIGHT - LEFT) * (day - first) / max(last - first, 1)


def _bands(drawing: Drawing, bands: Sequence[BandMark], axis: Axis) -> None:
    drawing.rect(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, SHADES[0])
    edges = [axis.lowest, *(band.lowest for band in bands[1:]), axis.highest]
    for index, band in enumerate(bands):
        low, high = _up(edges[index], axis), _up(edges[index + 1], axis)
        drawing.rect(LEFT, high, RIGHT - LEFT, low - high, shade(index, len(bands)))
        drawing.text(RIGHT + 8, (low + high) / 2 + 4, band.title, size=12)
    for edge in edges:
        y = _up(edge, axis)
        drawing.line((LEFT, y), (RIGHT, y), LINE)
        drawing.text(LEFT - 6, y + 4, str(edge), size=12, fill=MUTED, text_anchor="end")


def _years(drawing: Drawing, first: int, last: int) -> None:
    start, end = date.fromordinal(first), date.fromordinal(last)
    months = 12 if last - first > 900 else 6
    for year in range(start.year, end.year + 1):
        for month in range(1, 13, months):
            day = date(year, month, 1)
            x = _along(day.toordinal(), first, last)
            if LEFT <= x <= RIGHT:
                drawing.line((x, TOP), (x, BOTTOM + 5), LINE)
                drawing.text(x, BOTTOM + 19, f"{day:%b %Y}", size=12, fill=MUTED, text_anchor="middle")
    drawing.line((LEFT, BOTTOM), (RIGHT, BOTTOM), INK)


def _mark(drawing: Drawing, point: TimelinePoint, x: float, y: float) -> None:
    if point.moderated:
        drawing.circle(x, y, RADIUS + 4, PAPER, INK, stroke_width=1.5)
    drawing.circle(x, y, RADIUS, INK if point.external else PAPER, INK, stroke_width=2)


def _legend(drawing: Drawing, points: Sequence[TimelinePoint]) -> None:
    """Names the marks that occur, left to right."""
    example = date(2000, 1, 1)
    kinds = (
        ("Self-assessment", TimelinePoint(example, 0, ""), any(not point.external for point in points)),
        (
            "External review",
            TimelinePoint(example, 0, "", external=True),
            any(point.external and not point.moderated for point in points),
        ),
        (
            "External review, moderated",
            TimelinePoint(example, 0, "", external=True, moderated=True),
            any(point.external and point.moderated for point in points),
        ),
    )
    x = LEFT + 10.0
    for title, mark, occurs in kinds:
        if occurs:
            _mark(drawing, mark, x, 300)
            drawing.text(x + 16, 304, title, size=12, fill=MUTED)
            x += 16 + len(title) * 7 + 20


def _band_of(total: int, bands: Sequence[BandMark]) -> str:
    return next((band.title for band in bands if band.lowest <= total <= band.highest), "–")
