"""The plan of a quarter's events, and its baseline when the quarter opens."""

from __future__ import annotations

import json
import uuid
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import PORTAL, Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.core.rules.quarters import Quarter, quarter_from, quarter_of
from portal.events.models import Event, EventBaseline, EventPlan, EventPlanLine
from portal.events.rules.kinds import EventKind
from portal.events.rules.planning import (
    LONGEST_TITLE,
    MOST_LINES,
    baseline_problem,
    change_problem,
    fixed_by_itself,
)

BASELINE_JOB = "events.baseline"


def add_line(
    actor: Actor,
    supplier_id: UUID,
    quarter: Quarter,
    kind: EventKind,
    title: str,
    month: date,
    *,
    id_: UUID | None = None,
) -> UUID:
    """Plan an event of a quarter; the quarter's plan is made with its first. `month`: any day of it.

    Raises Forbidden, Refused (fixed or over) or Invalid.
    """
    line_id = id_ or uuid.uuid4()
    with act(actor, "events.plan-line", ("event-plan", f"{supplier_id} {quarter.key}")) as work:
        demand(actor, Permission.EVENTS_MANAGE, Links(supplier=supplier_id))
        plan = _plan(supplier_id, quarter)
        _demand_open(plan, quarter)
        if plan is None:
            plan = _begun(supplier_id, quarter)
        problems = _line_problems(plan, quarter, title, month)
        if problems:
            raise Invalid(problems)
        line = EventPlanLine(id=line_id, plan_id=plan.id, kind=kind, title=title, month=month.replace(day=1))
        db.session.add(line)
        work.note(line=line_id, kind=kind.value)
    return line_id


def remove_line(actor: Actor, supplier_id: UUID, line_id: UUID) -> None:
    """Take an event out of a plan that is not fixed. Raises Forbidden, NotFound or Refused."""
    with act(actor, "events.unplan-line", ("event-plan-line", line_id)) as work:
        demand(actor, Permission.EVENTS_MANAGE, Links(supplier=supplier_id))
        line = db.session.get(EventPlanLine, line_id)
        plan = None if line is None else _locked(line.plan_id)
        quarter = None if plan is None else quarter_from(plan.quarter)
        if line is None or plan is None or quarter is None or plan.supplier_id != supplier_id:
            raise NotFound("There is no such planned event.")
        _demand_open(plan, quarter)
        if _used(line_id):
            raise Refused("An event in the calendar delivers this one: take the link off there first.")
        db.session.delete(line)
        work.note(quarter=plan.quarter)


def fix_plan(actor: Actor, supplier_id: UUID, quarter: Quarter) -> int:
    """Take the baseline: what is planned now is what the quarter is counted against, for good.

    Returns how many are planned. Raises Forbidden or Refused (too early, too late, nothing planned).
    """
    with act(actor, "events.baseline", ("event-plan", f"{supplier_id} {quarter.key}")) as work:
        demand(actor, Permission.EVENTS_MANAGE, Links(supplier=supplier_id))
        plan = _plan(supplier_id, quarter)
        lines = [] if plan is None else _lines(plan.id)
        problem = baseline_problem(quarter, plan is not None and _fixed(plan), len(lines), clock.today())
        if problem is not None or plan is None:
            raise Refused(problem or "There is no plan of this quarter.")
        kept = [_kept(line) for line in lines]
        baseline = EventBaseline(plan_id=plan.id, planned=len(lines), lines=json.dumps(kept))
        baseline.at, baseline.by = clock.now(), actor.person_id
        db.session.add(baseline)
        work.note(planned=len(lines))
    return len(lines)


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job: fix the plans of a quarter that has opened."""
    today = clock.today()
    now = quarter_of(today)
    query = select(EventPlan).where(
        EventPlan.quarter == now.key, EventPlan.id.not_in(select(EventBaseline.plan_id))
    )
    plans = db.session.scalars(query.order_by(EventPlan.id)).all()
    due = [
        plan.supplier_id for plan in plans if fixed_by_itself(now, plan.made_on, today) and _lines(plan.id)
    ]
    for supplier_id in due:
        try:
            fix_plan(PORTAL, supplier_id, now)
        except Refused:  # somebody fixed it this very moment
            continue


def _plan(supplier_id: UUID, quarter: Quarter) -> EventPlan | None:
    query = select(EventPlan).where(EventPlan.supplier_id == supplier_id, EventPlan.quarter == quarter.key)
    return db.session.scalars(query.with_for_update()).one_or_none()


def _begun(supplier_id: UUID, quarter: Quarter) -> EventPlan:
    """The quarter's plan, made now: by this verb, or by another that was faster."""
    with suppress(IntegrityError), db.session.begin_nested():
        made = EventPlan(id=uuid.uuid4(), supplier_id=supplier_id, quarter=quarter.key)
        made.made_on = clock.today()
        db.session.add(made)
    plan = _plan(supplier_id, quarter)
    assert plan is not None  # one of the two made it
    return plan


def _locked(plan_id: UUID) -> EventPlan | None:
    return db.session.get(EventPlan, plan_id, with_for_update=True, populate_existing=True)


def _lines(plan_id: UUID) -> list[EventPlanLine]:
    query = select(EventPlanLine).where(EventPlanLine.plan_id == plan_id)
    return list(
        db.session.scalars(query.order_by(EventPlanLine.month, EventPlanLine.title, EventPlanLine.id))
    )


def _kept(line: EventPlanLine) -> dict[str, str]:
    month = line.month.isoformat()
    return {"id": str(line.id), "kind": line.kind.value, "title": line.title, "month": month}


def _fixed(plan: EventPlan) -> bool:
    return db.session.get(EventBaseline, plan.id) is not None


def _demand_open(plan: EventPlan | None, quarter: Quarter) -> None:
    problem = change_problem(quarter, plan is not None and _fixed(plan), clock.today())
    if problem is not None:
        raise Refused(problem)


def _line_problems(plan: EventPlan, quarter: Quarter, title: str, month: date) -> dict[str, str]:
    found = {}
    if not title:
        found["title"] = "Enter what is planned"
    elif len(title) > LONGEST_TITLE:
        found["title"] = f"Use {LONGEST_TITLE} characters or fewer"
    if not quarter.first <= month <= quarter.last:
        found["month"] = "Choose a month of this quarter"
    if len(_lines(plan.id)) >= MOST_LINES:
        found["title"] = f"A quarter’s plan has room for {MOST_LINES} events"
    return found


def _used(line_id: UUID) -> bool:
    query = select(Event.id).where(Event.plan_line_id == line_id).limit(1)
    return db.session.execute(query).first() is not None
