"""How a question was answered, as bars."""

from __future__ import annotations

from portal.core.rules.charts.svg import INK, SHADES, WIDTH, Drawing, Figure
from portal.surveys.rules.suppressing import Tally

ROW, BAR, TOP = 46, 18, 6
LONGEST_LABEL = 72  # signs that fit over a bar


def bars(tally: Tally) -> Figure | None:
    """A bar for each answer, from nought; None where nothing is shown."""
    if tally.counts is None:
        return None
    options = tally.question.options
    shown = [count for count in tally.counts if count is not None]
    most = max([1, *shown])
    drawing = Drawing(WIDTH, TOP + ROW * len(options))
    rows = []
    for place, (option, count) in enumerate(zip(options, tally.counts, strict=True)):
        top, words = TOP + ROW * place, "not shown" if count is None else str(count)
        label = option.text if len(option.text) <= LONGEST_LABEL else option.text[: LONGEST_LABEL - 1] + "…"
        drawing.text(0, top + 14, f"{label}: {words}")  # beside it a phone would cut the number off
        width = WIDTH * (count or 0) / most
        drawing.rect(0, top + 20, max(width, 1), BAR, SHADES[3], stroke=INK, stroke_width=0.5)
        rows.append((option.text, words))
    said = "; ".join(f"{text}: {words}" for text, words in rows)
    title = tally.question.text
    return Figure(
        tally.question.key, title, title, drawing.markup(title, said), ("Answer", "Answers"), tuple(rows)
    )
