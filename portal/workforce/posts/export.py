"""Posts, and the days a quarter was counted from, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from portal.core.rules.cells import Cell
from portal.core.rules.rate import rounded
from portal.core.spreadsheets import write_csv
from portal.workforce.posts.definitions import leave_kinds
from portal.workforce.posts.figures import QuarterLine
from portal.workforce.posts.listing import PostLine
from portal.workforce.posts.rules.fte import Part

POSTS = (
    "Post",
    "Region",
    "Services",
    "Budgeted FTE",
    "State",
    "Vacant FTE",
    "Vacant since",
    "Held by",
    "FTE",
    "Since",
    "Until",
)
DAYS = ("From", "To", "Days", "Person", "Post", "FTE", "Counted FTE", "Counted FTE-days", "Note")


def posts_csv(lines: Iterable[PostLine]) -> bytes:
    """A row for each holder of today; a row without one for each vacant post."""
    rows: list[list[Cell]] = []
    for line in lines:
        own: list[Cell] = [line.title, line.region, line.stream.title, line.budgeted, line.state.title]
        own += [line.vacant if line.is_open else None, line.vacant_since]
        rows += [[*own, one.name, one.fte, one.starts, one.ends] for one in line.holders]
        if not line.holders:
            rows.append([*own, None, None, None, None])
    return write_csv(POSTS, rows)


def quarter_csv(line: QuarterLine, *, reasons: bool) -> bytes:
    """A row for each person and run of days, then the sum and the fraction that it makes of the target."""
    rows: list[list[Cell]] = []
    for run in line.figure.runs:
        days: list[Cell] = [run.first, run.last, run.days]
        for part in run.parts:
            counted = exact(run.days * Fraction(part.counted))
            note = away_words(part, reasons=reasons)
            rows.append([*days, part.name, part.post, part.fte, part.counted, counted, note])
        if not run.parts:
            rows.append([*days, None, None, None, 0, 0, "Nobody in post"])
    rate = line.figure.rate
    counted_days, target = line.figure.days, line.figure.target
    rows.append(["Sum", None, counted_days, None, None, None, None, exact(rate.numerator), None])
    rows.append(["Target", None, counted_days, None, None, target, None, exact(rate.denominator), None])
    fraction = "" if rate.value is None else f"{rate.value.numerator} of {rate.value.denominator}"
    rows.append(["Of the target", None, None, None, None, None, None, line.percent, fraction])
    return write_csv(DAYS, rows)


def exact(value: Fraction) -> Decimal:
    """FTE-days without rounding: FTE and targets have few decimal places, so that they end."""
    return rounded(value, 9)


def away_words(part: Part, *, reasons: bool) -> str:
    """Why a part counts for nothing; the kind of leave only for those who may see it."""
    if not part.away:
        return ""
    if not reasons:
        return "On leave that does not count"
    return f"On leave that does not count: {leave_kinds()[part.away].title}"
