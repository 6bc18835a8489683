"""What the supplier does: starts a plan that is required or asked for, says when it closes, submits it."""

from __future__ import annotations

from datetime import date

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.remedy.loading import KEEPER, NO_PLAN, Target, remedial_for
from portal.contracts.remedy.rules.workflow import RemedyMove, Side
from portal.contracts.remedy.service.moving import moving
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import NotFound, Refused
from portal.plans import service as plans
from portal.plans.models import Plan

SUPPLIER = Side.SUPPLIER


def start(actor: Actor, target: Target, version: int) -> None:
    """Start the plan. Raises NotFound, Forbidden, Stale or Refused."""
    with moving(actor, target, SUPPLIER, RemedyMove.START, version) as now:
        label = f"indicator {target.number}, {target.quarter.title}"
        origin = plans.Origin("remedy", now.row.id, label)
        plan = plans.start_kept_plan(actor, KEEPER, origin, f"Remedial action plan: {label}")
        now.row.plan_id = plan.id


def set_closing(actor: Actor, target: Target, version: int, review_on: date | None, closes_when: str) -> None:
    """When the plan is looked at again and what must hold before it is closed. `version`: the plan's own.

    Raises NotFound, Forbidden, Stale, Refused (no draft) or Invalid.
    """
    with act(actor, "remedy.set-closing", target.subject):
        found = plan_of(actor, target)
        plans.set_closing(actor, found.id, review_on, closes_when, version)


def submit(actor: Actor, target: Target, version: int) -> None:
    """Submit the plan to the buyer: each task whole, a day of review, a condition for closing.

    Raises NotFound, Forbidden, Stale, or Refused naming what is missing.
    """
    with moving(actor, target, SUPPLIER, RemedyMove.SUBMIT, version) as now:
        plan = now.plan
        wanted = (
            ("a day of review", plan.review_on),
            ("what must hold before it is closed", plan.closes_when),
        )
        missing = [words for words, value in wanted if not value]
        if missing:
            raise Refused(f"The plan cannot be submitted yet: it needs {' and '.join(missing)}.")
        plans.submit_plan(actor, plan.id, plan.version)
        now.row.submitted_at = now.row.submitted_at or clock.now()


def plan_of(actor: Actor, target: Target) -> Plan:
    """The plan that holds the tasks. Raises NotFound, Forbidden."""
    found = remedial_for(actor, target, Permission.CONTRACT_REPORT, None)
    if found.row is None or found.row.plan_id is None:
        raise NotFound(NO_PLAN)
    return db.session.get_one(Plan, found.row.plan_id)
