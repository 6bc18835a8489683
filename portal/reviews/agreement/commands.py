"""The command `portal agreement`. No Flask, no database: it answers at once.

Exit codes: 0 done (also where a statistic cannot be given: its reason is), 2 bad input. Errors go to
standard error.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

import click

from portal.reviews.agreement.rules.leaning import leans
from portal.reviews.agreement.rules.ratings import Ratings
from portal.reviews.agreement.rules.reading import TableProblem, read_categories, read_table
from portal.reviews.agreement.rules.statistics import STATISTICS, Agreement
from portal.reviews.agreement.rules.statistics import agreement as work_out
from portal.reviews.agreement.rules.words import counted, lean_words, lines, table

BAD_INPUT = 2
MOST_ROWS = 200_000
MOST_BYTES = 50 * 1024**2


@click.command("agreement")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--categories", default="1-5", show_default=True, help="The whole range that a rating may take."
)
def agreement(file: Path, as_json: bool, categories: str) -> None:
    """Say how far the raters in FILE agree (CSV or XLSX).

    The first column names the unit, each other column holds one rater's ratings; an empty cell is a
    unit not rated.
    """
    ratings = _ratings(file, categories)
    found = work_out(ratings)
    if as_json:
        click.echo(json.dumps(agreement_json(found), ensure_ascii=False))
    else:
        click.echo(_text(ratings, found))


def agreement_json(found: Agreement) -> dict[str, object]:
    """The statistics as JSON data; its shape is a promise to other programs."""
    values = {name: getattr(found, name) for name in STATISTICS}
    return {
        "units": found.units,
        "raters": found.raters,
        **{name: None if value is None else float(value) for name, value in values.items()},
        "reason": found.reason,
    }


def _text(ratings: Ratings, found: Agreement) -> str:
    units = f"{counted(found.units, 'unit')}, {counted(found.raters, 'rater')}"
    said = table([(line.title, line.value, line.note) for line in lines(found)])
    leaning = zip(ratings.raters, leans(ratings), strict=True)
    of_raters = table(
        [(name, lean_words(lean), f"from {counted(lean.units, 'unit')}") for name, lean in leaning]
    )
    return (
        f"{units}; categories {ratings.categories.lowest} to {ratings.categories.highest}\n\n"
        f"{said}\n\nMean difference by rater\n{of_raters}"
    )


def _ratings(file: Path, categories: str) -> Ratings:
    from portal.core.spreadsheets import Limits, SheetProblem, read_rows  # late: `--help` needs no workbook

    try:
        within = read_categories(categories)
    except ValueError as problem:
        _stop(f"--categories: {problem}")
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        rows = read_rows(file.name, data, Limits(size=MOST_BYTES, rows=MOST_ROWS, columns=1_000))
        return read_table([(row.number, row.cells) for row in rows], within)
    except OSError as problem:
        _stop(f"{file}: {(problem.strerror or 'cannot be read').lower()}")
    except SheetProblem as problem:
        _stop(f"{file}: {problem}")
    except TableProblem as problem:
        _stop("\n".join(f"{file}, {line}" for line in problem.problems))


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(BAD_INPUT)


commands: list[click.Command] = [agreement]
