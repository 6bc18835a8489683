"""The rating sheet: all items on one page, and reading its form or an uploaded spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.core.rules.whole import whole
from portal.reviews.assessment.queries import LastTimes
from portal.reviews.assessment.rules.rating_row import RatingRow
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.scales.rules.definition import Item, Scale
from portal.scales.rules.ratings_file import RatingsFile


@dataclass(frozen=True)
class Value:
    """What the sheet's fields say of one item."""

    rating: int | None = None
    rationale: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the sheet: what is in the form, and what stands on the server."""

    item: Item
    value: Value
    version: int
    suggested: int | None
    last: int | None
    saved: Value

    @property
    def differs(self) -> bool:
        """Whether the form says something else than what is saved."""
        return self.value != self.saved


def rows_from(scale: Scale, ratings: Mapping[str, RatingRow], last: LastTimes) -> list[Row]:
    """The sheet as saved."""
    before = last.newest.ratings if last.newest else {}
    return [_row(item, ratings.get(item.key), before.get(item.key)) for item in scale.items]


def _row(item: Item, saved: RatingRow | None, last: int | None) -> Row:
    value = _value(saved)
    if saved is None:
        return Row(item, value, 0, None, last, value)
    return Row(item, value, saved.version, saved.suggested, last, value)


def _value(saved: RatingRow | None) -> Value:
    return Value(saved.rating, saved.rationale, saved.evidence) if saved else Value()


def with_values(rows: list[Row], values: Mapping[str, Value], versions: Mapping[str, int]) -> list[Row]:
    """The sheet with what somebody typed (or a file said) instead of what is saved."""
    return [
        replace(
            row,
            value=values.get(row.item.key, row.value),
            version=versions.get(row.item.key, row.version),
        )
        for row in rows
    ]


def read_form(scale: Scale, form: Mapping[str, str]) -> tuple[dict[str, Value], dict[str, int]]:
    """What the sheet says, and the versions the person saw, by item key: fields r-N, t-N, e-N and v-N."""
    values: dict[str, Value] = {}
    versions: dict[str, int] = {}
    for item in scale.items:
        number = str(item.number)
        if f"v-{number}" not in form:
            continue
        values[item.key] = Value(
            whole(form.get(f"r-{number}", "")),
            _text(form.get(f"t-{number}")),
            _text(form.get(f"e-{number}")),
        )
        versions[item.key] = whole(form[f"v-{number}"]) or 0
    return values, versions


def _text(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\x00", "").rstrip()


def drafts(values: Mapping[str, Value], ratings: Mapping[str, RatingRow]) -> dict[str, ItemDraft]:
    """What is to be saved: the sheet's fields, with the calculator's entries as they stand."""
    return {
        key: ItemDraft(
            value.rating,
            value.rationale,
            value.evidence,
            ratings[key].entries if key in ratings else {},
        )
        for key, value in values.items()
    }


def from_file(file: RatingsFile, ratings: Mapping[str, RatingRow]) -> dict[str, Value]:
    """What a spreadsheet changes: an empty cell leaves what is saved."""
    values: dict[str, Value] = {}
    for key, rating in file.ratings.items():
        saved = _value(ratings.get(key))
        values[key] = Value(
            rating if rating is not None else saved.rating,
            file.rationales.get(key) or saved.rationale,
            file.evidence.get(key) or saved.evidence,
        )
    return values


def summary(scale: Scale, problems: Mapping[str, str]) -> list[dict[str, str]]:
    """Each problem, by item key, with a link to its row."""
    numbers = {item.key: item.number for item in scale.items}
    return [
        {"text": text, "href": f"#r-{numbers[key]}-1" if key in numbers else "#sheet"}
        for key, text in problems.items()
    ]
