"""The list of reviews: searched, filtered, in order, by page. Two statements, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, may_ever
from portal.core.db import db
from portal.core.rules.paging import SIZE
from portal.directory.models import Service
from portal.directory.scope import within
from portal.reviews.assessment.models import Assessment
from portal.reviews.external.models.review import ExternalReview, ReviewMember
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.listing import Filters
from portal.reviews.external.rules.turns import turn
from portal.reviews.external.rules.workflow import Stage


@dataclass(frozen=True)
class Line:
    """One review in the list."""

    id: UUID
    service_key: str
    service: str
    stage: Stage
    fieldwork_from: date
    fieldwork_to: date
    published_on: date | None
    total: int | None
    band: str | None
    scale_key: str
    lead: str
    second: str
    valid_until: date | None
    next_due_on: date | None


@dataclass(frozen=True)
class Listing:
    """One page of the list, and how many reviews the filters leave."""

    lines: list[Line]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // SIZE))

    @property
    def first(self) -> int:
        return (self.page - 1) * SIZE + 1


_lead_row, _second_row = aliased(ReviewMember), aliased(ReviewMember)
_lead, _second = aliased(Person), aliased(Person)


def listing(actor: Actor, filters: Filters) -> Listing:
    """A page of the reviews that the actor may see. A page past the end is the last one."""
    total = db.session.execute(_narrowed(select(func.count()), actor, filters)).scalar_one()
    page = min(filters.page, max(1, -(-total // SIZE)))
    query = _dressed(actor, filters).limit(SIZE).offset((page - 1) * SIZE)
    return Listing([Line(*row) for row in db.session.execute(query)], total, page)


def every_line(actor: Actor, filters: Filters) -> list[Line]:
    """All reviews that the filters leave, for the download. One statement."""
    return [Line(*row) for row in db.session.execute(_dressed(actor, filters))]


def under_way(actor: Actor, service_ids: Collection[UUID]) -> dict[UUID, list[Line]]:
    """The reviews of these services that are under way, by service. One statement, none for no service."""
    if not service_ids:
        return {}
    query = _dressed(actor, Filters(), Assessment.service_id).where(Assessment.service_id.in_(service_ids))
    found: dict[UUID, list[Line]] = {}
    for *line, service_id in db.session.execute(query):
        found.setdefault(service_id, []).append(Line(*line))
    return found


@dataclass(frozen=True)
class Named:
    """A review for which somebody is named, with what they have to do (empty: they wait for others)."""

    line: Line
    capacity: Capacity
    turn: str


def named_for(actor: Actor) -> list[Named]:
    """The reviews under way for which the actor is named, those first that wait for them. One statement."""
    own = aliased(ReviewMember)
    query = _dressed(actor, Filters(mine=True), own.capacity, own.locked_at)
    query = query.join(
        own,
        and_(own.assessment_id == ExternalReview.assessment_id, own.person_id == actor.person_id),
    )
    found = [
        Named(line, capacity, turn(line.stage, capacity, locked=locked_at is not None))
        for *columns, capacity, locked_at in db.session.execute(query.limit(SIZE))
        for line in [Line(*columns)]
    ]
    return sorted(found, key=lambda one: not one.turn)


def within_sight(actor: Actor) -> ColumnElement[bool]:
    """SQL: the review is within the actor's reach, or they are named for it. As `loading.may_see`."""
    return or_(within(actor, Permission.REVIEW_READ, Assessment.service_id), _named(actor))


def _named(actor: Actor) -> ColumnElement[bool]:
    if not may_ever(actor, Permission.REVIEW_TAKE_PART):
        return false()  # a role that has ended shows nothing
    own = select(ReviewMember.assessment_id).where(ReviewMember.person_id == actor.person_id)
    return ExternalReview.assessment_id.in_(own)


def _narrowed(statement: Select[Any], actor: Actor, filters: Filters) -> Select[Any]:
    conditions = [within_sight(actor), ExternalReview.stage.in_(filters.stages)]
    if filters.mine:
        conditions.append(_named(actor))
    conditions += [Service.name.icontains(word, autoescape=True) for word in filters.words]
    return (
        statement.select_from(ExternalReview)
        .join(Assessment, Assessment.id == ExternalReview.assessment_id)
        .join(Service, Service.id == Assessment.service_id)
        .where(*conditions)
    )


def _dressed(actor: Actor, filters: Filters, *more: Any) -> Select[Any]:
    columns: tuple[Any, ...] = (
        ExternalReview.assessment_id,
        Service.key,
        Service.name,
        ExternalReview.stage,
        ExternalReview.fieldwork_from,
        ExternalReview.fieldwork_to,
        ExternalReview.published_on,
        Assessment.total,
        Assessment.band,
        Assessment.scale_key,
        func.coalesce(_lead.name, ""),
        func.coalesce(_second.name, ""),
        ExternalReview.valid_until,
        ExternalReview.next_due_on,
    )
    query: Select[Any] = _narrowed(select(*columns, *more), actor, filters)
    for row, person, capacity in ((_lead_row, _lead, Capacity.LEAD), (_second_row, _second, Capacity.SECOND)):
        of_review = and_(row.assessment_id == ExternalReview.assessment_id, row.capacity == capacity)
        query = query.outerjoin(row, of_review).outerjoin(person, person.id == row.person_id)
    order = _ORDER[filters.sort]
    return query.order_by(order.desc() if filters.descending else order.asc(), Service.name, Service.id)


_ORDER: dict[str, Any] = {
    "fieldwork": ExternalReview.fieldwork_from,
    "service": func.lower(Service.name),
    "stage": ExternalReview.stage,
    "published": ExternalReview.published_on,
}
