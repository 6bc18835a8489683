"""Remedial plans and payments of North's contract with OHID, each at another point of its way: see `things`.

2024-Q4: agreed, its task done, money retained. 2025-Q1: a draft. 2025-Q2: required. 2025-Q4: may be asked
for. 2026-Q1: submitted, the amount entered.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from uuid import UUID

from flask import Flask
from sqlalchemy import Select, select

from portal.contracts.definition.registry import contracts as known
from portal.contracts.figures.service import Entry, enter_figure
from portal.contracts.payments import service as payments
from portal.contracts.payments.models import PaymentEntry
from portal.contracts.remedy import service as remedy
from portal.contracts.remedy.models import RemedialPlan
from portal.contracts.remedy.service import Target
from portal.core.db import db
from portal.core.rules.quarters import Quarter
from portal.plans import service as plans
from portal.plans.models import Action, Plan
from portal.plans.rules.workflow import ActionStatus
from tests.integration.access import contracts, world

KEY = f"alder-{contracts.CONTRACT}"
CLOSING, DRAFT, REQUIRED = Quarter(2024, 4), Quarter(2025, 1), Quarter(2025, 2)
ASKABLE, SUBMITTED = Quarter(2025, 4), Quarter(2026, 1)
DUE = date(2027, 3, 31)


def fill(app: Flask) -> None:
    """Write them all."""
    contracts.fill(app)
    lead, buyer = world.actor("lead"), world.actor("buyer")
    contract = known()[KEY]
    for quarter in (CLOSING, DRAFT, REQUIRED, ASKABLE, SUBMITTED):
        value = Fraction(85 if quarter == ASKABLE else 60, 100)
        enter_figure(lead, contract, quarter, "1", Entry(value, Fraction(1), "Late", "Payroll"), 0)
    for quarter in (CLOSING, DRAFT, SUBMITTED):
        _draft(quarter)
    for quarter in (CLOSING, SUBMITTED):
        remedy.submit(lead, _target(quarter), 1)
        payments.enter(buyer, KEY, quarter, 100_000_00, 16_666_67, "Invoice", 0)
    remedy.agree(buyer, _target(CLOSING), 2)
    task = _task(CLOSING)
    plans.set_status(lead, task.id, ActionStatus.DONE, task.version)
    payments.retain(buyer, KEY, CLOSING, "Vacant posts", 1)


def _target(quarter: Quarter) -> Target:
    return Target(KEY, quarter, "1")


def _draft(quarter: Quarter) -> None:
    lead, target = world.actor("lead"), _target(quarter)
    remedy.start(lead, target, 0)
    plan = db.session.scalars(_plan(quarter)).one()
    values = {
        "item_title": "Vacant post",
        "what": "Fill it",
        "owner": "Lead manager",
        "due": DUE,
        "support": "",
        "measure": "",
    }
    plans.add_action(lead, plan.id, values)
    remedy.set_closing(lead, target, plan.version, DUE, "Back at target")


def _plan(quarter: Quarter) -> Select[tuple[Plan]]:
    joined = select(Plan).join(RemedialPlan, RemedialPlan.plan_id == Plan.id)
    return joined.where(RemedialPlan.contract_key == KEY, RemedialPlan.quarter == quarter.key)


def _task(quarter: Quarter) -> Action:
    plan = db.session.scalars(_plan(quarter)).one()
    return db.session.scalars(select(Action).where(Action.plan_id == plan.id)).one()


def ids() -> dict[str, UUID]:
    """The draft's task and the entry of the submitted plan's quarter, as addresses have them."""
    query = select(PaymentEntry.id).where(PaymentEntry.quarter == SUBMITTED.key)
    return {"task_id": _task(DRAFT).id, "entry_id": db.session.scalars(query).one()}
