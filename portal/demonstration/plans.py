"""Action plans: drafted from assessments, most of them agreed, some under way, some late."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.roles import Role
from portal.core.db import db
from portal.demonstration.people import MANAGER, SHOWCASE
from portal.demonstration.places import supporting_people
from portal.demonstration.ratings import Nature
from portal.demonstration.script import Step, actor, moment
from portal.demonstration.services import DemoService
from portal.plans.models import Plan
from portal.plans.rules.workflow import ActionStatus
from portal.plans.service import Origin, WeakItem, agree_plan, draft_plan, edit_action
from portal.reviews.assessment.models import Assessment, FinalRating
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.assessment.service.finishing import WEAK_BELOW
from portal.scales.registry import registry

ONE_IN = 5  # every fifth service elsewhere has a plan
OWNERS = ("Team leader", "Operations manager", "Service manager", "Senior employment specialist")
SUPPORT = "An hour with the EISM to go through an example from another service."
PROGRESS = "Agreed in the team meeting; the first month’s log has been looked at together."


def plan_steps(wanted: Sequence[DemoService], anchor: date, size: str) -> Iterator[Step]:
    """Steps of every plan. Those of final assessments of the showcase were drafted when they became final."""
    own = [service for service in wanted if service.provider == SHOWCASE]
    agreed, draft = own[0], own[2]
    late = min(own[3:], key=lambda service: Nature.of(service, registry().get(service.scale)).quality)
    yield from _worked_on(agreed, MANAGER.id, anchor, 118, agree=True)
    yield from _worked_on(draft, MANAGER.id, anchor, 60, agree=False)
    yield from _from_past(late, MANAGER.id, anchor, 165)
    if size == "full":
        managers = {
            person.organisation: person.id
            for person in supporting_people()
            if person.role is Role.PROVIDER_MANAGER
        }
        others = [service for service in wanted if service.scale and service not in own]
        for service in others[::ONE_IN]:
            days = service.chance("plan").randint(40, 200)
            yield from _from_past(service, managers[service.provider], anchor, days)


def _from_past(service: DemoService, manager: UUID, anchor: date, days: int) -> Iterator[Step]:
    yield Step(moment(anchor, days, 16), partial(_draft, service, manager))
    yield from _worked_on(service, manager, anchor, days - 12, agree=service.chance("agree").random() < 0.8)


def _worked_on(
    service: DemoService, manager: UUID, anchor: date, days: int, *, agree: bool
) -> Iterator[Step]:
    chance = service.chance("progress")
    yield Step(moment(anchor, days, 11), partial(_assign, service.id, manager, chance, everything=agree))
    if agree:
        yield Step(moment(anchor, days - 2, 11), partial(_agree, service.id, manager))
        yield Step(moment(anchor, days - 20, 11), partial(_progress, service.id, manager, chance))


def _draft(service: DemoService, manager: UUID) -> None:
    latest = (
        select(Assessment)
        .where(Assessment.service_id == service.id, Assessment.state == State.FINAL)
        .order_by(Assessment.final_at.desc())
        .limit(1)
    )
    assessment = db.session.execute(latest).scalar_one()
    query = select(FinalRating.item_key, FinalRating.rating).where(FinalRating.assessment_id == assessment.id)
    ratings = {row.item_key: row.rating for row in db.session.execute(query)}
    scale = registry().get(assessment.scale_key)
    weak = [
        WeakItem(
            item.key, f"{item.number}. {item.title}", ratings[item.key], item.next_steps[ratings[item.key]]
        )
        for item in scale.items
        if ratings[item.key] < WEAK_BELOW
    ]
    label = f"{assessment.kind.title}, {scale.short_title}"
    if weak:
        draft_plan(actor(manager), service.id, Origin("assessment", assessment.id, label), weak)


def _plan(service_id: UUID) -> Plan | None:
    """The newest plan; None where the service is so good that nothing was weak."""
    query = select(Plan).where(Plan.service_id == service_id).order_by(Plan.created_at.desc()).limit(1)
    return db.session.execute(query).scalar_one_or_none()


def _assign(service_id: UUID, manager: UUID, chance: random.Random, *, everything: bool) -> None:
    by = actor(manager)
    for number, (action_id, version) in enumerate(_actions(_plan(service_id))):
        if everything or number % 2 == 0:
            edit_action(by, action_id, {"owner": chance.choice(OWNERS), "support": SUPPORT}, version)


def _agree(service_id: UUID, manager: UUID) -> None:
    plan = _plan(service_id)
    if plan is not None:
        agree_plan(actor(manager), plan.id, plan.version)


def _progress(service_id: UUID, manager: UUID, chance: random.Random) -> None:
    by = actor(manager)
    for number, (action_id, version) in enumerate(_actions(_plan(service_id))):
        status = (ActionStatus.IN_PROGRESS, ActionStatus.DONE, ActionStatus.OPEN)[number % 3]
        if status is not ActionStatus.OPEN and chance.random() < 0.9:
            edit_action(by, action_id, {"status": status, "evidence": PROGRESS}, version)


def _actions(plan: Plan | None) -> list[tuple[UUID, int]]:
    return [(action.id, action.version) for action in plan.actions] if plan is not None else []
