"""Drafting, starting, submitting, agreeing, closing and reopening a plan."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.directory.scope import links_of
from portal.plans.loading import plan_for, values_of
from portal.plans.models import SERVICE, Action, Plan
from portal.plans.rules.checking import LONGEST_TITLE, closing_problems, gaps
from portal.plans.rules.drafting import DraftAction, DraftPolicy, WeakItem, draft_actions
from portal.plans.rules.workflow import UNDER_WAY, ActionStatus, PlanMove, PlanState, after


@dataclass(frozen=True)
class Origin:
    """What a plan came from: its kind, its id (None for a plan of its own), and its name."""

    kind: str
    id: UUID | None
    label: str


OWN = Origin("own", None, "")


def draft_plan(
    actor: Actor,
    service_id: UUID,
    origin: Origin,
    items: Sequence[WeakItem],
    policy: DraftPolicy | None = None,
) -> UUID:
    """Draft a plan with an action for each weak item. Returns the plan's id.

    Drafting twice from one origin gives the first plan, unchanged. Raises NotFound or Forbidden.
    """
    with act(actor, "plan.draft", ("service", service_id)) as work:
        _demand_edit(actor, service_id)
        there = select(Plan.id).where(Plan.origin_kind == origin.kind, Plan.origin_id == origin.id)
        plan_id = db.session.execute(there).scalar_one_or_none() if origin.id else None
        if plan_id is not None:
            work.unchanged()
            return plan_id
        title = f"Action plan from {origin.label}" if origin.label else "Action plan"
        try:
            with db.session.begin_nested():
                plan = _new_plan(actor, service_id, origin, title[:LONGEST_TITLE])
        except IntegrityError:  # somebody else drafted it at this very moment
            work.unchanged()
            return db.session.execute(there).scalar_one()
        drafted = draft_actions(items, clock.today(), policy)
        db.session.add_all(_first_actions(plan, drafted))
        work.note(plan=plan.id, origin=[origin.kind, origin.id], items=[draft.item_key for draft in drafted])
        return plan.id


def _first_actions(plan: Plan, drafted: Sequence[DraftAction]) -> list[Action]:
    return [
        Action(
            plan_id=plan.id,
            position=position,
            item_key=draft.item_key,
            item_title=draft.item_title[:LONGEST_TITLE],
            current_rating=draft.current_rating,
            target_rating=draft.target_rating,
            suggested_step=draft.suggested_step,
            what=draft.suggested_step,
            measure=draft.measure,
            due=draft.due,
        )
        for position, draft in enumerate(drafted, start=1)
    ]


def start_plan(actor: Actor, service_id: UUID, title: str) -> UUID:
    """Start an empty plan that comes from no assessment. Raises NotFound, Forbidden or Invalid."""
    with act(actor, "plan.start", ("service", service_id)) as work:
        _demand_edit(actor, service_id)
        if not title:
            raise Invalid({"title": "Enter a name for the plan"})
        if len(title) > LONGEST_TITLE:
            raise Invalid({"title": f"The name must be {LONGEST_TITLE} characters or fewer"})
        plan = _new_plan(actor, service_id, OWN, title)
        work.note(plan=plan.id)
        return plan.id


def agree_plan(actor: Actor, plan_id: UUID, version: int) -> None:
    """Agree a draft: from now on what was agreed stands. Every live action must be complete.

    Raises NotFound, Forbidden, Stale, or Refused naming what is missing.
    """
    with act(actor, "plan.agree", ("plan", plan_id)) as work:
        plan = plan_for(actor, plan_id, Permission.PLAN_AGREE, version)
        live = _demand_complete(plan, "agreed")
        _move(plan, PlanMove.AGREE)
        plan.agreed_at, plan.agreed_by = clock.now(), actor.person_id
        work.note(service=plan.service_id, actions=live)


def submit_plan(actor: Actor, plan_id: UUID, version: int) -> None:
    """Send a draft to the side that agrees it. Every live action must be complete.

    Raises NotFound, Forbidden, Stale, or Refused naming what is missing.
    """
    with act(actor, "plan.submit", ("plan", plan_id)) as work:
        plan = plan_for(actor, plan_id, Permission.PLAN_EDIT, version)
        live = _demand_complete(plan, "submitted")
        _move(plan, PlanMove.SUBMIT)
        work.note(actions=live)


def return_plan(actor: Actor, plan_id: UUID, version: int) -> None:
    """Send a submitted plan back as a draft. Raises NotFound, Forbidden, Stale or Refused."""
    with act(actor, "plan.return", ("plan", plan_id)):
        plan = plan_for(actor, plan_id, Permission.PLAN_AGREE, version)
        _move(plan, PlanMove.RETURN)


def set_closing(actor: Actor, plan_id: UUID, review_on: date | None, closes_when: str, version: int) -> None:
    """When a draft is looked at again, and what must hold before it is closed.

    Raises NotFound, Forbidden, Stale, Refused (no draft) or Invalid.
    """
    with act(actor, "plan.set-closing", ("plan", plan_id)) as work:
        plan = plan_for(actor, plan_id, Permission.PLAN_EDIT, version)
        if plan.state is not PlanState.DRAFT:
            raise Refused(f"The plan is {plan.state.words.lower()}: what was sent stands.")
        problems = closing_problems(review_on, closes_when)
        if problems:
            raise Invalid(problems)
        plan.review_on, plan.closes_when = review_on, closes_when
        plan.version += 1
        work.note(review_on=review_on)


def reopen_plan(actor: Actor, plan_id: UUID, version: int) -> None:
    """Back to draft, so that what was agreed can be changed. Nothing is lost."""
    with act(actor, "plan.reopen", ("plan", plan_id)) as work:
        plan = plan_for(actor, plan_id, Permission.PLAN_AGREE, version)
        work.note(service=plan.service_id, before=plan.state)
        _move(plan, PlanMove.REOPEN)
        plan.agreed_at = plan.agreed_by = plan.closed_at = None


def close_plan(actor: Actor, plan_id: UUID, version: int) -> None:
    """Close an agreed plan in which nothing is left to do. Raises Refused where something is."""
    with act(actor, "plan.close", ("plan", plan_id)) as work:
        plan = plan_for(actor, plan_id, Permission.PLAN_AGREE, version)
        left = [action.item_title for action in plan.actions if action.status in UNDER_WAY]
        if left:
            names = "”, “".join(left)
            raise Refused(f"The plan still has actions to do: “{names}”. Finish or drop them first.")
        _move(plan, PlanMove.CLOSE)
        plan.closed_at = clock.now()
        work.note(service=plan.service_id)


def _demand_complete(plan: Plan, done: str) -> int:
    """How many live actions there are; Refused where there is none, or where one lacks something."""
    live = [action for action in plan.actions if action.status is not ActionStatus.DROPPED]
    if not live:
        raise Refused(f"A plan without an action cannot be {done}. Add an action first.")
    lacking = [
        f"“{action.item_title}” needs {' and '.join(missing)}"
        for action in live
        if (missing := gaps(values_of(action)))
    ]
    if lacking:
        raise Refused(f"The plan cannot be {done} yet: {'; '.join(lacking)}.")
    return len(live)


def _demand_edit(actor: Actor, service_id: UUID) -> None:
    links = links_of(service_id)
    if links is None:
        raise NotFound("There is no such service.")
    demand(actor, Permission.PLAN_EDIT, links)


def start_kept_plan(actor: Actor, keeper: str, origin: Origin, title: str) -> Plan:
    """Start an empty plan of something that is no service. The keeper's own verb has checked the right."""
    with act(actor, "plan.start", (keeper, origin.id)) as work:
        plan = _new_plan(actor, None, origin, title[:LONGEST_TITLE], keeper)
        work.note(plan=plan.id)
        return plan


def _new_plan(
    actor: Actor, service_id: UUID | None, origin: Origin, title: str, keeper: str = SERVICE
) -> Plan:
    plan = Plan(
        id=uuid.uuid4(),
        keeper=keeper,
        service_id=service_id,
        origin_kind=origin.kind,
        origin_id=origin.id,
        origin_label=origin.label,
        title=title,
        state=PlanState.DRAFT,
        created_at=clock.now(),
        created_by=actor.person_id,
    )
    db.session.add(plan)
    db.session.flush()  # the actions point at it
    return plan


def _move(plan: Plan, move: PlanMove) -> None:
    state = after(plan.state, move)
    if state is None:
        raise Refused(f"You cannot {move.value} a plan that is “{plan.state.words}”.")
    plan.state = state
    plan.version += 1
