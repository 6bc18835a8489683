"""What access rules of routes ask of plans: the thing in the address, and its service's links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.accounts.rules.permissions import Links
from portal.directory.scope import links_of
from portal.plans.models import Action
from portal.plans.queries import PlanView, plan_view


@dataclass(frozen=True)
class ActionInPlan:
    """An action together with its plan."""

    view: PlanView
    action: Action


def plan_subject(plan_id: UUID, **_others: Any) -> tuple[PlanView, Links] | None:
    """The plan of a service with its actions, or None. Three statements."""
    view = plan_view(plan_id)
    links = links_of(view.plan.service_id) if view is not None and view.plan.service_id else None
    return None if view is None or links is None else (view, links)


def action_subject(plan_id: UUID, action_id: UUID, **_others: Any) -> tuple[ActionInPlan, Links] | None:
    """An action of that very plan, or None."""
    found = plan_subject(plan_id)
    if found is None:
        return None
    view, links = found
    action = next((action for action in view.plan.actions if action.id == action_id), None)
    return None if action is None else (ActionInPlan(view, action), links)
