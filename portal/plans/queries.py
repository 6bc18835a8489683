"""Reading plans: one plan with all its actions, a service's plans, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import selectinload

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.db import db
from portal.directory.models import Service
from portal.directory.scope import within
from portal.plans.models import Action, Plan
from portal.plans.rules.drafting import is_overdue
from portal.plans.rules.workflow import UNDER_WAY, ActionStatus, PlanState

SOON = timedelta(days=30)


@dataclass(frozen=True)
class ActionLine:
    """An action with whether it is late today."""

    row: Action
    overdue: bool

    @property
    def under_way(self) -> bool:
        return self.row.status in UNDER_WAY


@dataclass(frozen=True)
class PlanView:
    """A plan with its actions in order: those that count, and the dropped ones apart."""

    plan: Plan
    service_key: str
    service_name: str
    agreed_by: str
    actions: tuple[ActionLine, ...]
    dropped: tuple[ActionLine, ...]

    @property
    def done(self) -> int:
        return sum(1 for line in self.actions if line.row.status is ActionStatus.DONE)

    @property
    def overdue(self) -> int:
        return sum(1 for line in self.actions if line.overdue)


def line_of(action: Action, today: date) -> ActionLine:
    """An action as pages show it."""
    return ActionLine(action, is_overdue(action.due, today, under_way=action.status in UNDER_WAY))


def plan_view(plan_id: UUID) -> PlanView | None:
    """A plan as its page shows it, or None. Two statements."""
    query = (
        select(Plan, Service.key, Service.name, Person.name.label("agreed_by"))
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(Person, Person.id == Plan.agreed_by)
        .where(Plan.id == plan_id)
        .options(selectinload(Plan.actions))
    )
    row = db.session.execute(query).first()
    return None if row is None else _view(row.Plan, row.key, row.name, row.agreed_by or "")


def kept_plans(plan_ids: Sequence[UUID]) -> dict[UUID, PlanView]:
    """Plans by id, whoever keeps them; without the names of services. Two statements."""
    query = select(Plan).where(Plan.id.in_(plan_ids)).options(selectinload(Plan.actions))
    return {plan.id: _view(plan, "", "", "") for plan in db.session.scalars(query)} if plan_ids else {}


def plans_of_service(service_id: UUID) -> tuple[PlanView, ...]:
    """A service's plans with their actions, the newest first. Two statements."""
    query = (
        select(Plan, Service.key, Service.name, Person.name.label("agreed_by"))
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(Person, Person.id == Plan.agreed_by)
        .where(Plan.service_id == service_id)
        .order_by(Plan.created_at.desc(), Plan.id)
        .options(selectinload(Plan.actions))
    )
    rows = db.session.execute(query).all()
    return tuple(_view(row.Plan, row.key, row.name, row.agreed_by or "") for row in rows)


def _view(plan: Plan, service_key: str, service_name: str, agreed_by: str) -> PlanView:
    today = clock.today()
    lines = [line_of(action, today) for action in plan.actions]
    counting = tuple(line for line in lines if line.row.status is not ActionStatus.DROPPED)
    dropped = tuple(line for line in lines if line.row.status is ActionStatus.DROPPED)
    return PlanView(plan, service_key, service_name, agreed_by, counting, dropped)


def open_actions(service_id: UUID) -> tuple[ActionLine, ...]:
    """A service's actions still to do, in plans not closed; those due first come first."""
    query = (
        select(Action)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Plan.service_id == service_id, Plan.state != PlanState.CLOSED, Action.status.in_(UNDER_WAY))
        .order_by(Action.due.is_(None), Action.due, Action.position, Action.id)
    )
    today = clock.today()
    return tuple(line_of(action, today) for action in db.session.scalars(query))


@dataclass(frozen=True)
class OverdueLine:
    """An action whose day has passed, with where it belongs."""

    action: Action
    service_key: str
    service_name: str


def overdue(actor: Actor, limit: int = 50) -> tuple[OverdueLine, ...]:
    """The late actions of the services whose plans this person may read, the latest first."""
    query = (
        select(Action, Service.key, Service.name)
        .join(Plan, Plan.id == Action.plan_id)
        .join(Service, Service.id == Plan.service_id)
        .where(
            within(actor, Permission.PLAN_READ),
            Plan.state != PlanState.CLOSED,
            Action.status.in_(UNDER_WAY),
            Action.due < clock.today(),
        )
        .order_by(Action.due, Service.name, Action.position, Action.id)
        .limit(limit)
    )
    return tuple(OverdueLine(row.Action, row.key, row.name) for row in db.session.execute(query))


@dataclass(frozen=True)
class DueCount:
    """How many actions of a service are late, and how many fall due within 30 days from today."""

    overdue: int
    soon: int


def due_counts(service_ids: Sequence[UUID], today: date) -> dict[UUID, DueCount]:
    """By service; those with no action late or due soon are left out. One statement."""
    late = func.sum(case((Action.due < today, 1), else_=0))
    soon = func.sum(case((Action.due >= today, 1), else_=0))
    query = (
        select(Plan.service_id, late.label("late"), soon.label("soon"))
        .join(Action, Action.plan_id == Plan.id)
        .where(
            and_(Plan.service_id.in_(service_ids), Plan.state != PlanState.CLOSED),
            Action.status.in_(UNDER_WAY),
            Action.due <= today + SOON,
        )
        .group_by(Plan.service_id)
    )
    return {row.service_id: DueCount(int(row.late), int(row.soon)) for row in db.session.execute(query)}
