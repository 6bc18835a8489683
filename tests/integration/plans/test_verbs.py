"""Drafting, editing and agreeing: what each verb does, who may, and what is refused."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.audit.models import AuditPayload
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, PortalError, Refused, Stale
from portal.plans import service as verbs
from portal.plans.rules.workflow import ActionStatus, PlanState
from tests.integration.plans.plan_support import NOON, SOUND, actions_of, audited, make_ready, plan_of


def test_a_drafted_plan_holds_an_action_for_each_weak_item_lowest_first(world: Any) -> None:
    with clock.at(NOON):
        plan_id = world.draft()
    first, second = actions_of(plan_id)

    assert plan_of(plan_id).title == "Action plan from Self-assessment, IPS-25"
    assert (first.item_key, first.current_rating, first.target_rating) == ("disclosure", 1, 2)
    assert (second.item_key, second.current_rating, second.target_rating) == ("caseload", 3, 4)
    assert (first.due, second.due) == (date(2027, 2, 22), date(2027, 5, 22))
    assert second.what == second.suggested_step == "Bring caseloads down to 20"


def test_drafting_twice_from_one_assessment_gives_one_plan_and_one_audit_row(world: Any) -> None:
    origin = verbs.Origin("assessment", uuid.uuid4(), "Self-assessment")
    before = audited()
    first = verbs.draft_plan(PORTAL, world.service_id, origin, ())
    second = verbs.draft_plan(PORTAL, world.service_id, origin, ())

    assert first == second
    assert audited() == before + 1


@pytest.mark.parametrize(
    "who, may",
    [
        ("manager", True),
        ("staff", True),
        ("eism", True),
        ("lead", False),
        ("commissioner", False),
        ("stranger", False),
    ],
)
def test_only_those_who_work_on_the_service_start_and_edit_plans(world: Any, who: str, may: bool) -> None:
    actor = getattr(world, who)
    plan_id = world.draft()
    action = actions_of(plan_id)[0]
    calls = (
        lambda: verbs.start_plan(actor, world.service_id, "Our own plan"),
        lambda: verbs.add_action(actor, plan_id, SOUND),
        lambda: verbs.edit_action(actor, action.id, {"owner": who}, action.version),
        lambda: verbs.move_action(actor, action.id, 1),
    )
    for call in calls:
        if may:
            call()
        else:
            with pytest.raises((Forbidden, NotFound)):
                call()
    assert len(actions_of(plan_id)) == (3 if may else 2)


@pytest.mark.parametrize(
    "who, may", [("manager", True), ("eism", True), ("staff", False), ("commissioner", False)]
)
def test_the_manager_or_the_eism_agrees_and_no_other(world: Any, who: str, may: bool) -> None:
    plan_id = world.draft()
    make_ready(world, plan_id)
    if may:
        verbs.agree_plan(getattr(world, who), plan_id, 1)
    else:
        with pytest.raises(Forbidden):
            verbs.agree_plan(getattr(world, who), plan_id, 1)
    assert (plan_of(plan_id).state is PlanState.AGREED) is may


def test_a_stranger_does_not_learn_that_a_plan_exists(world: Any) -> None:
    with pytest.raises(NotFound):
        verbs.agree_plan(world.stranger, world.draft(), 1)


def test_a_plan_is_agreed_only_when_every_live_action_has_owner_and_day(world: Any) -> None:
    plan_id = world.draft()
    with pytest.raises(Refused, match=r"“13\. Disclosure” needs an owner"):
        verbs.agree_plan(world.manager, plan_id, 1)

    first, second = actions_of(plan_id)
    verbs.edit_action(world.staff, first.id, {"owner": "Ann"}, first.version)
    verbs.set_status(world.staff, second.id, ActionStatus.DROPPED, second.version)
    verbs.agree_plan(world.manager, plan_id, 1)
    assert plan_of(plan_id).agreed_by == world.manager.person_id


def test_a_plan_without_an_action_cannot_be_agreed(world: Any) -> None:
    plan_id = verbs.start_plan(world.staff, world.service_id, "Our own plan")

    with pytest.raises(Refused, match="without an action"):
        verbs.agree_plan(world.manager, plan_id, 1)


def test_a_stale_save_is_refused_with_what_stands_and_writes_nothing(world: Any) -> None:
    action = actions_of(world.draft())[0]
    verbs.edit_action(world.manager, action.id, {"owner": "Ann"}, 1)
    before = audited()

    with pytest.raises(Stale) as stale:
        verbs.edit_action(world.staff, action.id, {"owner": "Bob"}, 1)
    assert (stale.value.current["owner"], stale.value.version) == ("Ann", 2)
    assert audited() == before
    assert actions_of(action.plan_id)[0].owner == "Ann"


def test_saving_the_same_again_changes_nothing_and_writes_no_audit_row(world: Any) -> None:
    action = actions_of(world.draft())[0]
    before = audited()

    assert not verbs.edit_action(world.staff, action.id, {"what": action.what}, 1)
    assert audited() == before
    assert actions_of(action.plan_id)[0].version == 1


def test_an_edit_writes_one_audit_row_with_before_and_after(world: Any) -> None:
    action = actions_of(world.draft())[0]
    before = audited()
    verbs.edit_action(world.staff, action.id, {"due": date(2027, 3, 1)}, 1)
    payload = (
        db.session.scalars(select(AuditPayload).order_by(AuditPayload.number.desc()).limit(1)).one().body
    )

    assert audited() == before + 1
    assert payload is not None
    assert payload["after"] == {"due": "2027-03-01"}


def test_what_cannot_be_saved_is_refused_by_field(world: Any) -> None:
    plan_id = world.draft()
    action = actions_of(plan_id)[0]
    with pytest.raises(Invalid) as refused:
        verbs.edit_action(world.staff, action.id, {"what": "", "target_rating": 1}, 1)
    assert set(refused.value.problems) == {"what", "target_rating"}
    with pytest.raises(Invalid):
        verbs.add_action(world.staff, plan_id, {**SOUND, "item_title": ""})
    with pytest.raises(Invalid):
        verbs.start_plan(world.staff, world.service_id, "")


def test_what_is_not_there_is_said_not_to_be(world: Any) -> None:
    calls = (
        lambda: verbs.agree_plan(world.manager, uuid.uuid4(), 1),
        lambda: verbs.edit_action(world.manager, uuid.uuid4(), {"owner": "x"}, 1),
        lambda: verbs.start_plan(world.manager, uuid.uuid4(), "Plan"),
    )
    for call in calls:
        with pytest.raises(PortalError) as refused:
            call()
        assert isinstance(refused.value, NotFound)
