"""A drawing as SVG text: the same markup on the page and in the PDF.

Only presentation attributes, never a style attribute or class: the content security policy refuses the
one and WeasyPrint knows nothing of the page's stylesheet. Every text is escaped here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

INK = "#0b0c0c"
MUTED = "#505a5f"
LINE = "#b1b4b6"
ACCENT = "#1d4f5a"
PAPER = "#ffffff"
SHADES = ("#f3f2f1", "#dbe7ea", "#b3cfd6", "#85b4bf")  # told apart by lightness: grey print, colour blindness
FONT = "Arial, 'Liberation Sans', sans-serif"
SIZE = 13  # of ordinary text, in units of the drawing
WIDTH = 600  # of every full chart, in units
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Value = str | int | float


@dataclass(frozen=True)
class Figure:
    """A chart with all that makes it readable without seeing it: caption and table.

    `svg` is finished, escaped markup; `columns` and `rows` are the table under it.
    """

    key: str
    title: str
    caption: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def shown(value: Value) -> str:
    """A number as short as it goes: 12.5, 40; a text as it is."""
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)


def element(name: str, text: str | None = None, /, **attributes: Value) -> str:
    """One element; an underscore in a name stands for a hyphen."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(shown(value))}"' for key, value in attributes.items()
    )
    if text is None:
        return f"<{name}{written}/>"
    return f"<{name}{written}>{escape(_CONTROLS.sub('', text), quote=False)}</{name}>"


def width_of(text: str, size: int = SIZE) -> float:
    """About how wide a text is drawn: Arial's average, a little on the safe side."""
    return len(text) * size * 0.52


class Drawing:
    """Collects elements; the first drawn lies lowest."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **more: Value) -> None:
        self._parts.append(element("rect", x=x, y=y, width=max(width, 0.0), height=height, fill=fill, **more))

    def line(
        self, start: tuple[float, float], end: tuple[float, float], stroke: str = LINE, **more: Value
    ) -> None:
        (x1, y1), (x2, y2) = start, end
        self._parts.append(element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **more))

    def circle(self, x: float, y: float, radius: float, fill: str, stroke: str = INK, **more: Value) -> None:
        self._parts.append(element("circle", cx=x, cy=y, r=radius, fill=fill, stroke=stroke, **more))

    def path(self, points: Sequence[tuple[float, float]], *, closed: bool = False, **more: Value) -> None:
        steps = " L".join(f"{shown(float(x))} {shown(float(y))}" for x, y in points)
        self._parts.append(element("path", d=f"M{steps}{' Z' if closed else ''}", **more))

    def text(
        self, x: float, y: float, text: str, *, size: int = SIZE, fill: str = INK, **more: Value
    ) -> None:
        """Text with its baseline at y; anchor and weight through text_anchor and font_weight."""
        self._parts.append(element("text", text, x=x, y=y, font_size=size, fill=fill, **more))

    def markup(self, title: str, description: str = "") -> str:
        """The finished drawing. The title is its accessible name (and, in a PDF, the figure's Alt)."""
        head = element("title", f"{title}. {description}" if description else title)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" role="img"'
            f' width="{self.width}" height="{self.height}" font-family="{escape(FONT)}">'
            f"{head}{''.join(self._parts)}</svg>"
        )


def diamond(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Corners of a diamond around a point."""
    return [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
