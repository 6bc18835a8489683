"""Which devices a review is on, what they last told, and what has not arrived: for the pages of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.db import db
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.review import ExternalReview, ReviewMember
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Stage
from portal.reviews.offline.models import CheckOut, HeldOperation, HeldWhy, OnSiteDevice, Operation
from portal.reviews.offline.rules.gaps import Range, count, in_words, missing
from portal.reviews.offline.rules.overdue import overdue
from portal.reviews.offline.service.devices import may_announce

_ON_SITE = frozenset({Stage.PLANNED, Stage.PREPARING, Stage.FIELDWORK})
_loser = aliased(Person)


@dataclass(frozen=True)
class DeviceLine:
    """A review on one device. `missing`: numbers of edits that it told of and that are not here."""

    check_out_id: UUID
    person: str
    own: bool
    device: str
    since: datetime
    heard_at: datetime
    told: int
    waiting: int
    missing: tuple[Range, ...]
    persisted: bool | None
    returned_at: datetime | None
    lost_at: datetime | None
    lost_by: str
    lost_count: int
    overdue: bool
    may_announce: bool

    @property
    def out(self) -> bool:
        return self.returned_at is None and self.lost_at is None

    @property
    def missing_count(self) -> int:
        return count(self.missing)

    @property
    def missing_words(self) -> str:
        """3 to 19."""
        return in_words(self.missing)


@dataclass(frozen=True)
class Attention:
    """What of a review's devices waits for its lead reviewer."""

    overdue: int
    held: int

    @property
    def any(self) -> bool:
        return bool(self.overdue or self.held)


def device_lines(actor: Actor, found: LoadedReview) -> list[DeviceLine]:
    """All check-outs of a review, those still out first. Two statements."""
    query = _LINES.where(CheckOut.assessment_id == found.id)
    rows = db.session.execute(query.order_by(CheckOut.at.desc())).all()
    arrived = _arrived({row.OnSiteDevice.id for row in rows})
    lines = [_line(actor, found, row, arrived) for row in rows]
    return sorted(lines, key=lambda one: (not one.out, not one.overdue))


def out_lines(actor: Actor, found: LoadedReview, *, own: bool) -> list[DeviceLine]:
    """Those still out: the actor's own, or everybody's. Two statements."""
    return [line for line in device_lines(actor, found) if line.out and (line.own or not own)]


def attention(actor: Actor, found: LoadedReview) -> Attention:
    """What stands out of one review: for its page. Two statements."""
    outs = select(CheckOut.id).where(CheckOut.assessment_id == found.id, *_OUT)
    late = overdue(found.stage not in _ON_SITE, found.review.fieldwork_to, clock.today())
    lead = found.lead is not None and found.lead.person_id == actor.person_id
    waiting = _waiting(actor, lead=lead).where(HeldOperation.assessment_id == found.id)
    overdue_count = len(db.session.execute(outs).all()) if late else 0
    return Attention(overdue_count, len(db.session.execute(waiting).all()))


@dataclass(frozen=True)
class Waiting:
    """A review whose lead reviewer has something of its devices to look at."""

    assessment_id: UUID
    service: str
    attention: Attention


def lead_attention(actor: Actor, services: Mapping[UUID, str]) -> list[Waiting]:
    """Of the reviews that the actor leads: those with devices overdue or edits waiting. Two statements.

    `services`: name of the service by review, of the reviews that the actor's page lists.
    """
    if not services:
        return []
    led = select(ReviewMember.assessment_id).where(
        ReviewMember.person_id == actor.person_id,
        ReviewMember.capacity == Capacity.LEAD,
        ReviewMember.assessment_id.in_(services),
    )
    outs = (
        select(CheckOut.assessment_id, ExternalReview.stage, ExternalReview.fieldwork_to)
        .join(ExternalReview, ExternalReview.assessment_id == CheckOut.assessment_id)
        .where(CheckOut.assessment_id.in_(led), *_OUT)
    )
    late = [row.assessment_id for row in db.session.execute(outs) if _is_late(row.stage, row.fieldwork_to)]
    waiting = _waiting(actor, lead=True).where(HeldOperation.assessment_id.in_(led))
    held = list(db.session.execute(waiting).scalars())
    return [
        Waiting(one, services[one], Attention(late.count(one), held.count(one)))
        for one in services
        if one in late or one in held
    ]


_OUT = (CheckOut.returned_at.is_(None), CheckOut.lost_at.is_(None))
_LINES = (
    select(CheckOut, OnSiteDevice, Person.name, _loser.name.label("loser"))
    .join(OnSiteDevice, OnSiteDevice.id == CheckOut.device_id)
    .join(Person, Person.id == CheckOut.person_id)
    .outerjoin(_loser, _loser.id == CheckOut.lost_by)
    .execution_options(populate_existing=True)
)


def _waiting(actor: Actor, *, lead: bool) -> Select[UUID | None]:
    """The review of each edit that waits for the actor: their own, and as lead reviewer all quarantined."""
    own = HeldOperation.person_id == actor.person_id
    concerns = own | (HeldOperation.why == HeldWhy.QUARANTINE) if lead else own
    return select(HeldOperation.assessment_id).where(HeldOperation.settled_at.is_(None), concerns)


def _is_late(stage: Stage, last_day: date) -> bool:
    return overdue(stage not in _ON_SITE, last_day, clock.today())


def _arrived(device_ids: Iterable[UUID]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = {device_id: [] for device_id in device_ids}
    if found:
        query = select(Operation.device_id, Operation.seq).where(Operation.device_id.in_(found))
        for row in db.session.execute(query):
            found[row.device_id].append(row.seq)
    return found


def _line(actor: Actor, found: LoadedReview, row: Any, arrived: Mapping[UUID, list[int]]) -> DeviceLine:
    out, device = row.CheckOut, row.OnSiteDevice
    is_out = out.returned_at is None and out.lost_at is None
    told = max([device.highest_seq, *arrived[device.id]])
    return DeviceLine(
        check_out_id=out.id,
        person=row.name,
        own=out.person_id == actor.person_id,
        device=device.name,
        since=out.at,
        heard_at=device.heard_at,
        told=told,
        waiting=device.waiting,
        missing=tuple(missing(arrived[device.id], told)) if is_out else (),
        persisted=device.persisted,
        returned_at=out.returned_at,
        lost_at=out.lost_at,
        lost_by=row.loser or "",
        lost_count=out.lost_count or 0,
        overdue=is_out and _is_late(found.stage, found.review.fieldwork_to),
        may_announce=is_out and may_announce(actor, found, out.person_id),
    )
