"""Pictures of agreement: bars by item, and a dot for each reviewer's lean. Each has its table."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from portal.core.rules.charts.svg import ACCENT, INK, LINE, MUTED, PAPER, SHADES, WIDTH, Drawing, Figure
from portal.reviews.agreement.rules.words import percent, points, signed

LETTERS = 40  # of a name on one line
FROM, TO = 320, WIDTH - 48
LINE_HEIGHT = 16
TOP = 30
KEY_HEIGHT = 30
SMALL = 12


@dataclass(frozen=True)
class AgreementBar:
    """An item's shares; None where there are too few."""

    label: str
    count: int
    exact: Fraction | None
    within_one: Fraction | None


@dataclass(frozen=True)
class LeanDot:
    """A reviewer's mean difference from those they rated with, over `count` reviews."""

    name: str
    count: int
    mean: Fraction
    leans: bool


def agreement_bars(
    bars: Sequence[AgreementBar], *, key: str, caption: str, counted: str = "Reviews"
) -> Figure:
    """A bar for each item: the share rated the same, and behind it the share within one point.

    `counted` names what was counted, for the table's heading.
    """
    labels = [textwrap.wrap(bar.label, LETTERS) or [""] for bar in bars]
    bottom = TOP + sum(_height(lines) for lines in labels)
    drawing = Drawing(WIDTH, bottom + KEY_HEIGHT)
    for tenth in range(0, 101, 25):
        x = FROM + (TO - FROM) * tenth / 100
        drawing.line((x, TOP - 8), (x, bottom), LINE)
        drawing.text(x, TOP - 14, f"{tenth}%", size=SMALL, fill=MUTED, text_anchor="middle")
    y = float(TOP)
    for bar, lines in zip(bars, labels, strict=True):
        _bar(drawing, bar, lines, y)
        y += _height(lines)
    _key(drawing, bottom + 12)
    columns = ("Item", counted, "Exact", "Within one point")
    rows = tuple(
        (bar.label, str(bar.count), percent(bar.exact), percent(bar.within_one))
        if bar.exact is not None
        else (bar.label, str(bar.count), "too few", "too few")
        for bar in bars
    )
    return Figure(key, caption, caption, drawing.markup(caption, _lowest(bars)), columns, rows)


def _height(lines: Sequence[str]) -> int:
    return LINE_HEIGHT * len(lines) + 8


def _bar(drawing: Drawing, bar: AgreementBar, lines: Sequence[str], y: float) -> None:
    for number, line in enumerate(lines):
        drawing.text(0, y + 15 + LINE_HEIGHT * number, line)
    middle = y + _height(lines) / 2 - 1
    if bar.exact is None or bar.within_one is None:
        drawing.rect(FROM + 4, middle - 9, 58, 18, PAPER)
        drawing.text(FROM + 8, middle + 4, "Too few", size=SMALL, fill=MUTED)
        return
    drawing.rect(FROM, middle - 7, (TO - FROM) * float(bar.within_one), 14, SHADES[2])
    drawing.rect(FROM, middle - 7, (TO - FROM) * float(bar.exact), 14, ACCENT)
    drawing.text(WIDTH, middle + 5, percent(bar.exact), text_anchor="end", font_weight="bold")


def _key(drawing: Drawing, y: float) -> None:
    for x, fill, words in ((FROM, ACCENT, "Rated the same"), (FROM + 125, SHADES[2], "Within one point")):
        drawing.rect(x, y, 12, 12, fill)
        drawing.text(x + 18, y + 11, words, size=SMALL, fill=MUTED)


def _lowest(bars: Sequence[AgreementBar]) -> str:
    shares = [(bar.exact, bar.label) for bar in bars if bar.exact is not None]
    if not shares:
        return "Too few ratings of any item"
    low = min(share for share, _ in shares)
    least = " and ".join(label for share, label in shares if share == low)
    return f"Lowest exact agreement {percent(low)}: {least}; the table has every item"


def lean_dots(
    dots: Sequence[LeanDot], threshold: Fraction, *, key: str, caption: str, counted: str
) -> Figure:
    """A dot for each reviewer on a line from lower to higher, with the threshold on both sides.

    `counted` names what was counted, for the table's heading.
    """
    furthest = max([Fraction(1), *(abs(dot.mean) for dot in dots)])
    bottom = TOP + 26 * len(dots)
    drawing = Drawing(WIDTH, bottom + KEY_HEIGHT)
    middle, half = (FROM + TO) / 2, (TO - FROM) / 2

    def across(mean: Fraction) -> float:
        return middle + half * float(mean / furthest)

    drawing.line((middle, TOP - 8), (middle, bottom), INK)
    for edge in (-threshold, threshold):
        drawing.line((across(edge), TOP - 8), (across(edge), bottom), MUTED, stroke_dasharray="4 3")
        drawing.text(across(edge), TOP - 14, signed(edge), size=SMALL, fill=MUTED, text_anchor="middle")
    drawing.text(middle, TOP - 14, "0", size=SMALL, fill=MUTED, text_anchor="middle")
    for number, dot in enumerate(dots):
        y = TOP + 26 * number + 13
        shown = textwrap.shorten(dot.name, LETTERS, placeholder="…")
        drawing.text(0, y + 5, shown, font_weight="bold" if dot.leans else "normal")
        drawing.line((middle, y), (across(dot.mean), y), LINE, stroke_width=2)
        drawing.circle(across(dot.mean), y, 6, ACCENT if dot.leans else PAPER, ACCENT, stroke_width=2)
        drawing.text(WIDTH, y + 5, signed(dot.mean), text_anchor="end")
    drawing.text(FROM, bottom + 20, "Rates lower", size=SMALL, fill=MUTED)
    drawing.text(TO, bottom + 20, "Rates higher", size=SMALL, fill=MUTED, text_anchor="end")
    rows = tuple((dot.name, str(dot.count), signed(dot.mean), "Yes" if dot.leans else "No") for dot in dots)
    leaning = [dot.name for dot in dots if dot.leans]
    said = f"{points(threshold)} or more: {', '.join(leaning) or 'nobody'}"
    said = said[0].upper() + said[1:]
    return Figure(
        key,
        caption,
        caption,
        drawing.markup(caption, said),
        ("Reviewer", counted, "Mean difference", "Leans"),
        rows,
    )
