"""Finding a remedial plan for a verb: whether the person may, and that it is as the person saw it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, allowed, demand
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.definition.subjects import contract_links, contract_subject
from portal.contracts.figures.queries import figures
from portal.contracts.remedy.models import RemedialPlan
from portal.contracts.remedy.rules.demands import Demand, demands
from portal.contracts.remedy.rules.workflow import RemedyState
from portal.core import clock
from portal.core.db import db
from portal.core.errors import NotFound, Stale
from portal.core.rules.quarters import Quarter
from portal.plans.keepers import Keeper, keep
from portal.plans.models import Plan

KEEPER = "contract"
NO_PLAN = "There is no such remedial plan that you may see."


@dataclass(frozen=True)
class Target:
    """Which plan is meant: an indicator of a quarter of a contract. There need not be a row for it yet."""

    contract_key: str
    quarter: Quarter
    number: str

    @property
    def subject(self) -> tuple[str, str]:
        """As the audit has it."""
        return "remedial-plan", f"{self.contract_key}/{self.quarter.key}/{self.number}"


@dataclass(frozen=True)
class Found:
    """What there is: the row, or the demand of the figures where nothing was decided yet."""

    contract: Contract
    row: RemedialPlan | None
    demand: Demand | None

    @property
    def state(self) -> RemedyState:
        if self.row is not None:
            return self.row.state
        assert self.demand is not None, "there is a row or a demand"
        return self.demand.state


def remedial_for(actor: Actor, target: Target, permission: Permission, version: int | None) -> Found:
    """The plan, read again inside the verb, its row locked. `version` 0: nothing was decided; None: unseen.

    Raises NotFound, Forbidden, or Stale with the state that it has now.
    """
    subject = contract_subject(target.contract_key)
    if subject is None or not (actor.is_portal or allowed(actor, Permission.CONTRACT_READ, subject[1])):
        raise NotFound(NO_PLAN)
    demand(actor, permission, subject[1])
    found = Found(subject[0], _row(target), None)
    if found.row is None:
        found = Found(subject[0], None, _demand(subject[0], target))
    now = found.row.version if found.row is not None else 0
    if version is not None and now != version:
        words = found.state.words
        raise Stale(f"Somebody else was first: the plan is now “{words}”.", {"state": words}, now)
    return found


def _row(target: Target) -> RemedialPlan | None:
    query = (
        select(RemedialPlan)
        .where(
            RemedialPlan.contract_key == target.contract_key,
            RemedialPlan.quarter == target.quarter.key,
            RemedialPlan.indicator == target.number,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one_or_none()


def _demand(contract: Contract, target: Target) -> Demand:
    those = [(one.indicator, one.band) for one in figures(contract, target.quarter)]
    asked = demands(target.quarter, those, clock.today())
    found = next((one for one in asked if one.indicator.number == target.number), None)
    if found is None:
        raise NotFound(NO_PLAN)
    return found


def keep_plans() -> None:
    """Tell the plans' engine who may do what to a plan of a contract."""
    rights = {
        Permission.PLAN_READ: Permission.CONTRACT_READ,
        Permission.PLAN_EDIT: Permission.CONTRACT_REPORT,
        Permission.PLAN_AGREE: Permission.CONTRACT_DECIDE,
    }
    keep(KEEPER, Keeper(_links, rights))


def _links(plan: Plan) -> Links | None:
    query = select(RemedialPlan.contract_key).where(RemedialPlan.plan_id == plan.id)
    key = db.session.scalars(query).one_or_none()
    return None if key is None else contract_links(key)
