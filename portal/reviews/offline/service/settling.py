"""Deciding about edits that wait: choosing field by field, setting aside, and opening again.

What is chosen goes through the verbs that apply edits, as the act of whoever chooses. Nothing is merged
without somebody's word, and what was not chosen stays where it was kept (assurance, section 3c, point 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.external.loading import LoadedReview, load_review, sees_inside
from portal.reviews.offline import held as reading
from portal.reviews.offline.models import EvidencePhoto, HeldOperation, HeldWhy, Operation
from portal.reviews.offline.rules import operations
from portal.reviews.offline.rules.operations import EditKind, Unreadable
from portal.reviews.offline.rules.parts import ASIDE, Choice, Decision, choice_of, chosen, parts
from portal.reviews.offline.rules.receipts import wire
from portal.reviews.offline.rules.schema import UnknownSchema, brought_up_to_date
from portal.reviews.offline.sealed import Content, content_of
from portal.reviews.offline.service import records
from portal.reviews.offline.shapes import shapes_of

DECIDED = "This was decided already."
FORM = "form"  # a problem of the edit as a whole


def settle(
    actor: Actor, assessment_id: UUID, op_id: UUID, decisions: Mapping[str, Decision], expected_version: int
) -> str:
    """Make what was chosen stand. Returns the choice in one word.

    `expected_version`: of the record as the person saw it. Raises NotFound, Forbidden, Refused (decided
    already, or the rules refuse the change), Invalid by field, or Stale where somebody changed it since.
    """
    with act(actor, f"{_family(assessment_id, op_id)}.settle", ("review", assessment_id)) as work:
        found, row, operation = _open(actor, assessment_id, op_id)
        content = content_of(actor, operation, row)
        if content is None or not reading.may_settle(actor, found, row, operation.kind):
            raise Forbidden("The author of an edit decides, and of notes the review’s team.")
        stands = reading.standing(actor, found, operation)
        if stands.version != expected_version:
            raise Stale("This was changed again while you were choosing.", {}, stands.version)
        fields, decisions = _fields(found, operation, content, stands.fields, decisions)
        version = _apply(actor, operation, content, fields, expected_version) if fields else stands.version
        row.choice = choice_of(decisions.values())
        row.settled_at, row.settled_by = clock.now(), actor.person_id
        _give_photo_back(operation, fields)
        work.note(
            operation=op_id, author=row.person_id, choice=row.choice, version=version, changed=sorted(fields)
        )
    return row.choice


def set_aside(actor: Actor, assessment_id: UUID, op_id: UUID) -> None:
    """Leave a quarantined edit unapplied; it is kept and can be opened again.

    Raises NotFound, Forbidden or Refused (decided already, or a proposal: there one of both is chosen).
    """
    with act(actor, f"{_family(assessment_id, op_id)}.set-aside", ("review", assessment_id)) as work:
        found, row, _ = _open(actor, assessment_id, op_id)
        if row.why is not HeldWhy.QUARANTINE:
            raise Refused("Choose one of both: a proposal is not set aside.")
        if not reading.may_set_aside(actor, found, row):
            raise Forbidden("The lead reviewer or the author of the edit may set it aside.")
        row.choice, row.settled_at, row.settled_by = ASIDE, clock.now(), actor.person_id
        work.note(operation=op_id, author=row.person_id)


def open_again(actor: Actor, assessment_id: UUID, op_id: UUID) -> None:
    """Let an edit that was set aside wait again. Raises NotFound, Forbidden or Refused (not set aside)."""
    with act(actor, f"{_family(assessment_id, op_id)}.open-again", ("review", assessment_id)) as work:
        found = _inside(actor, assessment_id)
        row, _ = reading.rows(assessment_id, op_id)
        if row.choice != ASIDE:
            raise Refused("Only what was set aside is opened again.")
        if not reading.may_set_aside(actor, found, row):
            raise Forbidden("The lead reviewer or the author of the edit may open it again.")
        row.choice = row.settled_at = row.settled_by = None
        work.note(operation=op_id, author=row.person_id)


def _family(assessment_id: UUID, op_id: UUID) -> str:
    """Of whose audit rows nobody is shown what they hold: those of ratings."""
    _, operation = reading.rows(assessment_id, op_id)
    return operations.family(operation.kind)


def _inside(actor: Actor, assessment_id: UUID) -> LoadedReview:
    found = load_review(assessment_id, fresh=True)
    if found is None or not sees_inside(actor, found):
        raise NotFound("There is no such review that you may see.")
    return found


def _open(actor: Actor, assessment_id: UUID, op_id: UUID) -> tuple[LoadedReview, HeldOperation, Operation]:
    """The edit, with the review's row locked, so that two people cannot both decide."""
    found = _inside(actor, assessment_id)
    row, operation = reading.rows(assessment_id, op_id)
    if row.settled_at is not None:
        raise Refused(DECIDED)
    return found, row, operation


def _fields(
    found: LoadedReview,
    operation: Operation,
    content: Content,
    stands: Mapping[str, Any],
    decisions: Mapping[str, Decision],
) -> tuple[dict[str, Any], dict[str, Decision]]:
    """What to apply, and the decisions that count. Raises Invalid where a field has none."""
    now = wire(stands)
    shapes = shapes_of(found, operation.kind, operation.record_key)
    differing = [one for one in parts(content.base, content.fields, now, shapes) if not one.same]
    lacking = {one.name: f"{one.shape.label}: choose what is to stand" for one in differing}
    if open_ones := {name: words for name, words in lacking.items() if name not in decisions}:
        raise Invalid(open_ones)
    counting = {one.name: decisions[one.name] for one in differing}
    if all(one.choice is Choice.YOURS for one in counting.values()) and counting:
        return dict(content.fields), counting  # as it came: what it says beside is part of it
    return chosen(differing, counting, now), counting


def _apply(
    actor: Actor, operation: Operation, content: Content, fields: Mapping[str, Any], expected: int
) -> int:
    """Change the record by the verbs that apply edits. Raises Invalid for an edit that cannot be read."""
    try:
        raw = brought_up_to_date(content.raw) | {"fields": dict(fields)}
        return records.apply(actor, operations.read(raw), expected)
    except (Unreadable, UnknownSchema) as error:
        raise Invalid({FORM: str(error)}) from None


def _give_photo_back(operation: Operation, fields: Mapping[str, Any]) -> None:
    """A photo whose edit somebody else applied is still sent by the device that has it."""
    if operation.kind == EditKind.PHOTO and fields:
        photo = db.session.get_one(EvidencePhoto, UUID(operation.record_key))
        photo.person_id = operation.person_id
