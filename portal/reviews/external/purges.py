"""Reading purges: of one review, and the list for whoever answers for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.db import db
from portal.directory.models import Service
from portal.directory.scope import within
from portal.programmes.registry import review_of
from portal.reviews.assessment.models import Assessment
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.publication import FieldworkPurge, PurgeHold
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.rules.purging import Counts, PurgeState, due_on, state_of
from portal.reviews.external.rules.workflow import Stage


@dataclass(frozen=True)
class PurgeLine:
    """How the purge of one published review stands."""

    assessment_id: UUID
    service: str
    published_on: date
    due: date
    state: PurgeState
    hold: str
    purged_at: datetime | None
    counts: Counts | None


def purge_line(found: LoadedReview) -> PurgeLine:
    """The purge of one published review. One statement."""
    done = db.session.get(FieldworkPurge, found.id)
    return _line(found.review, found.service.name, done)


def purge_lines(actor: Actor) -> list[PurgeLine]:
    """Of every published review whose inside the actor may see, what is due first. One statement."""
    query = (
        select(ExternalReview, Service.name, FieldworkPurge)
        .join(Assessment, Assessment.id == ExternalReview.assessment_id)
        .join(Service, Service.id == Assessment.service_id)
        .outerjoin(FieldworkPurge, FieldworkPurge.assessment_id == ExternalReview.assessment_id)
        .where(ExternalReview.stage == Stage.PUBLISHED, within(actor, Permission.REVIEW_INSIDE))
    )
    order = {state: place for place, state in enumerate(_ORDER)}
    found = [_line(*row) for row in db.session.execute(query)]
    return sorted(found, key=lambda one: (order[one.state], one.due, one.service))


_ORDER = (PurgeState.HELD, PurgeState.DUE, PurgeState.WAITING, PurgeState.PURGED)


def holds_of(assessment_id: UUID) -> list[PurgeHold]:
    """Every hold that was put on, newest first. One statement."""
    query = select(PurgeHold).where(PurgeHold.assessment_id == assessment_id)
    return list(db.session.execute(query.order_by(PurgeHold.held_at.desc())).scalars())


def _line(review: ExternalReview, service: str, done: FieldworkPurge | None) -> PurgeLine:
    assert review.published_on is not None  # the constraint published_has_date says so
    due = due_on(review_of(review.programme_key), review.published_on)
    held, purged = bool(review.purge_hold), review.purged_at is not None
    return PurgeLine(
        assessment_id=review.assessment_id,
        service=service,
        published_on=review.published_on,
        due=due,
        state=state_of(due, clock.today(), held=held, purged=purged),
        hold=review.purge_hold,
        purged_at=review.purged_at,
        counts=Counts(**done.counts) if done else None,
    )
