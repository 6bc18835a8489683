"""Adding, editing, ordering, dropping and restoring the actions of a plan."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused
from portal.plans.loading import action_for, plain, plan_for, values_of
from portal.plans.models import Action, Plan
from portal.plans.rules.checking import problems
from portal.plans.rules.workflow import EDITABLE, ActionStatus, PlanState


def add_action(actor: Actor, plan_id: UUID, values: Mapping[str, Any]) -> UUID:
    """Add an action at the end of a draft. Returns its id. Raises NotFound, Forbidden, Refused or Invalid."""
    with act(actor, "plan.add-action", ("plan", plan_id)) as work:
        plan = plan_for(actor, plan_id, Permission.PLAN_EDIT)
        _demand_draft(plan, "Reopen it to add an action.")
        _demand_sound(values, None)
        position = max((action.position for action in plan.actions), default=0) + 1
        action = Action(id=uuid.uuid4(), plan_id=plan.id, position=position, status=ActionStatus.OPEN)
        _take(action, values)
        db.session.add(action)
        work.note(action=action.id, values={name: plain(value) for name, value in values.items()})
        return action.id


def edit_action(actor: Actor, action_id: UUID, values: Mapping[str, Any], version: int) -> bool:
    """Change an action. Returns whether anything changed; the same values again change nothing.

    Raises NotFound, Forbidden, Invalid, Refused (what an agreed plan fixes), or Stale with what stands.
    """
    with act(actor, "plan.edit-action", ("plan-action", action_id)) as work:
        plan, action = action_for(actor, action_id, version)
        before = values_of(action)
        changes = {name: value for name, value in values.items() if before[name] != value}
        if not changes:
            work.unchanged()
            return False
        _demand_editable(plan, before, changes)
        _demand_sound({**before, **values}, action.current_rating)
        _take(action, changes)
        action.version += 1
        work.note(
            plan=plan.id,
            before={name: plain(before[name]) for name in changes},
            after={name: plain(value) for name, value in changes.items()},
        )
        return True


def set_status(actor: Actor, action_id: UUID, status: ActionStatus, version: int) -> bool:
    """Start, finish, drop or restore an action. Raises as `edit_action`."""
    return edit_action(actor, action_id, {"status": status}, version)


def move_action(actor: Actor, action_id: UUID, places: int) -> bool:
    """Move an action up (−1) or down (+1) in a draft. Returns whether it moved; at the end it stays."""
    with act(actor, "plan.move-action", ("plan-action", action_id)) as work:
        plan, action = action_for(actor, action_id)
        _demand_draft(plan, "Reopen it to change the order.")
        order = list(plan.actions)
        place = order.index(action)
        target = min(max(place + places, 0), len(order) - 1)
        if target == place:
            work.unchanged()
            return False
        order.insert(target, order.pop(place))
        for position, moved in enumerate(order, start=1):
            moved.position = position
        work.note(plan=plan.id, before=place + 1, after=target + 1)
        return True


def _demand_draft(plan: Plan, what_to_do: str) -> None:
    if plan.state is not PlanState.DRAFT:
        raise Refused(f"The plan is {plan.state.words.lower()}. {what_to_do}")


def _demand_editable(plan: Plan, before: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    """What was agreed stands until the plan is reopened; so does which actions are in it."""
    fixed = set(changes) - EDITABLE[plan.state]
    statuses = {before["status"], changes.get("status", before["status"])}
    in_or_out = len(statuses) > 1 and ActionStatus.DROPPED in statuses and plan.state is not PlanState.DRAFT
    if fixed or in_or_out:
        raise Refused(f"The plan is {plan.state.words.lower()}: reopen it to change what was agreed.")


def _demand_sound(values: Mapping[str, Any], current_rating: int | None) -> None:
    found = problems(values, current_rating)
    if found:
        raise Invalid(found)


def _take(action: Action, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(action, name, value)
    done = action.status is ActionStatus.DONE
    action.done_on = (action.done_on or clock.today()) if done else None
