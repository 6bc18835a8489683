"""Finding a plan or an action for a verb: the right to it is checked, and that it is as the person saw it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed, demand
from portal.core.db import db
from portal.core.errors import NotFound, Stale
from portal.plans.keepers import keeper_of
from portal.plans.models import Action, Plan

NO_PLAN = "There is no such plan that you may see."
FIELDS = (
    "item_title", "target_rating", "what", "measure", "owner", "support", "due", "status", "evidence",
)  # fmt: skip


def plan_for(actor: Actor, plan_id: UUID, permission: Permission, version: int | None = None) -> Plan:
    """The plan, read again inside the verb. Raises NotFound, Forbidden or Stale."""
    query = select(Plan).where(Plan.id == plan_id).with_for_update().execution_options(populate_existing=True)
    plan = db.session.execute(query).scalar_one_or_none()
    keeper = keeper_of(plan) if plan is not None else None
    links = keeper.links(plan) if plan is not None and keeper is not None else None
    if plan is None or keeper is None or links is None:
        raise NotFound(NO_PLAN)
    if not (actor.is_portal or allowed(actor, keeper.right(Permission.PLAN_READ), links)):
        raise NotFound(NO_PLAN)
    demand(actor, keeper.right(permission), links)
    if version is not None and plan.version != version:
        raise Stale(
            f"Somebody else changed this plan first: it is now “{plan.state.words}”.",
            {"state": plan.state.words},
            plan.version,
        )
    return plan


def action_for(actor: Actor, action_id: UUID, version: int | None = None) -> tuple[Plan, Action]:
    """The action with its plan, which is locked, so that changes to one plan wait for each other.

    Raises NotFound, Forbidden, or Stale with every field as it stands now.
    """
    plan_id = db.session.execute(select(Action.plan_id).where(Action.id == action_id)).scalar_one_or_none()
    if plan_id is None:
        raise NotFound("There is no such action that you may see.")
    plan = plan_for(actor, plan_id, Permission.PLAN_EDIT)
    query = select(Action).where(Action.id == action_id).execution_options(populate_existing=True)
    action = db.session.execute(query).scalar_one()
    if version is not None and action.version != version:
        raise Stale("Somebody else saved this action first.", values_of(action), action.version)
    return plan, action


def values_of(action: Action) -> dict[str, Any]:
    """What a person may change of an action, by field."""
    return {name: getattr(action, name) for name in FIELDS}


def plain(value: Any) -> Any:
    """A value as the audit and a page's script have it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
