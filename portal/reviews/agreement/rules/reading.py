"""A table of ratings: the first column the unit, then one column for each rater, an empty cell not rated.

All problems are collected, so that a person can mend the file in one go; a file with one is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.reviews.agreement.rules.ratings import SCALE, Categories, Ratings, gather

_WHOLE = re.compile(r"([+-]?[0-9]{1,6})(?:\.0{1,6})?\Z")  # spreadsheets hand over 4 as 4.0
_RANGE = re.compile(r"\s*([0-9]{1,4})\s*(?:-|–|\.\.| to )\s*([0-9]{1,4})\s*\Z")
_SHOWN = 40


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file. Rows count from 1; column is its heading, or "" for the whole row."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"row {self.row}, column {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.reason}"


class TableProblem(ValueError):
    """A table that cannot be used; `problems` names each row and column."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


def read_categories(text: str) -> Categories:
    """“1-5” as the categories 1 to 5. Raises ValueError with the reason."""
    match = _RANGE.match(text)
    if match is None:
        raise ValueError(f"“{text[:_SHOWN]}” is not a range such as 1-5")
    return Categories(int(match[1]), int(match[2]))


def read_table(rows: Iterable[tuple[int, Sequence[str]]], categories: Categories = SCALE) -> Ratings:
    """The ratings in numbered rows, the heading row first. Raises TableProblem."""
    numbered = [(number, [cell.strip() for cell in cells]) for number, cells in rows]
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    if not filled:
        raise TableProblem([Problem(1, "", "the file is empty")])
    (first, heading), *body = filled
    problems = _heading_problems(first, heading, [cells for _, cells in body])
    if problems:
        raise TableProblem(problems)
    raters = _without_empty_end(heading)[1:]
    found: list[list[int | None]] = []
    seen: dict[str, int] = {}
    for number, cells in body:
        problems += _row_problems(number, cells, len(raters), heading[0], seen)
        given = [*cells[1:], *[""] * len(raters)][: len(raters)]
        found.append(
            [_rating(number, *pair, categories, problems) for pair in zip(raters, given, strict=True)]
        )
    if not body:
        problems.append(Problem(first, "", "there is no row of ratings under the heading row"))
    if problems:
        raise TableProblem(problems)
    return gather(raters, found, categories)


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return list(cells[: last + 1])


def _heading_problems(number: int, heading: Sequence[str], body: Sequence[Sequence[str]]) -> list[Problem]:
    names = _without_empty_end(heading)
    if len(names) < 2:
        return [Problem(number, "", "the heading row needs a column for the unit and one for each rater")]
    problems = []
    for place, name in enumerate(names[1:], 2):
        if not name:
            problems.append(Problem(number, str(place), "the column has no heading"))
        elif name in names[1 : place - 1]:
            problems.append(Problem(number, name, "two columns have this heading"))
    if all(_WHOLE.match(name) for name in names) and body:
        problems.append(Problem(number, "", "the first row must hold headings, not ratings"))
    return problems


def _row_problems(
    number: int, cells: Sequence[str], raters: int, unit_heading: str, seen: dict[str, int]
) -> list[Problem]:
    unit, column = cells[0], unit_heading or "1"
    problems = []
    if not unit:
        problems.append(Problem(number, column, "the unit has no name"))
    elif unit in seen:
        reason = f"the unit “{unit[:_SHOWN]}” is already in row {seen[unit]}"
        problems.append(Problem(number, column, reason))
    seen.setdefault(unit, number)
    if any(cells[raters + 1 :]):
        problems.append(Problem(number, str(raters + 2), "there are more cells than headings"))
    return problems


def _rating(
    number: int, rater: str, text: str, categories: Categories, problems: list[Problem]
) -> int | None:
    if not text:
        return None
    whole = _WHOLE.match(text)
    if whole is None:
        problems.append(Problem(number, rater, f"“{text[:_SHOWN]}” is not a whole number"))
        return None
    rating = int(whole[1])
    if rating not in categories:
        reason = f"{rating} is outside {categories.lowest} to {categories.highest}"
        problems.append(Problem(number, rater, reason))
        return None
    return rating
