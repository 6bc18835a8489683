"""The arithmetic of worksheets: exact fractions over the rows, never floating point, never rounded.

portal/static/js/worksheet_sums.js does the same in the browser; both are run against
tests/unit/external/worksheet_cases.json.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median

from portal.reviews.external.rules.worksheet import Measure, MeasureKind, Worksheet
from portal.reviews.external.rules.worksheet_answers import (
    NO,
    NOT_APPLICABLE,
    YES,
    Answers,
    date_in,
    number_in,
)
from portal.reviews.external.rules.worksheet_words import percent, plural, say

Rows = Sequence[Answers]


@dataclass
class _Sums:
    """What was added up over the rows, and which rows could not be."""

    top: Fraction = Fraction(0)
    bottom: Fraction = Fraction(0)
    rows: int = 0
    each: list[Fraction] = field(default_factory=list)  # for the median
    not_applicable: int = 0
    missing: int = 0
    disordered: int = 0


@dataclass(frozen=True)
class Result:
    """A measure worked out. `value` is None where there is nothing to divide by; `words` say why.

    days: in days; share and its like: a fraction of 1; number and pair: as the questions count.
    rows: the rows that entered.
    """

    key: str
    value: Fraction | None
    numerator: Fraction
    denominator: Fraction
    rows: int
    words: str
    known: bool  # there is a figure; of a tally: anything was counted


def begun(rows: Rows) -> list[Answers]:
    """The rows with any answer: an empty row is not yet a record."""
    return [row for row in rows if any(answer.strip() for answer in row.values())]


def results(sheet: Worksheet, rows: Rows) -> dict[str, Result]:
    """Every measure of the worksheet over these rows, by key."""
    filled = begun(rows)
    return {measure.key: measured(sheet, measure, filled) for measure in sheet.measures}


def measured(sheet: Worksheet, measure: Measure, rows: Rows) -> Result:
    """One measure over these rows."""
    if measure.kind is MeasureKind.TALLY:
        return _tally(sheet, measure, rows)
    sums = _added_up(measure, rows)
    if measure.kind is MeasureKind.DISTINCT:
        sums.top = Fraction(len({_plain(row[measure.of[0]]) for row in rows if _has(row, measure.of[0])}))
    value = sums.top / sums.bottom if sums.bottom else None
    words = _words(sheet, measure, sums, value, len(rows))
    return Result(measure.key, value, sums.top, sums.bottom, sums.rows, words, value is not None)


def has_figure(measure: Measure, rows: Rows) -> bool:
    """Whether a measure over these rows has a figure, without working its words out."""
    return measure.kind is not MeasureKind.TALLY and bool(_added_up(measure, rows).bottom)


def _added_up(measure: Measure, rows: Rows) -> _Sums:
    sums = _Sums()
    for row in rows:
        _ADDERS[measure.kind](measure, row, sums)
    return sums


def _days(measure: Measure, row: Answers, sums: _Sums) -> None:
    days = _between(measure, row, sums)
    if days is not None:
        _count(sums, Fraction(days))


def _within(measure: Measure, row: Answers, sums: _Sums) -> None:
    days = _between(measure, row, sums)
    if days is not None:
        _count(sums, Fraction(days <= measure.at_most))


def _between(measure: Measure, row: Answers, sums: _Sums) -> int | None:
    first, second = (date_in(row, key) for key in measure.of)
    if first is None or second is None:
        sums.missing += 1
        return None
    if second < first:
        sums.disordered += 1
        return None
    return (second - first).days


def _share(measure: Measure, row: Answers, sums: _Sums) -> None:
    answer = row.get(measure.of[0], "")
    if answer in (YES, NO):
        _count(sums, Fraction(answer == YES))
    elif answer == NOT_APPLICABLE:
        sums.not_applicable += 1
    else:
        sums.missing += 1


def _chosen(measure: Measure, row: Answers, sums: _Sums) -> None:
    if _has(row, measure.of[0]):
        _count(sums, Fraction(row[measure.of[0]] in measure.values))
    else:
        sums.missing += 1


def _reach(measure: Measure, row: Answers, sums: _Sums) -> None:
    number = number_in(row, measure.of[0])
    if number is None:
        sums.missing += 1
    else:
        _count(sums, Fraction(number >= measure.at_least))


def _number(measure: Measure, row: Answers, sums: _Sums) -> None:
    number = number_in(row, measure.of[0])
    if number is None:
        sums.missing += 1
    else:
        _count(sums, number)


def _pair(measure: Measure, row: Answers, sums: _Sums) -> None:
    above, below = (number_in(row, key) for key in measure.of)
    if above is None or below is None:
        sums.missing += 1
    else:
        _count(sums, above, below)


def _cells(measure: Measure, row: Answers, sums: _Sums) -> None:
    found = [number for key in measure.of if (number := number_in(row, key)) is not None]
    if found:
        _count(sums, sum(found, Fraction(0)), Fraction(len(found)))
    else:
        sums.missing += 1


def _distinct(measure: Measure, row: Answers, sums: _Sums) -> None:
    if _has(row, measure.of[0]):
        _count(sums, Fraction(1))
    else:
        sums.missing += 1


def _count(sums: _Sums, above: Fraction, below: Fraction = Fraction(1)) -> None:
    sums.top += above
    sums.bottom += below
    sums.rows += 1
    sums.each.append(above)


_ADDERS: dict[MeasureKind, Callable[[Measure, Answers, _Sums], None]] = {
    MeasureKind.DAYS: _days,
    MeasureKind.WITHIN: _within,
    MeasureKind.SHARE: _share,
    MeasureKind.CHOSEN: _chosen,
    MeasureKind.REACH: _reach,
    MeasureKind.NUMBER: _number,
    MeasureKind.PAIR: _pair,
    MeasureKind.CELLS: _cells,
    MeasureKind.DISTINCT: _distinct,
}


def _has(row: Answers, key: str) -> bool:
    return bool(row.get(key, "").strip())


def _plain(text: str) -> str:
    """A text as it is compared with others: case and spaces do not make another job of it."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _tally(sheet: Worksheet, measure: Measure, rows: Rows) -> Result:
    question = sheet.question(measure.of[0])
    counts = Counter(row[question.key] for row in rows if row.get(question.key) in question.choices)
    parts = [f"{words}: {counts[key]}" for key, words in question.choices.items() if counts[key]]
    words = ", ".join(parts) or "Nothing entered yet"
    count = sum(counts.values())
    return Result(measure.key, None, Fraction(0), Fraction(0), count, words, count > 0)


