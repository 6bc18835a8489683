"""Ratings in a table of rows: columns item and rating, and optionally rationale and evidence.

All problems are collected, so that a person can mend the file in one go. Used by the command line
and by the import of a spreadsheet; nothing of a file with a problem may be used.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portal.scales.rules.definition import Item, Scale
from portal.scales.rules.numbering import resolve

REQUIRED = ("item", "rating")
OPTIONAL = ("rationale", "evidence")
MOST_ROWS = 2000
MOST_BYTES = 1_000_000
_WHOLE = re.compile(r"([+-]?[0-9]{1,6})(?:\.0{1,6})?\Z")  # spreadsheets hand over 4 as 4.0


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file. line counts from 1; column is its heading, or "" for the whole line."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.reason}"


@dataclass
class RatingsFile:
    """What the rows say, by item key. A rating of None is an item left unrated."""

    ratings: dict[str, int | None] = field(default_factory=dict)
    rationales: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_csv(data: bytes, scale: Scale) -> RatingsFile:
    """The ratings in a CSV file. Bytes that are not UTF-8 and broken quoting are problems too."""
    if len(data) > MOST_BYTES:
        return RatingsFile(problems=[Problem(1, "", f"the file is larger than {MOST_BYTES:,} bytes")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = error.start - before.rfind(b"\n")
        reason = f"byte {place} of the line is not UTF-8: save the file as “CSV UTF-8”"
        return RatingsFile(problems=[Problem(before.count(b"\n") + 1, "", reason)])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    numbered: list[tuple[int, Sequence[str]]] = []
    line = 1
    try:
        for row in reader:
            numbered.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        return RatingsFile(problems=[Problem(reader.line_num or 1, "", f"not readable as CSV: {error}")])
    return read_numbered(numbered, scale)


def read_rows(rows: Iterable[Sequence[object]], scale: Scale) -> RatingsFile:
    """The ratings in `rows` of a sheet, the heading row first; the first row is line 1."""
    texts = ([_cell(value) for value in row] for row in rows)
    return read_numbered(enumerate(texts, 1), scale)


def read_numbered(numbered: Iterable[tuple[int, Sequence[str]]], scale: Scale) -> RatingsFile:
    """The ratings in rows that carry their line in the file, the heading row first."""
    found = RatingsFile()
    filled: Iterator[tuple[int, Sequence[str]]]
    filled = ((line, row) for line, row in numbered if any(cell.strip() for cell in row))
    line, heading = next(filled, (1, ()))
    columns = _columns(line, heading, found)
    first: dict[str, int] = {}
    for count, (line, row) in enumerate(filled, 1):
        if found.problems and not columns:
            break
        if count > MOST_ROWS:
            found.problems.append(Problem(line, "", f"there are more than {MOST_ROWS:,} rows"))
            break
        _row(line, row, columns, scale, first, found)
    return found


def _columns(line: int, heading: Sequence[str], found: RatingsFile) -> Mapping[str, int]:
    """Column name -> place; empty, with the problems noted, where the heading is not usable."""
    names = [re.sub(r"\s+", " ", cell).strip().lower() for cell in heading]
    if not names:
        found.problems.append(Problem(1, "", "the file is empty"))
        return {}
    for name in REQUIRED:
        if name not in names:
            found.problems.append(Problem(line, name, "the heading row has no such column"))
    for name in REQUIRED + OPTIONAL:
        if names.count(name) > 1:
            found.problems.append(Problem(line, name, "the heading row has this column twice"))
    if found.problems:
        return {}
    return {name: names.index(name) for name in REQUIRED + OPTIONAL if name in names} | {"": len(names)}


def _row(
    line: int,
    row: Sequence[str],
    columns: Mapping[str, int],
    scale: Scale,
    first: dict[str, int],
    found: RatingsFile,
) -> None:
    """Read one row into `found`; `first` remembers the line on which each item stood first."""
    if any(cell.strip() for cell in row[columns[""] :]):
        found.problems.append(Problem(line, "", "there are more cells than headings"))
        return

    def cell(name: str) -> str:
        place = columns.get(name, len(row))
        return row[place].strip() if place < len(row) else ""

    item = _item(cell("item"), scale, line, found)
    rating = _rating(cell("rating"), scale, line, found)
    if item is None:
        return
    if item.key in first:
        reason = f"item {item.number} ({item.title}) is already on line {first[item.key]}"
        found.problems.append(Problem(line, "item", reason))
        return
    first[item.key] = line
    found.ratings[item.key] = rating
    for name, texts in (("rationale", found.rationales), ("evidence", found.evidence)):
        if cell(name):
            texts[item.key] = cell(name)


def _item(text: str, scale: Scale, line: int, found: RatingsFile) -> Item | None:
    if not text:
        found.problems.append(Problem(line, "item", "no item is given"))
        return None
    try:
        return resolve(scale, text)
    except KeyError:
        found.problems.append(Problem(line, "item", f"“{text[:60]}” is not an item of {scale.key}"))
        return None


def _rating(text: str, scale: Scale, line: int, found: RatingsFile) -> int | None:
    if not text:
        return None
    whole = _WHOLE.match(text)
    if not whole:
        found.problems.append(Problem(line, "rating", f"“{text[:60]}” is not a whole number"))
        return None
    rating = int(whole[1])
    if not scale.rating_min <= rating <= scale.rating_max:
        reason = f"{text} is outside {scale.rating_min} to {scale.rating_max}"
        found.problems.append(Problem(line, "rating", reason))
        return None
    return rating


def _cell(value: object) -> str:
    """A sheet's cell as text: a whole number without its ".0", nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
