"""Steps along a time axis: what goes on for days as a bar, what is due on a day as a diamond."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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

LEFT, RIGHT = 12.0, WIDTH - 12.0
HEAD = 46.0  # months and the day of today above the first step
LABEL_LETTERS = 56  # of a step's title on one line; its status stands right of it
LINE_HEIGHT = 17
MARK_HEIGHT = 24
MARGIN_DAYS = 7
MOST_MONTHS = 8  # named on the axis; a longer span names every second or third


class Mark(StrEnum):
    """How a step is drawn."""

    DONE = "done"  # filled
    OPEN = "open"  # hollow
    LATE = "late"  # filled dark, with a bar from its day to today
    EXPECTED = "expected"  # hollow and dashed: the date may still move
    OFF = "off"  # pale: nothing is asked any more


@dataclass(frozen=True)
class GanttStep:
    """One step. `when` and `status` are the words of the table and of the picture."""

    label: str
    who: str
    start: date
    end: date
    when: str
    status: str
    mark: Mark = Mark.OPEN


def gantt(
    steps: Sequence[GanttStep], today: date, *, key: str = "gantt", caption: str = "Steps along time"
) -> Figure:
    """Every step in the order given. Raises ValueError where there is none, or one ends before it starts."""
    if not steps or any(step.end < step.start for step in steps):
        raise ValueError("A picture of steps needs steps that end after they start")
    wrapped = [textwrap.wrap(step.label, LABEL_LETTERS) or [""] for step in steps]
    height = HEAD + sum(_height(lines) for lines in wrapped) + 32
    drawing = Drawing(WIDTH, round(height))
    axis = _Axis(
        min(today, *(step.start for step in steps)) - timedelta(days=MARGIN_DAYS),
        max(today, *(step.end for step in steps)) + timedelta(days=MARGIN_DAYS),
    )
    _months(drawing, axis, height - 32)
    _today(drawing, axis.at(today), height - 32)
    y = HEAD
    for step, lines in zip(steps, wrapped, strict=True):
        _row(drawing, axis, step, lines, y, today)
        y += _height(lines)
    _legend(drawing, steps, height - 10)
    rows = tuple((step.label, step.who, step.when, step.status) for step in steps)
    said = f"{len(steps)} steps; today is {_words(today)}"
    return Figure(
        key, caption, caption, drawing.markup(caption, said), ("Step", "Who", "When", "Status"), rows
    )


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def at(self, day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / max((self.last - self.first).days, 1)


def _height(lines: Sequence[str]) -> float:
    return len(lines) * LINE_HEIGHT + MARK_HEIGHT


def _months(drawing: Drawing, axis: _Axis, bottom: float) -> None:
    starts = []
    day = axis.first.replace(day=1)
    while day <= axis.last:
        if day >= axis.first:
            starts.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    every = -(-len(starts) // MOST_MONTHS) if starts else 1
    for place, start in enumerate(starts):
        x = axis.at(start)
        drawing.line((x, 22), (x, bottom), LINE)
        if place % every == 0:
            words = f"{start:%b %Y}" if start.month == 1 or place == 0 else f"{start:%b}"
            fits = x + 4 + width_of(words, 12) <= WIDTH
            drawing.text(
                x + 4 if fits else x - 4,
                14,
                words,
                size=12,
                fill=MUTED,
                text_anchor="start" if fits else "end",
            )


def _today(drawing: Drawing, x: float, bottom: float) -> None:
    drawing.line((x, 34), (x, bottom), INK, stroke_width=1.5, stroke_dasharray="2 3")
    anchor = "middle" if 24 < x < WIDTH - 24 else "start" if x <= 24 else "end"
    drawing.text(x, 32, "Today", size=12, text_anchor=anchor, font_weight="bold")


def _row(drawing: Drawing, axis: _Axis, step: GanttStep, lines: Sequence[str], y: float, today: date) -> None:
    fill = MUTED if step.mark is Mark.OFF else INK
    status_width = width_of(step.status, 12) + 8
    for place, line in enumerate(lines):  # no line of the axis crosses a word
        drawing.rect(0, y + 1 + place * LINE_HEIGHT, width_of(line) + 4, LINE_HEIGHT, PAPER)
        drawing.text(0, y + 14 + place * LINE_HEIGHT, line, fill=fill)
    weight = "bold" if step.mark is Mark.LATE else "normal"
    drawing.rect(WIDTH - status_width, y + 1, status_width, LINE_HEIGHT, PAPER)
    drawing.text(WIDTH, y + 14, step.status, size=12, fill=fill, text_anchor="end", font_weight=weight)
    middle = y + len(lines) * LINE_HEIGHT + MARK_HEIGHT / 2 - 1
    start, end = axis.at(step.start), axis.at(step.end)
    if step.mark is Mark.LATE and today > step.end:
        drawing.rect(end, middle - 2, axis.at(today) - end, 4, INK)
    if step.end > step.start:
        _bar(drawing, start, max(end - start, 8.0), middle, step.mark)
    else:
        _diamond(drawing, end, middle, step.mark)


def _style(mark: Mark) -> dict[str, str | float]:
    fill, stroke = {
        Mark.DONE: (ACCENT, ACCENT),
        Mark.OPEN: (PAPER, INK),
        Mark.LATE: (INK, INK),
        Mark.EXPECTED: (PAPER, MUTED),
        Mark.OFF: (SHADES[0], LINE),
    }[mark]
    dashes: dict[str, str | float] = {"stroke_dasharray": "3 2"} if mark is Mark.EXPECTED else {}
    return {"fill": fill, "stroke": stroke, "stroke_width": 1.5, **dashes}


def _bar(drawing: Drawing, x: float, width: float, middle: float, mark: Mark) -> None:
    style = _style(mark)
    drawing.rect(x, middle - 6, width, 12, str(style.pop("fill")), **style)


def _diamond(drawing: Drawing, x: float, middle: float, mark: Mark) -> None:
    drawing.path(diamond(x, middle, 7), closed=True, **_style(mark))


def _legend(drawing: Drawing, steps: Sequence[GanttStep], y: float) -> None:
    """Names the marks that occur, left to right."""
    titles = {
        Mark.LATE: "Overdue",
        Mark.OPEN: "To do",
        Mark.EXPECTED: "Expected: the date may move",
        Mark.DONE: "Done",
        Mark.OFF: "No longer asked",
    }
    x = LEFT
    for mark, title in titles.items():
        if any(step.mark is mark for step in steps):
            _diamond(drawing, x, y - 4, mark)
            drawing.text(x + 13, y, title, size=12, fill=MUTED)
            x += 13 + width_of(title, 12) + 20


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
