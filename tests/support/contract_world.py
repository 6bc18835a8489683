"""The parties of the demonstration's current contract, a person of each, and figures that ask for plans."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.actors import PORTAL, Actor, Held
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.figures.service import Entry, enter_figure
from portal.contracts.remedy import service as remedy
from portal.contracts.remedy.models import RemedialPlan
from portal.contracts.remedy.service import Target
from portal.core.act import act
from portal.core.db import db
from portal.core.rules.quarters import Quarter
from portal.plans import service as plans
from portal.plans.models import Action, Plan
from portal.plans.rules.workflow import ActionStatus

KEY = "demonstration-2025"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUARTER = Quarter(2025, 1)
_KINDS = {
    "ohid": OrganisationKind.BUYER,
    "fidelity-support-partnership": OrganisationKind.SUPPLIER,
    "dhsc": OrganisationKind.BUYER,
    "elsewhere": OrganisationKind.SUPPLIER,
    "buys-elsewhere": OrganisationKind.BUYER,
}
_ROLES = {
    "lead": (Role.LEAD_MANAGER, "fidelity-support-partnership"),
    "buyer": (Role.BUYER, "ohid"),
    "second_buyer": (Role.BUYER, "ohid"),
    "reader": (Role.GOVERNANCE_READER, "dhsc"),
    "stranger": (Role.LEAD_MANAGER, "elsewhere"),
    "other_buyer": (Role.BUYER, "buys-elsewhere"),
}


@dataclass(frozen=True)
class World:
    """The actors by name, and what tests do again and again."""

    lead: Actor
    buyer: Actor
    second_buyer: Actor
    reader: Actor
    stranger: Actor
    other_buyer: Actor

    @property
    def contract(self) -> Contract:
        return contracts()[KEY]

    def figure(self, number: str, value: Fraction, quarter: Quarter = QUARTER, version: int = 0) -> None:
        """A figure entered by hand, as a share of its target."""
        entry = Entry(value, Fraction(1), "Entered for a test", "None")
        enter_figure(self.lead, self.contract, quarter, number, entry, version)

    def target(self, number: str = "1", quarter: Quarter = QUARTER) -> Target:
        return Target(KEY, quarter, number)

    def started(self, target: Target, version: int = 0) -> Plan:
        """A plan begun by the supplier."""
        remedy.start(self.lead, target, version)
        return plan_of(target)

    def drafted(self, target: Target, *dues: date, version: int = 0) -> Plan:
        """A plan with a task for each day, ready to be submitted."""
        plan = self.started(target, version)
        for place, due in enumerate(dues, start=1):
            plans.add_action(self.lead, plan.id, task(f"Task {place}", due))
        seen = db.session.get_one(Plan, plan.id).version
        remedy.set_closing(self.lead, target, seen, date(2027, 1, 5), "Back at target for a quarter")
        return plan

    def submitted(self, target: Target, *dues: date) -> Plan:
        """A required plan with its tasks, before the buyer."""
        plan = self.drafted(target, *dues)
        remedy.submit(self.lead, target, 1)
        return plan

    def done(self, plan: Plan, count: int) -> None:
        """So many of its tasks done, the first ones first."""
        rows = (
            db.session.query(Action).filter_by(plan_id=plan.id).order_by(Action.position).limit(count).all()
        )
        for row in rows:
            plans.set_status(self.lead, row.id, ActionStatus.DONE, row.version)


def task(title: str, due: date | None) -> dict[str, object]:
    """The values of a task."""
    return {
        "item_title": title, "what": "Fill the vacant post", "measure": "", "owner": "Lead manager",
        "support": "", "due": due,
    }  # fmt: skip


def row_of(target: Target) -> RemedialPlan:
    """The remedial plan as it is in the database."""
    db.session.expire_all()
    return (
        db.session.query(RemedialPlan)
        .filter_by(contract_key=target.contract_key, quarter=target.quarter.key, indicator=target.number)
        .one()
    )


def plan_of(target: Target) -> Plan:
    """The plan that holds its tasks."""
    return db.session.get_one(Plan, row_of(target).plan_id)


def make_world() -> World:
    """Write the organisations and people; give them as actors."""
    organisations = {
        key: Organisation(id=uuid.uuid4(), key=key, name=key.title(), kind=kind)
        for key, kind in _KINDS.items()
    }
    people = {
        name: Person(id=uuid.uuid4(), email=f"{name}@example.com", name=name.title(), created_at=NOW)
        for name in _ROLES
    }
    with act(PORTAL, "tests.world", ("contract", KEY)):
        db.session.add_all([*organisations.values(), *people.values()])
        db.session.flush()
        for name, (role, where) in _ROLES.items():
            membership = Membership(
                person_id=people[name].id,
                organisation_id=organisations[where].id,
                role=role,
                starts=date(2020, 1, 1),
            )
            db.session.add(membership)
    return World(
        **{
            name: Actor(people[name].id, people[name].name, (Held(role, organisations[where].id),))
            for name, (role, where) in _ROLES.items()
        }
    )
