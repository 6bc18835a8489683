"""Notes of the team: written as one goes, removed and put back. The audit never holds their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.reviews.assessment.item_page import ROLE_TITLES
from portal.reviews.external.fieldwork_records import note_now
from portal.reviews.external.loading import LoadedReview, load_for
from portal.reviews.external.models.fieldwork import FieldNote
from portal.reviews.external.rules.notes import NoteDraft, NoteKind, problems_of, source_of
from portal.reviews.external.rules.workflow import Action

MOST_NOTES = 500
FIELDS = ("kind", "role", "source", "heading", "text", "item_keys", "taken_on")
_COUNT = select(func.count(FieldNote.id)).where(FieldNote.assessment_id == bindparam("assessment_id"))


@dataclass(frozen=True)
class Saved:
    """A note or row as saved."""

    version: int
    at: datetime


def save_note(
    actor: Actor, assessment_id: UUID, note_id: UUID, draft: NoteDraft, expected_version: int
) -> Saved:
    """Save a note; version 0 adds it. Saving what stands changes nothing.

    Raises NotFound, Refused, Forbidden, Invalid, or Stale with what stands.
    """
    return _save(actor, assessment_id, note_id, lambda _row: draft, expected_version)


def change_note(
    actor: Actor, assessment_id: UUID, note_id: UUID, fields: Mapping[str, Any], expected_version: int
) -> Saved:
    """Save some fields of a note and leave the others as they stand. Raises as `save_note`."""

    def draft_of(row: FieldNote | None) -> NoteDraft:
        stands = _stands(row) if row is not None else {"kind": NoteKind.INTERVIEW, "taken_on": None}
        return NoteDraft(**{**stands, **fields})

    return _save(actor, assessment_id, note_id, draft_of, expected_version)


def _save(
    actor: Actor,
    assessment_id: UUID,
    note_id: UUID,
    draft_of: Callable[[FieldNote | None], NoteDraft],
    expected_version: int,
) -> Saved:
    with act(actor, "reviews.note", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.NOTE)
        row = _row(assessment_id, note_id)
        if row is not None:
            _demand_open(row)
        values = _values(found, draft_of(row))
        if row is not None and _stands(row) == values:
            work.unchanged()
            return Saved(row.version, row.changed_at)
        if (row.version if row else 0) != expected_version:
            raise Stale("Somebody else saved this note first.", _stands(row), row.version if row else 0)
        if row is None:
            row = _added(actor, found, note_id)
            changed = list(FIELDS)
        else:
            before = _stands(row)
            changed = [name for name in FIELDS if before[name] != values[name]]
        _write(actor, row, values)
        # Which fields, never what they say: notes are purged, the audit is for ever.
        work.note(note=note_id, version=row.version, changed=changed, items=row.item_keys)
        return Saved(row.version, row.changed_at)


def remove_note(actor: Actor, assessment_id: UUID, note_id: UUID, *, back: bool = False) -> None:
    """Take a note out of the review, or put it back. Doing it twice changes nothing.

    Raises NotFound, Refused or Forbidden.
    """
    with act(actor, f"reviews.{'restore' if back else 'remove'}-note", ("review", assessment_id)) as work:
        load_for(actor, assessment_id, Action.NOTE)
        row = _row(assessment_id, note_id)
        if row is None:
            raise NotFound("There is no such note in this review.")
        if row.purged_at is not None:
            raise Refused("This note was emptied, as its time had come. It stays as it is.")
        if (row.removed_at is None) is back:
            work.unchanged()
            return
        row.removed_at = None if back else clock.now()
        row.changed_at, row.changed_by = clock.now(), actor.person_id
        work.note(note=note_id)


def _values(found: LoadedReview, draft: NoteDraft) -> dict[str, Any]:
    """The note's fields as they are stored. Raises Invalid."""
    problems = problems_of(draft, ROLE_TITLES, clock.today())
    known = [item.key for item in found.scale.items]
    if set(draft.item_keys) - set(known):
        problems["item_keys"] = "Choose items from the list"
    if problems:
        raise Invalid(problems)
    return {
        "kind": draft.kind,
        "role": draft.role if draft.kind is NoteKind.INTERVIEW else "",
        "source": source_of(draft.kind, draft.source),
        "heading": draft.heading.strip(),
        "text": draft.text.rstrip(),
        "item_keys": [key for key in known if key in draft.item_keys],
        "taken_on": draft.taken_on,
    }


def _row(assessment_id: UUID, note_id: UUID) -> FieldNote | None:
    """The note of this review. Raises NotFound where the id is another review's."""
    row = note_now(note_id)
    if row is not None and row.assessment_id != assessment_id:
        raise NotFound("There is no such note in this review.")
    return row


def _demand_open(row: FieldNote) -> None:
    if row.purged_at is not None:
        raise Refused("This note was emptied, as its time had come. It stays as it is.")
    if row.removed_at is not None:
        raise Refused("Somebody removed this note. Put it back first.")


def _stands(row: FieldNote | None) -> Mapping[str, Any]:
    return {} if row is None else {name: getattr(row, name) for name in FIELDS}


def _added(actor: Actor, found: LoadedReview, note_id: UUID) -> FieldNote:
    # The review's row is locked, so two people cannot both be the last that fits.
    count = db.session.execute(_COUNT, {"assessment_id": found.id}).scalar_one()
    if count >= MOST_NOTES:
        raise Refused(f"A review takes {MOST_NOTES} notes at most. Add to one that is there.")
    row = FieldNote(
        id=note_id, assessment_id=found.id, added_at=clock.now(), added_by=actor.person_id, version=0
    )
    db.session.add(row)
    return row


def _write(actor: Actor, row: FieldNote, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.changed_at, row.changed_by = clock.now(), actor.person_id
