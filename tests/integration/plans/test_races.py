"""Two who begin a plan at one moment, on either engine."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from flask import Flask
from sqlalchemy import func, select

from portal.core.audit.service import verify
from portal.core.db import db
from portal.plans.models import Action, Plan
from portal.plans.service import Origin, add_action, draft_plan, start_plan
from tests.integration.plans.conftest import WEAK, World
from tests.support.racing import race

ROUNDS = 10


def test_two_who_add_a_plans_first_actions_at_once_add_both_in_an_order(app: Flask, world: World) -> None:
    for _ in range(ROUNDS):
        plan_id = start_plan(world.manager, world.service_id, "Recovery plan")
        runs: list[Callable[[], object]] = [
            partial(add_action, who, plan_id, {"item_title": title, "what": "Meet weekly"})
            for who, title in ((world.manager, "One"), (world.eism, "Two"), (world.manager, "Three"))
        ]
        ends = race(app, *runs)
        assert [end for end in ends if isinstance(end, BaseException)] == []
        query = select(Action.position).where(Action.plan_id == plan_id).order_by(Action.position)
        assert list(db.session.scalars(query)) == [1, 2, 3]
    assert verify(db.session())[1] == []


def test_two_who_draft_a_plan_from_one_assessment_at_once_make_one(app: Flask, world: World) -> None:
    for _ in range(ROUNDS):
        origin = Origin("assessment", uuid.uuid4(), "Self-assessment, IPS-25")
        runs: list[Callable[[], object]] = [
            partial(draft_plan, who, world.service_id, origin, WEAK) for who in (world.manager, world.eism)
        ]
        ends = race(app, *runs)
        assert [end for end in ends if isinstance(end, BaseException)] == []
        assert len(set(ends)) == 1
        query = select(func.count()).select_from(Plan).where(Plan.origin_id == origin.id)
        assert db.session.scalars(query).one() == 1
