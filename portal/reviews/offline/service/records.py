"""The records that devices edit: how each kind is changed, and what stands of one.

Every kind goes through the verbs of the online pages, so a rule holds on a tablet as it does at a desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core.errors import Stale
from portal.reviews.external import blind
from portal.reviews.external.fieldwork_records import note_now, row_now
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.fieldwork import FieldNote, WorksheetRow
from portal.reviews.external.service.fieldwork import FIELDS as NOTE_FIELDS
from portal.reviews.external.service.fieldwork import change_note, remove_note
from portal.reviews.external.service.fieldwork_rows import change_row, remove_row
from portal.reviews.external.service.scoring import DRAFT_FIELDS, change_own_item
from portal.reviews.offline.rules.operations import Edit, EditKind, note_id, worksheet_place
from portal.reviews.offline.service.photos import announce

REMOVED = "removed"


@dataclass(frozen=True)
class Standing:
    """What stands of a record: its fields, its version, and who saved it when."""

    fields: Mapping[str, Any]
    version: int
    by: UUID | None
    at: datetime | None


NOTHING = Standing({}, 0, None, None)


def apply(actor: Actor, edit: Edit, expected: int) -> int:
    """Change the record as the edit says. Returns its version.

    Raises NotFound, Forbidden, Refused, Invalid, Unreadable, or Stale where it is not at `expected`.
    """
    return _APPLY[edit.kind](actor, edit, expected)


def standing(actor: Actor, found: LoadedReview, kind: EditKind, key: str) -> Standing:
    """What stands of a record; of a rating, the actor's own. One statement."""
    return _STANDING[kind](actor, found, key)


def _apply_rating(actor: Actor, edit: Edit, expected: int) -> int:
    return change_own_item(actor, edit.review_id, edit.key, edit.fields, expected).version


def _apply_note(actor: Actor, edit: Edit, expected: int) -> int:
    key, review_id, rest = note_id(edit.key), edit.review_id, _without_removed(edit)
    if REMOVED in edit.fields:
        _demand_version(_note(review_id, key), expected)
    if edit.fields.get(REMOVED) is False:
        remove_note(actor, review_id, key, back=True)
    version = change_note(actor, review_id, key, rest, expected).version if rest else expected
    if edit.fields.get(REMOVED):
        remove_note(actor, review_id, key)
    return version


def _apply_row(actor: Actor, edit: Edit, expected: int) -> int:
    sheet, position = worksheet_place(edit.key)
    review_id, rest = edit.review_id, _without_removed(edit)
    if REMOVED in edit.fields:
        _demand_version(row_now(review_id, sheet, position), expected)
    if edit.fields.get(REMOVED) is False:
        remove_row(actor, review_id, sheet, position, back=True)
    version = change_row(actor, review_id, sheet, position, rest, expected).version if rest else expected
    if edit.fields.get(REMOVED):
        remove_row(actor, review_id, sheet, position)
    return version


def _apply_photo(actor: Actor, edit: Edit, _expected: int) -> int:
    announce(actor, edit.review_id, note_id(edit.key), edit.fields)
    return 1


_APPLY: Mapping[EditKind, Callable[[Actor, Edit, int], int]] = {
    EditKind.RATING: _apply_rating,
    EditKind.NOTE: _apply_note,
    EditKind.ROW: _apply_row,
    EditKind.PHOTO: _apply_photo,
}


def _without_removed(edit: Edit) -> dict[str, Any]:
    return {name: value for name, value in edit.fields.items() if name != REMOVED}


def _demand_version(row: FieldNote | WorksheetRow | None, expected: int) -> None:
    """Raises Stale where a record that is to be removed or put back is not at the version expected."""
    version = row.version if row is not None else 0
    if version != expected:
        raise Stale("Somebody else saved this first.", {}, version)


def _note(review_id: UUID, key: UUID) -> FieldNote | None:
    row = note_now(key)
    return row if row is not None and row.assessment_id == review_id else None


def _rating_standing(actor: Actor, found: LoadedReview, key: str) -> Standing:
    row = blind.own_item(actor, found, key)
    if row is None:
        return NOTHING
    fields = {name: getattr(row, name) for name in DRAFT_FIELDS}
    return Standing(fields, row.version, actor.person_id, row.changed_at)


def _note_standing(_actor: Actor, found: LoadedReview, key: str) -> Standing:
    row = _note(found.id, note_id(key))
    if row is None:
        return NOTHING
    fields = {name: getattr(row, name) for name in NOTE_FIELDS} | {REMOVED: row.removed_at is not None}
    return Standing(fields, row.version, row.changed_by, row.changed_at)


def _row_standing(_actor: Actor, found: LoadedReview, key: str) -> Standing:
    row = row_now(found.id, *worksheet_place(key))
    if row is None:
        return NOTHING
    fields = {**row.answers, REMOVED: row.removed_at is not None}
    return Standing(fields, row.version, row.changed_by, row.changed_at)


_STANDING: Mapping[EditKind, Callable[[Actor, LoadedReview, str], Standing]] = {
    EditKind.RATING: _rating_standing,
    EditKind.NOTE: _note_standing,
    EditKind.ROW: _row_standing,
    EditKind.PHOTO: lambda _actor, _found, _key: NOTHING,
}
