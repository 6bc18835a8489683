"""A spreadsheet of ratings: reading one that was sent, and the template to fill in."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.datastructures import FileStorage

from portal.core.errors import NotFound
from portal.core.spreadsheets import (
    CSV_TYPE,
    XLSX_TYPE,
    SheetOut,
    SheetProblem,
    read_rows,
    write_csv,
    write_xlsx,
)
from portal.reviews.assessment.models import ItemRating
from portal.scales.rules.definition import Scale
from portal.scales.rules.ratings_file import Problem, RatingsFile, read_numbered

HEADINGS = ("item", "rating", "rationale", "evidence", "title")
WIDTHS = {0: 8, 1: 8, 2: 50, 3: 50, 4: 45}
Row = tuple[int, int | None, str, str, str]


def read(upload: FileStorage | None, scale: Scale) -> RatingsFile:
    """The ratings in a CSV or XLSX file that was sent; what cannot be read is a problem of the file."""
    if upload is None or not upload.filename:
        return RatingsFile(problems=[Problem(1, "", "choose a file first")])
    try:
        rows = read_rows(upload.filename, upload.read())
    except SheetProblem as problem:
        return RatingsFile(problems=[Problem(1, "", str(problem))])
    return read_numbered([(row.number, row.cells) for row in rows], scale)


def template(scale: Scale, ratings: Mapping[str, ItemRating], suffix: str) -> tuple[bytes, str]:
    """The sheet to fill in, with what is saved. Returns bytes and media type. Raises NotFound."""
    rows = [_row(item.number, item.title, ratings.get(item.key)) for item in scale.items]
    if suffix == "csv":
        return write_csv(HEADINGS, rows), CSV_TYPE
    if suffix == "xlsx":
        choices = {1: [str(rating) for rating in range(scale.rating_min, scale.rating_max + 1)]}
        return write_xlsx([SheetOut("Ratings", HEADINGS, rows, WIDTHS, choices)]), XLSX_TYPE
    raise NotFound("There is a template as CSV and as XLSX only.")


def _row(number: int, title: str, saved: ItemRating | None) -> Row:
    if saved is None:
        return number, None, "", "", title
    return number, saved.rating, saved.rationale, saved.evidence, title
