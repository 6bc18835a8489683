"""The verbs of plans: what each does, who may, and what is refused."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, PortalError, Refused, Stale
from portal.plans import service as verbs
from portal.plans.models import Action, Plan
from portal.plans.queries import due_counts, open_actions, overdue, plan_view, plans_of_service
from portal.plans.rules.workflow import ActionStatus, PlanState

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOUND: dict[str, Any] = {
    "item_title": "Own matter", "what": "Meet the team", "measure": "", "owner": "Team leader", "support": "",
    "due": date(2027, 1, 1), "target_rating": None,
}  # fmt: skip


def actions_of(plan_id: uuid.UUID) -> list[Action]:
    db.session.expire_all()
    return list(db.session.scalars(select(Action).where(Action.plan_id == plan_id).order_by(Action.position)))


def plan_of(plan_id: uuid.UUID) -> Plan:
    db.session.expire_all()
    return db.session.get_one(Plan, plan_id)


def audited() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditRow)) or 0


def make_ready(world: Any, plan_id: uuid.UUID) -> None:
    for action in actions_of(plan_id):
        verbs.edit_action(world.staff, action.id, {"owner": "Team leader"}, action.version)


def agreed(world: Any) -> uuid.UUID:
    plan_id: uuid.UUID = world.draft()
    make_ready(world, plan_id)
    verbs.agree_plan(world.manager, plan_id, plan_of(plan_id).version)
    return plan_id


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


def test_in_an_agreed_plan_only_progress_is_kept_up(world: Any) -> None:
    plan_id = agreed(world)
    action = actions_of(plan_id)[0]
    refused = (
        lambda: verbs.edit_action(world.manager, action.id, {"what": "Less"}, action.version),
        lambda: verbs.edit_action(world.manager, action.id, {"due": date(2030, 1, 1)}, action.version),
        lambda: verbs.set_status(world.manager, action.id, ActionStatus.DROPPED, action.version),
        lambda: verbs.add_action(world.manager, plan_id, SOUND),
        lambda: verbs.move_action(world.manager, action.id, 1),
        lambda: verbs.agree_plan(world.manager, plan_id, plan_of(plan_id).version),
    )
    for call in refused:
        with pytest.raises(Refused):
            call()
    verbs.edit_action(world.staff, action.id, {"owner": "Bea", "evidence": "Seen"}, action.version)
    assert actions_of(plan_id)[0].owner == "Bea"


def test_a_dropped_action_comes_back_only_in_a_draft(world: Any) -> None:
    plan_id = world.draft()
    make_ready(world, plan_id)
    dropped = actions_of(plan_id)[0]
    verbs.set_status(world.staff, dropped.id, ActionStatus.DROPPED, dropped.version)
    verbs.agree_plan(world.manager, plan_id, 1)
    with pytest.raises(Refused):
        verbs.set_status(world.staff, dropped.id, ActionStatus.OPEN, actions_of(plan_id)[0].version)

    verbs.reopen_plan(world.manager, plan_id, 2)
    verbs.set_status(world.staff, dropped.id, ActionStatus.OPEN, actions_of(plan_id)[0].version)
    assert actions_of(plan_id)[0].status is ActionStatus.OPEN


def test_a_plan_is_closed_when_nothing_is_left_to_do_and_can_be_reopened(world: Any) -> None:
    plan_id = agreed(world)
    with pytest.raises(Refused, match="still has actions"):
        verbs.close_plan(world.manager, plan_id, 2)
    with clock.at(NOON):
        for action in actions_of(plan_id):
            verbs.set_status(world.staff, action.id, ActionStatus.DONE, action.version)
    verbs.close_plan(world.manager, plan_id, 2)

    assert plan_of(plan_id).state is PlanState.CLOSED
    assert {action.done_on for action in actions_of(plan_id)} == {date(2026, 11, 22)}
    with pytest.raises(Refused):
        verbs.edit_action(
            world.staff, actions_of(plan_id)[0].id, {"owner": "X"}, actions_of(plan_id)[0].version
        )
    verbs.reopen_plan(world.manager, plan_id, 3)
    assert (plan_of(plan_id).state, plan_of(plan_id).closed_at) == (PlanState.DRAFT, None)


def test_a_move_from_a_version_that_somebody_else_changed_is_refused(world: Any) -> None:
    plan_id = agreed(world)

    with pytest.raises(Stale):
        verbs.reopen_plan(world.manager, plan_id, 1)


@pytest.mark.parametrize("places, order", [(-1, "ab"), (1, "ba"), (5, "ba"), (-5, "ab")])
def test_an_action_moves_by_places_and_stops_at_the_ends(world: Any, places: int, order: str) -> None:
    plan_id = world.draft()
    names = dict(zip((action.id for action in actions_of(plan_id)), "ab", strict=True))
    first = actions_of(plan_id)[0]
    verbs.move_action(world.staff, first.id, places)

    assert "".join(names[action.id] for action in actions_of(plan_id)) == order
    assert [action.position for action in actions_of(plan_id)] == [1, 2]


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


@pytest.mark.parametrize(
    "due, late, soon",
    [
        (date(2026, 11, 21), 1, 0),
        (date(2026, 11, 22), 0, 1),
        (date(2026, 11, 23), 0, 1),
        (date(2026, 12, 21), 0, 1),
        (date(2026, 12, 22), 0, 1),
        (date(2026, 12, 23), 0, 0),
    ],
)
def test_late_and_due_soon_are_counted_to_the_day(world: Any, due: date, late: int, soon: int) -> None:
    plan_id = verbs.start_plan(world.staff, world.service_id, "Plan")
    action_id = verbs.add_action(world.staff, plan_id, {**SOUND, "due": due})
    with clock.at(NOON):
        counts = due_counts([world.service_id], clock.today())
        found = counts.get(world.service_id)
        assert (found.overdue if found else 0, found.soon if found else 0) == (late, soon)
        assert len(overdue(world.manager)) == late
        assert overdue(world.stranger) == ()
        view = plan_view(plan_id)
        assert view is not None
        assert view.overdue == late

        verbs.set_status(world.staff, action_id, ActionStatus.DONE, 1)
        assert due_counts([world.service_id], clock.today()) == {}
        assert overdue(world.manager) == ()


def test_a_service_lists_its_plans_newest_first_and_its_open_actions_by_day(world: Any) -> None:
    older = world.draft()
    with clock.at(clock.now() + timedelta(days=1)):
        newer = verbs.start_plan(world.staff, world.service_id, "Newer")
    verbs.add_action(world.staff, newer, {**SOUND, "due": None})
    for action in actions_of(older):
        verbs.edit_action(world.staff, action.id, {"due": date(2027, 2, action.position)}, 1)
    verbs.add_action(world.staff, newer, {**SOUND, "due": date(2026, 12, 1)})
    plans = plans_of_service(world.service_id)

    assert [view.plan.id for view in plans] == [newer, older]
    assert [line.row.due for line in open_actions(world.service_id)] == [
        date(2026, 12, 1), date(2027, 2, 1), date(2027, 2, 2), None,
    ]  # fmt: skip
