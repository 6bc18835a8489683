"""What the tests of plans share: short reads, and a plan brought to where a test begins."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select

from portal.core.audit.models import AuditRow
from portal.core.db import db
from portal.plans import service as verbs
from portal.plans.models import Action, Plan

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOUND: dict[str, Any] = {
    "item_title": "Own matter", "what": "Meet the team", "measure": "", "owner": "Team leader", "support": "",
    "due": date(2027, 1, 1), "target_rating": None,
}  # fmt: skip


def actions_of(plan_id: uuid.UUID) -> list[Action]:
    db.session.expire_all()
    return list(db.session.scalars(select(Action).where(Action.plan_id == plan_id).order_by(Action.position)))


def plan_of(plan_id: uuid.UUID) -> Plan:
    db.session.expire_all()
    return db.session.get_one(Plan, plan_id)


def audited() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditRow)) or 0


def make_ready(world: Any, plan_id: uuid.UUID) -> None:
    for action in actions_of(plan_id):
        verbs.edit_action(world.staff, action.id, {"owner": "Team leader"}, action.version)


def agreed(world: Any) -> uuid.UUID:
    plan_id: uuid.UUID = world.draft()
    make_ready(world, plan_id)
    verbs.agree_plan(world.manager, plan_id, plan_of(plan_id).version)
    return plan_id
