"""Edits that wait for somebody to decide: the list of a review's, and one of them field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.core.db import db
from portal.core.errors import NotFound
from portal.reviews.external.loading import LoadedReview, holds
from portal.reviews.external.rules.workflow import Part as Role
from portal.reviews.offline.models import HeldOperation, HeldWhy, OnSiteDevice, Operation
from portal.reviews.offline.rules.operations import EditKind
from portal.reviews.offline.rules.parts import ASIDE, Part, parts
from portal.reviews.offline.rules.receipts import wire
from portal.reviews.offline.sealed import Content, content_of, may_read
from portal.reviews.offline.service import records
from portal.reviews.offline.service.records import NOTHING, Standing
from portal.reviews.offline.shapes import shapes_of, title_of

_settler = aliased(Person)
CHOICES = {
    "yours": "The edit was taken",
    "theirs": "What stood was kept",
    "third": "A third was written",
    "mixed": "Chosen field by field",
    ASIDE: "Set aside",
}


@dataclass(frozen=True)
class HeldLine:
    """An edit that waits or waited, as lists show it. `title` of another's rating names no item."""

    op_id: UUID
    why: HeldWhy
    title: str
    author: str
    own: bool
    readable: bool
    reason: str
    device: str
    at: datetime
    settled_at: datetime | None
    settled_by: str
    choice: str | None

    @property
    def open(self) -> bool:
        return self.settled_at is None

    @property
    def ended(self) -> str:
        """What became of it."""
        return CHOICES.get(self.choice or "", "")


@dataclass(frozen=True)
class HeldPage:
    """One edit that waits: `parts` is empty where the actor may not read it, or nothing is left of it."""

    line: HeldLine
    kind: str
    parts: list[Part]
    stands: Standing
    stands_by: str
    moved_on: bool  # what stands was changed again since the edit came
    chain: list[HeldLine]
    may_settle: bool
    may_set_aside: bool

    @property
    def differing(self) -> list[Part]:
        return [part for part in self.parts if not part.same]


def held_lines(actor: Actor, found: LoadedReview) -> list[HeldLine]:
    """All edits of this review that wait or waited, the newest first. One statement."""
    query = _LINES.where(HeldOperation.assessment_id == found.id).order_by(Operation.received_at.desc())
    return [_line(actor, found, row) for row in db.session.execute(query)]


def decided(actor: Actor, found: LoadedReview) -> list[UUID]:
    """The actor's own edits of this review that waited and wait no more. One statement."""
    query = select(HeldOperation.op_id).where(
        HeldOperation.assessment_id == found.id,
        HeldOperation.person_id == actor.person_id,
        HeldOperation.settled_at.is_not(None),
    )
    return list(db.session.execute(query.order_by(HeldOperation.op_id)).scalars())


def held_page(actor: Actor, found: LoadedReview, op_id: UUID) -> HeldPage:
    """One edit of this review. Raises NotFound. Four statements."""
    held, operation = rows(found.id, op_id)
    everything = _of_record(actor, found, operation)
    line = next(one for one in everything if one.op_id == op_id)
    content = content_of(actor, operation, held)
    stands = standing(actor, found, operation) if content is not None else NOTHING
    return HeldPage(
        line=line,
        kind=operation.kind,
        parts=_parts(found, operation, content, stands),
        stands=stands,
        stands_by=_name(stands.by),
        moved_on=held.why is HeldWhy.PROPOSAL and stands.version != (held.stood_version or 0),
        chain=[one for one in everything if one.op_id != op_id],
        may_settle=may_settle(actor, found, held, operation.kind),
        may_set_aside=may_set_aside(actor, found, held),
    )


def rows(assessment_id: UUID, op_id: UUID) -> tuple[HeldOperation, Operation]:
    """The rows of an edit of this review that waits or waited. Raises NotFound. One statement."""
    query = (
        select(HeldOperation, Operation)
        .join(Operation, Operation.op_id == HeldOperation.op_id)
        .where(HeldOperation.op_id == op_id, HeldOperation.assessment_id == assessment_id)
        .execution_options(populate_existing=True)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound("There is no such edit in this review.")
    return row[0], row[1]


def standing(actor: Actor, found: LoadedReview, operation: Operation) -> Standing:
    """What stands of the edit's record now; of a rating, the actor's own. Nothing where it names none."""
    if operation.kind not in set(EditKind):
        return NOTHING
    try:
        return records.standing(actor, found, EditKind(operation.kind), operation.record_key)
    except ValueError:  # the key names no record
        return NOTHING


def may_settle(actor: Actor, found: LoadedReview, held: HeldOperation, kind: str) -> bool:
    """Who decides: the author; of what is shared also the team, and of a quarantine the lead reviewer."""
    own = actor.person_id == held.person_id
    if own or not may_read(actor, kind, held.person_id):
        return own
    return holds(actor, Role.LEAD if held.why is HeldWhy.QUARANTINE else Role.SCORER, found)


def may_set_aside(actor: Actor, found: LoadedReview, held: HeldOperation) -> bool:
    """Of a quarantine, without reading it: the author and the lead reviewer."""
    own = actor.person_id == held.person_id
    return held.why is HeldWhy.QUARANTINE and (own or holds(actor, Role.LEAD, found))


_LINES = (
    select(HeldOperation, Operation, Person.name, OnSiteDevice.name, _settler.name)
    .join(Operation, Operation.op_id == HeldOperation.op_id)
    .join(OnSiteDevice, OnSiteDevice.id == Operation.device_id)
    .join(Person, Person.id == HeldOperation.person_id)
    .outerjoin(_settler, _settler.id == HeldOperation.settled_by)
)


def _of_record(actor: Actor, found: LoadedReview, operation: Operation) -> list[HeldLine]:
    """The edits of one author to one record that wait or waited, as they were made. One statement."""
    query = _LINES.where(
        HeldOperation.assessment_id == found.id,
        HeldOperation.person_id == operation.person_id,
        Operation.kind == operation.kind,
        Operation.record_key == operation.record_key,
    )
    order = query.order_by(Operation.received_at, Operation.seq)
    return [_line(actor, found, row) for row in db.session.execute(order)]


def _line(actor: Actor, found: LoadedReview, row: Any) -> HeldLine:
    held, operation, author, device, settler = row
    content = content_of(actor, operation, held)
    return HeldLine(
        op_id=operation.op_id,
        why=held.why,
        title=_title(found, operation, content),
        author=author,
        own=actor.person_id == held.person_id,
        readable=content is not None,
        reason=_reason(held, operation) if content is not None else "",
        device=device,
        at=operation.received_at,
        settled_at=held.settled_at,
        settled_by=settler or "",
        choice=held.choice,
    )


def _title(found: LoadedReview, operation: Operation, content: Content | None) -> str:
    if content is None:
        return "Ratings"
    heading = content.fields.get("heading") or content.standing.get("heading")
    return title_of(found, operation.kind, operation.record_key, str(heading or ""))


def _reason(held: HeldOperation, operation: Operation) -> str:
    twice = operation.kind == EditKind.RATING and held.why is HeldWhy.PROPOSAL
    return "You saved this elsewhere first." if twice else operation.reason


def _parts(
    found: LoadedReview, operation: Operation, content: Content | None, stands: Standing
) -> list[Part]:
    if content is None:
        return []
    shapes = shapes_of(found, operation.kind, operation.record_key)
    now: Mapping[str, object] = wire(stands.fields)
    return parts(content.base, content.fields, now, shapes)


def _name(person_id: UUID | None) -> str:
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person else ""
