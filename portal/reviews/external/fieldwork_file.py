"""A worksheet as a download: the rows, and in the workbook the figures with the items they inform."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.rules.cells import Cell
from portal.core.spreadsheets import SheetOut, write_csv, write_xlsx
from portal.reviews.external.fieldwork_sheet import FigureLine
from portal.reviews.external.rules.worksheet import Worksheet
from portal.reviews.external.rules.worksheet_answers import answer_words
from portal.reviews.external.rules.worksheet_rows import Row

_FIGURE_COLUMNS = ("Figure", "Result", "Items")


def as_csv(sheet: Worksheet, rows: Sequence[Row]) -> bytes:
    """The rows that were not removed, dates as 2026-03-27."""
    return write_csv(_columns(sheet), _cells(sheet, rows))


def as_xlsx(sheet: Worksheet, rows: Sequence[Row], lines: Sequence[FigureLine]) -> bytes:
    """A workbook with the rows and the figures."""
    figures = [
        [line.title, line.words, ", ".join(f"{item.number}. {item.title}" for item in line.items)]
        for line in lines
    ]
    return write_xlsx(
        [
            SheetOut(sheet.short, _columns(sheet), _cells(sheet, rows)),
            SheetOut("Figures", _FIGURE_COLUMNS, figures, {0: 50, 1: 60, 2: 50}),
        ]
    )


def _columns(sheet: Worksheet) -> list[str]:
    return [sheet.noun.capitalize(), *(question.label for question in sheet.questions)]


def _cells(sheet: Worksheet, rows: Sequence[Row]) -> list[list[Cell]]:
    return [
        [
            sheet.row_name(row.position),
            *(answer_words(question, row.answers.get(question.key, "")) for question in sheet.questions),
        ]
        for row in rows
        if not row.removed
    ]
