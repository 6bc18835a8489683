"""CSV and Excel files: reading what people send, within bounds, and writing what no program runs."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from portal.core.rules.cells import Cell, original, safe_cell

PACKAGE_ROOT = Path(__file__).resolve().parent.parent.parent
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READING_LIMIT = 30  # seconds


class SheetProblem(ValueError):
    """A file that cannot be read as rows; the message is for the person who sent it."""


@dataclass(frozen=True)
class Limits:
    """The most that is taken of a file: bytes as sent and unpacked, rows, columns."""

    size: int = 5 * 1024**2
    unpacked: int = 100 * 1024**2
    rows: int = 5_000
    columns: int = 100


@dataclass(frozen=True)
class SheetRow:
    """A row that is not empty: its number in the file, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SheetOut:
    """A sheet to be written. `widths` in characters; `choices`: by column index, what may be entered."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Mapping[int, int] = field(default_factory=dict)
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def read_rows(name: str, data: bytes, limits: Limits | None = None) -> list[SheetRow]:
    """The rows of a CSV file, or of the first sheet of an XLSX file. Raises SheetProblem.

    An apostrophe that `safe_cell` put before a text is taken off again.
    """
    limits = limits or Limits()
    if not data:
        raise SheetProblem("The file is empty")
    if len(data) > limits.size:
        raise SheetProblem(f"The file must be smaller than {limits.size // 1024**2} MB")
    ending = name.rpartition(".")[2].lower()
    if ending == "xlsx":
        cells = _read_xlsx(data, limits)
    elif ending in {"csv", "txt"}:
        cells = _read_csv(data, limits)
    else:
        raise SheetProblem("Choose a CSV or Excel (.xlsx) file")
    rows = [
        SheetRow(number, tuple(original(cell) for cell in row))
        for number, row in cells
        if any(cell.strip() for cell in row)
    ]
    if not rows:
        raise SheetProblem("The file has no rows")
    return rows


def _read_csv(data: bytes, limits: Limits) -> list[tuple[int, list[str]]]:
    text = _decode(data)
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=first.count)  # Excel writes ; where a comma is the decimal sign
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = 1
    try:
        for row in reader:
            rows.append((number, [cell.strip() for cell in row]))
            number = reader.line_num + 1
            if len(rows) > limits.rows:
                raise SheetProblem(f"The file has more than {limits.rows:,} rows")
            if len(row) > limits.columns:
                raise SheetProblem(f"Line {rows[-1][0]} has more than {limits.columns} columns")
    except csv.Error as problem:
        raise SheetProblem(f"Line {number} cannot be read: check its quotation marks") from problem
    return rows


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SheetProblem("The file is not plain text. Save it as “CSV UTF-8” or as an Excel workbook (.xlsx)")


def _read_xlsx(data: bytes, limits: Limits) -> list[tuple[int, list[str]]]:
    """Read in a process of its own, whose memory and time are bounded."""
    bounds = [str(limits.unpacked), str(limits.rows), str(limits.columns)]
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.core.sheet_worker", *bounds],
            input=data,
            capture_output=True,
            timeout=READING_LIMIT,
            check=False,
            env={**kept, "PYTHONPATH": str(PACKAGE_ROOT)},
        )
    except subprocess.TimeoutExpired as late:
        raise SheetProblem("The workbook takes too long to read. Copy the sheet into a new file") from late
    answer = json.loads(done.stdout) if done.returncode == 0 else {"problem": ""}
    if "rows" not in answer:
        raise SheetProblem(
            answer["problem"] or "The workbook cannot be read. Save it again as an Excel workbook (.xlsx)"
        )
    return list(enumerate(answer["rows"], start=1))


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV as Excel opens it: UTF-8 with its mark, CRLF; no cell can run as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_cell(column) for column in columns])
    for row in rows:
        writer.writerow(["" if cell is None else safe_cell(cell) for cell in row])
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8")


def write_xlsx(sheets: Sequence[SheetOut]) -> bytes:
    """A workbook with a styled, frozen heading row on each sheet; no cell can run as a formula."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        _write_sheet(workbook.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.title)[:31]), sheet)
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def _write_sheet(page: Worksheet, sheet: SheetOut) -> None:
    for row in (sheet.columns, *sheet.rows):
        page.append([safe_cell(cell) for cell in row])
    for cell in page[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1D4F5A")
    for column in page.iter_cols(min_row=1):
        for cell in column:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    page.freeze_panes = "A2"
    for index in range(len(sheet.columns)):
        page.column_dimensions[get_column_letter(index + 1)].width = sheet.widths.get(index, 18)
    for index, choices in sheet.choices.items():
        letter = get_column_letter(index + 1)
        rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        rule.error = f"Choose one of: {', '.join(choices)}"
        page.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{max(len(sheet.rows) + 1, 2)}")
