"""A review of the small world's first service, opened so that its portfolio is laid out."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.reviews.external.models.portfolio import PlannedMeeting, RequestedDocument
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.planning import Plan, plan
from portal.reviews.external.team import Named
from portal.workforce.accreditation.service.accrediting import accredit
from tests.support.assessing import SERVICE, actor, id_of

LEAD, SECOND, MODERATOR, PLANNER = "stand-in", "far-eism", "lead", "lead"


def planned(days: int = 30, scale: str = "ips-25") -> UUID:
    """A review with its team whose fieldwork begins so many days from today and takes two."""
    first = clock.today() + timedelta(days=days)
    accredit(
        actor("lead"), id_of("support"), id_of(LEAD), first - timedelta(days=100), first + timedelta(days=100)
    )
    members = (
        Named(id_of(LEAD), Capacity.LEAD),
        Named(id_of(SECOND), Capacity.SECOND),
        Named(id_of(MODERATOR), Capacity.MODERATOR),
    )
    return plan(actor(PLANNER), Plan(SERVICE, scale, first, first + timedelta(days=1), members))


def opened(days: int = 30, scale: str = "ips-25") -> UUID:
    """A review that the service prepares."""
    assessment_id = planned(days, scale)
    advance(actor(PLANNER), assessment_id, Action.OPEN, None)
    return assessment_id


def document(assessment_id: UUID, key: str) -> RequestedDocument:
    """A document of the usual list, as the database has it."""
    db.session.rollback()
    query = select(RequestedDocument).where(
        RequestedDocument.assessment_id == assessment_id, RequestedDocument.document_key == key
    )
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def documents(assessment_id: UUID) -> list[RequestedDocument]:
    """Every document of a review, in order."""
    db.session.rollback()
    query = select(RequestedDocument).where(RequestedDocument.assessment_id == assessment_id)
    query = query.order_by(RequestedDocument.position).execution_options(populate_existing=True)
    return list(db.session.execute(query).scalars())


def meetings(assessment_id: UUID) -> list[PlannedMeeting]:
    """Every planned meeting of a review, in order."""
    db.session.rollback()
    query = select(PlannedMeeting).where(PlannedMeeting.assessment_id == assessment_id)
    query = query.order_by(PlannedMeeting.position).execution_options(populate_existing=True)
    return list(db.session.execute(query).scalars())


def meeting(assessment_id: UUID, role: str) -> PlannedMeeting:
    """The planned meeting with this role or key."""
    return next(row for row in meetings(assessment_id) if row.role == role)
