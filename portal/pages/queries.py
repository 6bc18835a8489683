"""Reads that draw on several features, for the homes and the service page. Scoped by join."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import false, func, or_, select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, may_ever
from portal.core import clock
from portal.core.charts import TimelinePoint
from portal.core.db import db
from portal.directory.models import Service, ServiceStanding
from portal.directory.scope import within
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import OPEN_STATES, Kind, State

GUIDE_STATES = (State.WITH_GUIDE, State.SETTLING)


@dataclass(frozen=True)
class OpenLine:
    """An assessment under way, for a list."""

    id: UUID
    service_id: UUID
    service_key: str
    service_name: str
    kind: Kind
    state: State
    since: datetime
    guide_id: UUID | None

    def waits_for(self, guide: Actor) -> bool:
        """Whether it is this guide's turn; a peer assessment waits for the person named only."""
        named = self.kind is not Kind.PEER or self.guide_id == guide.person_id
        return named and self.state in GUIDE_STATES


def open_assessments(
    actor: Actor, states: tuple[State, ...] = OPEN_STATES, most: int = 200
) -> list[OpenLine]:
    """Open assessments within the actor's reach, those waiting longest first. One statement."""
    guides = may_ever(actor, Permission.ASSESSMENT_GUIDE)  # a role that has ended shows nothing
    named = Assessment.guide_id == actor.person_id if guides else false()
    query = (
        select(Assessment, Service.key, Service.name)
        .join(Service, Service.id == Assessment.service_id)
        .where(
            Assessment.state.in_(states),
            or_(within(actor, Permission.ASSESSMENT_READ_DRAFT, Assessment.service_id), named),
        )
        .order_by(func.coalesce(Assessment.submitted_at, Assessment.started_at), Assessment.id)
        .limit(most)
    )
    return [
        OpenLine(
            row.id,
            row.service_id,
            key,
            name,
            row.kind,
            row.state,
            row.submitted_at or row.started_at,
            row.guide_id,
        )
        for row, key, name in db.session.execute(query)
    ]


@dataclass(frozen=True)
class StandingLine:
    """A service with its last final assessment (None: none yet)."""

    id: UUID
    key: str
    name: str
    region: str
    standing: ServiceStanding | None


def standings(actor: Actor, permission: Permission = Permission.SERVICE_READ) -> list[StandingLine]:
    """Open services within reach with their standing, by name. One statement."""
    query = (
        select(Service.id, Service.key, Service.name, Service.region, ServiceStanding)
        .outerjoin(ServiceStanding, ServiceStanding.service_id == Service.id)
        .where(within(actor, permission), or_(Service.closed.is_(None), Service.closed > clock.today()))
        .order_by(Service.name, Service.id)
    )
    return [StandingLine(*row) for row in db.session.execute(query)]


def points(service_ids: list[UUID]) -> dict[UUID, list[TimelinePoint]]:
    """The totals over time of these services on the scale each used last. One statement."""
    query = (
        select(Assessment)
        .where(Assessment.service_id.in_(service_ids), Assessment.state == State.FINAL)
        .order_by(Assessment.final_at)
    )
    by_service: dict[UUID, list[Assessment]] = defaultdict(list)
    for row in db.session.execute(query).scalars():
        by_service[row.service_id].append(row)
    return {
        service_id: [_point(row) for row in rows if row.scale_key == rows[-1].scale_key]
        for service_id, rows in by_service.items()
    }


def _point(row: Assessment) -> TimelinePoint:
    assert row.final_at is not None
    assert row.total is not None
    return TimelinePoint(
        clock.uk(row.final_at).date(), row.total, row.kind.title, external=row.kind is Kind.EXTERNAL
    )


@dataclass(frozen=True)
class BandCount:
    """How many services stand at a band. `key` None: assessed on a scale without bands."""

    key: str | None
    title: str
    count: int


def band_counts(lines: list[StandingLine]) -> list[BandCount]:
    """How many of these services stand at each band, best first, then those without one."""
    order = {"exemplary": 0, "good": 1, "fair": 2, "not-ips": 3}
    titles: dict[str | None, str] = {None: "No bands on their scale"}
    counts: dict[str | None, int] = defaultdict(int)
    for line in lines:
        if line.standing is not None:
            titles[line.standing.band_key] = line.standing.band_title or titles[None]
            counts[line.standing.band_key] += 1
    found = [
        BandCount(key, titles[key], count)
        for key, count in sorted(counts.items(), key=lambda pair: order.get(pair[0] or "", 9))
    ]
    waiting = sum(1 for line in lines if line.standing is None)
    return found + ([BandCount("none", "Not assessed yet", waiting)] if waiting else [])


def assessed_since(lines: list[StandingLine], since: date) -> int:
    """How many of these services have a final assessment on or after a day."""
    return sum(1 for line in lines if line.standing is not None and line.standing.final_on >= since)
