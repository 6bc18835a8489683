"""What a worksheet's page shows: its rows as they stand or were typed, and the figures under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from portal.core.filters import day
from portal.reviews.external.rules.worksheet import AnswerKind, Question, Worksheet
from portal.reviews.external.rules.worksheet_answers import answer_words, date_in, read_row
from portal.reviews.external.rules.worksheet_rows import Row
from portal.reviews.external.rules.worksheet_sums import results
from portal.scales.rules.definition import Item, Scale


@dataclass(frozen=True)
class RowView:
    """One row in the form. `theirs`: (question, typed, saved now) where somebody saved it first."""

    position: int
    name: str
    answers: Mapping[str, str]
    version: int
    problems: Mapping[str, str] = field(default_factory=dict)
    theirs: list[tuple[str, str, str]] | None = None

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(1 for answer in self.answers.values() if answer.strip())


@dataclass(frozen=True)
class FigureLine:
    """A figure under the rows, with the items that it informs."""

    key: str
    title: str
    words: str
    items: tuple[Item, ...]
    known: bool  # there is a figure, or counts of choices


def row_views(sheet: Worksheet, rows: Sequence[Row]) -> list[RowView]:
    """The rows that were not removed."""
    return [
        RowView(row.position, sheet.row_name(row.position), row.answers, row.version)
        for row in rows
        if not row.removed
    ]


def with_typed(views: Sequence[RowView], typed: RowView) -> list[RowView]:
    """The rows with one as it was typed in place of the saved one."""
    return [typed if view.position == typed.position else view for view in views]


def both(sheet: Worksheet, typed: Mapping[str, str], stands: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The answers that differ: the question, as typed, as saved now."""
    taken, _ = read_row(sheet, typed)
    now = {**typed, **taken}
    return [
        (question.label, shown(question, now.get(question.key, "")), shown(question, saved))
        for question in sheet.questions
        for saved in [str(stands.get(question.key, ""))]
        if now.get(question.key, "") != saved
    ]


def shown(question: Question, answer: str) -> str:
    """An answer as people read it."""
    if question.kind is AnswerKind.DATE:
        found = date_in({question.key: answer}, question.key)
        return day(found) if found else answer
    return answer_words(question, answer)


def figures(sheet: Worksheet, rows: Sequence[Row], scale: Scale) -> list[FigureLine]:
    """Every measure of the worksheet in words."""
    found = results(sheet, [row.answers for row in rows if not row.removed])
    return [
        FigureLine(measure.key, measure.title, found[measure.key].words, items, found[measure.key].known)
        for measure in sheet.measures
        for keys in [{output.item for output in measure.outputs if scale.key in output.scales}]
        for items in [tuple(item for item in scale.items if item.key in keys)]
    ]


def open_row(views: Sequence[RowView], wanted: int | None, questions: int) -> RowView | None:
    """The row that a page of cards opens: the one asked for, else the first that is not complete."""
    asked = next((view for view in views if view.position == wanted), None)
    first = next((view for view in views if view.answered < questions), None)
    return asked or first or (views[0] if views else None)


def after(views: Sequence[RowView], position: int) -> int | None:
    """The next row's number."""
    return next((view.position for view in views if view.position > position), None)


def typed_view(
    sheet: Worksheet,
    position: int,
    typed: Mapping[str, str],
    version: int,
    problems: Mapping[str, str] | None = None,
) -> RowView:
    """A row as it was typed."""
    return RowView(position, sheet.row_name(position), typed, version, problems or {})


def stale_view(view: RowView, sheet: Worksheet, stands: Mapping[str, Any], version: int) -> RowView:
    """A row as it was typed, beside what somebody saved first."""
    return replace(view, version=version, theirs=both(sheet, view.answers, stands))
