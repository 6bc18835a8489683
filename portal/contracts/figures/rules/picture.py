"""A small picture of an indicator's last quarters: a point for each, with the edge of the target dashed.

A full point meets the target, a hollow one does not, a quarter without a figure has none. The words of the
same eight quarters stand in the table beside it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from portal.contracts.figures.rules.figure import Figure
from portal.core.rules.charts.svg import ACCENT, INK, LINE, MUTED, PAPER, Drawing

WIDTH, HEIGHT, SIDE, TOP, BOTTOM = 150, 40, 8, 7, 33


def picture(title: str, figures: Sequence[Figure | None]) -> str:
    """SVG markup, the earliest quarter first; empty where there are fewer than two values."""
    values = [one.value if one else None for one in figures]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    edge = _edge(figures)
    low, high = _span([*known, *([edge] if edge is not None else [])])
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.line((SIDE, HEIGHT - 2), (WIDTH - SIDE, HEIGHT - 2), LINE)
    if edge is not None:
        y = _up(edge, low, high)
        drawing.line((SIDE, y), (WIDTH - SIDE, y), MUTED, stroke_dasharray="4 3")
    step = (WIDTH - 2 * SIDE) / max(len(figures) - 1, 1)
    places = [
        (SIDE + step * place, _up(value, low, high)) if value is not None else None
        for place, value in enumerate(values)
    ]
    _line(drawing, places)
    for one, place in zip(figures, places, strict=True):
        if one is not None and place is not None:
            met = one.band is not None and one.band.met
            drawing.circle(*place, 3.5, ACCENT if met else PAPER, INK, stroke_width=1.2)
    return drawing.markup(title, said(figures))


def said(figures: Sequence[Figure | None]) -> str:
    """The quarters in words: 2025-Q1 95.56%, Good; 2025-Q2 88%, Requires improvement."""
    return "; ".join(
        f"{one.quarter} {one.percent}, {one.standing}"
        for one in figures
        if one is not None and one.value is not None
    )


def _line(drawing: Drawing, places: Sequence[tuple[float, float] | None]) -> None:
    """Joins neighbours; over a gap there is no line."""
    for here, there in itertools.pairwise(places):
        if here is not None and there is not None:
            drawing.line(here, there, MUTED, stroke_width=1.5)


def _edge(figures: Sequence[Figure | None]) -> Fraction | None:
    """The lower edge of the band that meets the target, by the newest terms."""
    newest = next((one for one in reversed(figures) if one is not None), None)
    bands = newest.indicator.bands if newest else ()
    return next((band.low.value for band in bands if band.met and band.low is not None), None)


def _span(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 1, high + 1)


def _up(value: Fraction, low: Fraction, high: Fraction) -> float:
    return BOTTOM - (BOTTOM - TOP) * float((value - low) / (high - low))
