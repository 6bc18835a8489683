"""Reading the team's notes: lists, one note, those on an item, and what to ask whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select

from portal.accounts.models import Person
from portal.core.db import db
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.fieldwork import FieldNote
from portal.reviews.external.rules.notes import NoteDraft, NoteKind
from portal.scales.rules.definition import Item, Scale

SHORT = 280  # characters of a note in a list


@dataclass(frozen=True)
class NoteLine:
    """One note, as lists and the note's own page show it. `by`: who added it."""

    id: UUID
    kind: NoteKind
    role: str
    source: str
    heading: str
    text: str
    item_keys: tuple[str, ...]
    taken_on: date
    changed_at: datetime
    version: int
    removed: bool
    purged: bool
    by: str

    @property
    def short(self) -> str:
        """The beginning of the text."""
        words = " ".join(self.text.split())
        return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]} …"

    @property
    def draft(self) -> NoteDraft:
        """What the form of the note shows."""
        return NoteDraft(
            self.kind, self.taken_on, self.role, self.source, self.heading, self.text, self.item_keys
        )


@dataclass(frozen=True)
class Wanted:
    """What a list of notes is narrowed to; empty means all."""

    role: str = ""
    item: str = ""
    source: str = ""
    text: str = ""

    @property
    def any(self) -> bool:
        return bool(self.role or self.item or self.source or self.text)


_NOTES = (
    select(
        FieldNote.id,
        FieldNote.kind,
        FieldNote.role,
        FieldNote.source,
        FieldNote.heading,
        FieldNote.text,
        FieldNote.item_keys,
        FieldNote.taken_on,
        FieldNote.changed_at,
        FieldNote.version,
        FieldNote.removed_at,
        FieldNote.purged_at,
        Person.name,
    )
    .outerjoin(Person, Person.id == FieldNote.added_by)
    .where(FieldNote.assessment_id == bindparam("assessment_id"))
    .order_by(FieldNote.taken_on.desc(), FieldNote.added_at.desc())
)
_ONE = _NOTES.where(FieldNote.id == bindparam("note_id"))


def notes_of(assessment_id: UUID, *, with_removed: bool = False) -> list[NoteLine]:
    """The notes of a review, newest first. One statement."""
    lines = [_line(row) for row in db.session.execute(_NOTES, {"assessment_id": assessment_id})]
    return [line for line in lines if with_removed or not line.removed]


def note_of(assessment_id: UUID, note_id: UUID) -> NoteLine | None:
    """One note of this review, removed or not; None where there is none. One statement."""
    given = {"assessment_id": assessment_id, "note_id": note_id}
    row = db.session.execute(_ONE, given).one_or_none()
    return None if row is None else _line(row)


def notes_on(found: LoadedReview, item_key: str) -> list[NoteLine]:
    """The team's notes on one item, newest first. One statement."""
    return [line for line in notes_of(found.id) if item_key in line.item_keys]


def _line(row: Row[Any]) -> NoteLine:
    return NoteLine(
        id=row.id,
        kind=row.kind,
        role=row.role,
        source=row.source,
        heading=row.heading,
        text=row.text,
        item_keys=tuple(row.item_keys),
        taken_on=row.taken_on,
        changed_at=row.changed_at,
        version=row.version,
        removed=row.removed_at is not None,
        purged=row.purged_at is not None,
        by=row.name or "",
    )


def narrowed(lines: Iterable[NoteLine], wanted: Wanted) -> list[NoteLine]:
    """The notes that all filters leave; each word of the text must stand in heading or note."""
    words = wanted.text.lower().split()

    def fits(line: NoteLine) -> bool:
        said = f"{line.heading} {line.text}".lower()
        return (
            (not wanted.role or line.role == wanted.role)
            and (not wanted.item or wanted.item in line.item_keys)
            and (not wanted.source or line.source == wanted.source)
            and all(word in said for word in words)
        )

    return [line for line in lines if fits(line)]


@dataclass(frozen=True)
class Asked:
    """An item with the questions to ask of a role about it."""

    item: Item
    questions: tuple[str, ...]


def guide(scale: Scale, role: str) -> list[Asked]:
    """The interview guide for a role: its questions, item by item."""
    return [Asked(item, item.questions[role]) for item in scale.items if item.questions.get(role)]


def roles_asked(scale: Scale, titles: Mapping[str, str]) -> dict[str, str]:
    """The roles for which the scale has questions, with their titles, in the order of the titles."""
    known = {role for item in scale.items for role in item.questions}
    return {role: title for role, title in titles.items() if role in known}


def to_ask(items: Iterable[Item], titles: Mapping[str, str]) -> dict[str, list[Asked]]:
    """What to ask whom about these items, by role in the order of the titles."""
    wanted = list(items)
    found = {
        role: [Asked(item, item.questions[role]) for item in wanted if item.questions.get(role)]
        for role in titles
    }
    return {role: asked for role, asked in found.items() if asked}
