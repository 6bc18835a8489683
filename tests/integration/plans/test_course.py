"""A plan’s course after it is agreed, its order, and what is read of it: late, due soon, by service."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.errors import Refused, Stale
from portal.plans import service as verbs
from portal.plans.queries import due_counts, open_actions, overdue, plan_view, plans_of_service
from portal.plans.rules.workflow import ActionStatus, PlanState
from tests.integration.plans.plan_support import NOON, SOUND, actions_of, agreed, make_ready, plan_of


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
