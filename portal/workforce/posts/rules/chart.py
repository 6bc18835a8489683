"""The last quarters as bars, with the target and the lowest good figure as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from portal.core.rules.charts.svg import INK, LINE, MUTED, SHADES, WIDTH, Drawing, Figure
from portal.workforce.posts.rules.terms import Band

LEFT, RIGHT, TOP, BOTTOM = 48, WIDTH - 12, 30, 230
GAP = 10
LEAST_TOP = Fraction(6, 5)  # the axis goes to 120% at least


@dataclass(frozen=True)
class Bar:
    """A quarter: its short name, its share of the target (None: no figure), and both in words."""

    label: str
    share: Fraction | None
    percent: str
    sum: str
    band: str
    expected: bool = False  # the quarter is not over yet


def quarters_chart(bars: Sequence[Bar], good: Band) -> Figure:
    """Bars from nought, so that their heights compare. `good`: the band whose edge is drawn."""
    drawing = Drawing(WIDTH, 276)
    highest = max([LEAST_TOP, *(bar.share for bar in bars if bar.share is not None)])
    for share, words in ((Fraction(0), "0%"), (Fraction(1), "100%"), (Fraction(good.percent) / 100, "")):
        y = _up(share, highest)
        dashes = {} if words else {"stroke_dasharray": "4 4"}
        drawing.line((LEFT, y), (RIGHT, y), INK if words else MUTED, **dashes)
        if words:
            drawing.text(LEFT - 6, y + 4, words, size=12, fill=MUTED, text_anchor="end")
    width = (RIGHT - LEFT) / max(len(bars), 1)
    for place, bar in enumerate(bars):
        _bar(drawing, bar, LEFT + place * width + GAP / 2, width - GAP, highest)
    known = [bar for bar in bars if bar.share is not None]
    said = "; ".join(f"{bar.label} {bar.percent}" for bar in known) or "No quarter has a figure yet"
    return Figure(
        "fte-quarters",
        "EISM full-time equivalent by quarter",
        f"EISMs employed, in per cent of the target (dashed: {good.percent.normalize():f}%)",
        drawing.markup("EISMs employed by quarter, in per cent of the target", said),
        ("Quarter", "Of the target", "FTE-days", "Band"),
        tuple((bar.label, bar.percent, bar.sum, bar.band) for bar in bars),
    )


def _up(share: Fraction, highest: Fraction) -> float:
    return BOTTOM - (BOTTOM - TOP) * float(share / highest)


def _bar(drawing: Drawing, bar: Bar, x: float, width: float, highest: Fraction) -> None:
    middle = x + width / 2
    drawing.text(middle, BOTTOM + 20, bar.label, size=12, text_anchor="middle")
    if bar.share is None:
        drawing.text(middle, BOTTOM - 6, "–", size=12, fill=MUTED, text_anchor="middle")
        return
    top = _up(bar.share, highest)
    if bar.expected:
        drawing.rect(x, top, width, BOTTOM - top, "none", stroke=LINE, stroke_dasharray="3 3")
        drawing.text(middle, BOTTOM + 36, "expected", size=12, fill=MUTED, text_anchor="middle")
    else:
        drawing.rect(x, top, width, BOTTOM - top, SHADES[2])
    inside = min(top + 32, BOTTOM - 6)  # below the lines, which cross the tops of most bars
    drawing.text(middle, inside, bar.percent, size=12, text_anchor="middle", font_weight="bold")
