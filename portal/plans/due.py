"""How many actions are overdue or soon due, by service, for homes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, case, func, select

from portal.core.db import db
from portal.plans.models import Action, Plan
from portal.plans.rules.workflow import UNDER_WAY, PlanState

SOON = timedelta(days=30)


@dataclass(frozen=True)
class DueCount:
    """Actions under way: due before today, and due within 30 days from today."""

    overdue: int
    soon: int


def due_counts(service_ids: Sequence[UUID], today: date) -> dict[UUID, DueCount]:
    """By service; services with none are left out. One statement."""
    overdue = case((Action.due < today, 1), else_=0)
    soon = case((and_(Action.due >= today, Action.due <= today + SOON), 1), else_=0)
    query = (
        select(Plan.service_id, func.sum(overdue), func.sum(soon))
        .join(Action, Action.plan_id == Plan.id)
        .where(
            Plan.service_id.in_(service_ids),
            Plan.state != PlanState.CLOSED,
            Action.status.in_(UNDER_WAY),
            Action.due <= today + SOON,
        )
        .group_by(Plan.service_id)
    )
    return {row[0]: DueCount(int(row[1]), int(row[2])) for row in db.session.execute(query)}