def _words(sheet: Worksheet, measure: Measure, sums: _Sums, value: Fraction | None, begun_rows: int) -> str:
    left_out = [
        words
        for count, words in (
            (sums.missing, f"{sums.missing} not answered"),
            (sums.not_applicable, f"{sums.not_applicable} not applicable"),
            (sums.disordered, f"{sums.disordered} with the dates the wrong way round"),
        )
        if count
    ]
    if value is None:
        return _why_not(sheet, sums, begun_rows, left_out)
    ready = {
        "rows": plural(sums.rows, sheet.noun, sheet.nouns),
        "percent": percent(value, measure.edges),
    }
    figures = {
        "top": sums.top,
        "bottom": sums.bottom,
        "average": value,
        "median": median(sums.each),
    }
    words = say(measure.says, figures, ready)
    return f"{words}; {', '.join(left_out)}" if left_out else words


def _why_not(sheet: Worksheet, sums: _Sums, begun_rows: int, left_out: list[str]) -> str:
    if not begun_rows:
        return "Nothing entered yet"
    if sums.not_applicable == begun_rows:
        return f"No figure: not applicable in {plural(begun_rows, sheet.noun, sheet.nouns)}"
    if sums.rows:
        return "No figure: it would be divided by 0"
    return f"No figure yet: {', '.join(left_out)}"
