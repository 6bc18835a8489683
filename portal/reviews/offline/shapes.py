"""What the fields of a record are called, and what may be written in them: for choosing between two edits."""

from __future__ import annotations

from collections.abc import Mapping

from portal.reviews.assessment.item_page import ROLE_TITLES, SOURCE_TITLES
from portal.reviews.external.fieldwork_worksheets import worksheets_for
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.notes import KIND_TITLES
from portal.reviews.external.rules.worksheet import AnswerKind, Question, Worksheet
from portal.reviews.external.rules.worksheet_answers import YES_NO_WORDS
from portal.reviews.offline.rules.operations import EditKind, Unreadable, worksheet_place
from portal.reviews.offline.rules.parts import ENTRIES, OF_ENTRIES, Shape, Widget
from portal.scales.rules.definition import Item, Scale
from portal.scales.rules.entries import FIGURE

REMOVED = Shape("In the review", Widget.NONE, {"yes": "Removed", "no": "Kept"})
_PHOTO = {
    "caption": Shape("Caption", Widget.NONE),
    "size": Shape("Size in bytes", Widget.NONE),
    "content_type": Shape("Kind of file", Widget.NONE),
    "note": Shape("Note it belongs to", Widget.NONE),
    "sha256": Shape("Fingerprint (SHA-256)", Widget.NONE),
}


def shapes_of(found: LoadedReview, kind: str, key: str) -> Mapping[str, Shape]:
    """The fields of a record by name, in the order in which people read them; none of an unknown record."""
    if kind == EditKind.RATING:
        return _rating(found.scale, key)
    if kind == EditKind.NOTE:
        return _note(found.scale)
    if kind == EditKind.ROW:
        sheet = sheet_of(found, key)
        return {} if sheet is None else _row(sheet)
    return _PHOTO if kind == EditKind.PHOTO else {}


def title_of(found: LoadedReview, kind: str, key: str, heading: str = "") -> str:
    """What a record is called. Of a rating this names the item: for its author only."""
    if kind == EditKind.RATING:
        item = _item(found.scale, key)
        return "Your rating of an item" if item is None else f"Your rating of {item.number}. {item.title}"
    if kind == EditKind.NOTE:
        return f"Note: {heading}" if heading else "Note"
    if kind == EditKind.ROW:
        sheet = sheet_of(found, key)
        return "Row of a worksheet" if sheet is None else f"{sheet.title}: {_row_name(sheet, key)}"
    return "Photo" if kind == EditKind.PHOTO else "Edit"


def sheet_of(found: LoadedReview, key: str) -> Worksheet | None:
    """The worksheet that a row's key names; None where the review has no such one."""
    try:
        wanted, _ = worksheet_place(key)
    except Unreadable:
        return None
    return next((one for one in worksheets_for(found.scale.key) if one.key == wanted), None)


def _row_name(sheet: Worksheet, key: str) -> str:
    return sheet.row_name(worksheet_place(key)[1]).lower()


def _item(scale: Scale, key: str) -> Item | None:
    return next((item for item in scale.items if item.key == key), None)


def _rating(scale: Scale, key: str) -> dict[str, Shape]:
    ratings = {str(one): str(one) for one in range(scale.rating_max, scale.rating_min - 1, -1)}
    found = {
        "rating": Shape("Rating", Widget.NUMBER, ratings),
        "rationale": Shape("Why", Widget.TEXT),
        "evidence": Shape("Evidence", Widget.TEXT),
    }
    item = _item(scale, key)
    if item is None:
        return found
    rule = item.rule
    for entry in rule.inputs:
        found[OF_ENTRIES + entry.key] = Shape(entry.label)
    found[OF_ENTRIES + FIGURE] = Shape(rule.figure_label or "Figure")
    for fact in (*rule.components, *rule.facts):
        found[OF_ENTRIES + fact.key] = Shape(fact.label, Widget.TICK)
    return found | {ENTRIES: Shape("Calculator", Widget.NONE)}


def _note(scale: Scale) -> dict[str, Shape]:
    items = {item.key: f"{item.number}. {item.title}" for item in scale.items}
    sources = {key: title.capitalize() for key, title in SOURCE_TITLES.items()}
    return {
        "kind": Shape("What it is", Widget.ONE, {kind.value: title for kind, title in KIND_TITLES.items()}),
        "role": Shape("Whom with", Widget.ONE, ROLE_TITLES),
        "source": Shape("Counts as", Widget.ONE, sources),
        "heading": Shape("Heading"),
        "text": Shape("Note", Widget.TEXT),
        "item_keys": Shape("Items", Widget.MANY, items),
        "taken_on": Shape("Date", Widget.DATE),
        "removed": REMOVED,
    }


def _row(sheet: Worksheet) -> dict[str, Shape]:
    return {question.key: _question(question) for question in sheet.questions} | {"removed": REMOVED}


def _question(question: Question) -> Shape:
    if question.kind is AnswerKind.YES_NO:
        return Shape(question.label, Widget.ONE, YES_NO_WORDS)
    if question.kind is AnswerKind.CHOICE:
        return Shape(question.label, Widget.ONE, question.choices)
    return Shape(question.label, Widget.DATE if question.kind is AnswerKind.DATE else Widget.LINE)
