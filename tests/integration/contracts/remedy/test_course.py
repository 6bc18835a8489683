"""The way of a remedial plan, from what a figure asks for to its closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask

from portal.accounts.rules.actors import Actor
from portal.contracts.remedy import service as remedy
from portal.contracts.remedy.models import RemedialStep
from portal.contracts.remedy.queries import plans_of, standing_of, standings, waiting
from portal.contracts.remedy.rules.workflow import RemedyMove, RemedyState, Side
from portal.contracts.remedy.service import Target
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, PortalError, Refused, Stale
from portal.plans import service as plans
from portal.plans.models import Action, Plan
from portal.plans.rules.workflow import ActionStatus, PlanState
from tests.support.contract_world import KEY, NOW, QUARTER, World, plan_of, row_of, task
from tests.support.racing import race

INADEQUATE, WEAK, FINE = Fraction(66, 100), Fraction(85, 100), Fraction(99, 100)
DUE = date(2026, 12, 15)


def test_an_inadequate_critical_indicator_requires_a_plan(world: World) -> None:
    world.figure("1", INADEQUATE)
    found = standing_of(world.contract, QUARTER, "1")
    assert found is not None
    assert (found.state, found.side, found.section) == (RemedyState.REQUIRED, Side.SUPPLIER, "12.2")
    with pytest.raises(Refused, match="cannot ask for"):
        remedy.ask(world.buyer, world.target(), 0, "Why", None)


def test_where_improvement_is_required_the_buyer_may_ask_and_it_stands_who_and_when(world: World) -> None:
    world.figure("1", WEAK)
    target = world.target()
    with pytest.raises(Refused, match="cannot start"):
        remedy.start(world.lead, target, 0)
    remedy.leave(world.buyer, target, 0, "A post is being filled")
    assert row_of(target).state is RemedyState.NOT_ASKED
    remedy.ask(world.second_buyer, target, 1, "It is vacant still", date(2026, 12, 1))
    row = row_of(target)
    assert (row.state, row.required, row.retains, row.wanted_by) == (
        RemedyState.ASKED, False, True, date(2026, 12, 1),
    )  # fmt: skip
    steps = plans_of(KEY, QUARTER)[0].steps
    assert [(step.row.move, step.row.by, step.row.reason) for step in steps] == [
        (RemedyMove.LEAVE, world.buyer.person_id, "A post is being filled"),
        (RemedyMove.ASK, world.second_buyer.person_id, "It is vacant still"),
    ]
    assert {step.at for step in steps} == {NOW}
    remedy.start(world.lead, target, 2)
    assert plan_of(target).keeper == "contract"


def test_social_value_below_three_quarters_requires_a_plan_that_retains_nothing(world: World) -> None:
    world.figure("SV", Fraction(74, 100))
    found = standing_of(world.contract, QUARTER, "SV")
    assert found is not None
    assert (found.state, found.section) == (RemedyState.REQUIRED, "13.6")
    world.started(world.target("SV"))
    assert row_of(world.target("SV")).retains is False


@pytest.mark.parametrize("number, value", [("1", FINE), ("2", Fraction(0)), ("SV", Fraction(3, 4))])
def test_elsewhere_no_plan_can_be_asked_for(world: World, number: str, value: Fraction) -> None:
    world.figure(number, value)
    assert standing_of(world.contract, QUARTER, number) is None
    for verb in (
        lambda: remedy.start(world.lead, world.target(number), 0),
        lambda: remedy.ask(world.buyer, world.target(number), 0, "Why", None),
    ):
        with pytest.raises(NotFound):
            verb()


def test_the_whole_way_to_the_closing(world: World) -> None:
    world.figure("1", INADEQUATE)
    target = world.target()
    plan = world.drafted(target, DUE, DUE)
    remedy.submit(world.lead, target, 1)
    assert plan_of(target).state is PlanState.SUBMITTED
    remedy.send_back(world.buyer, target, 2, "Say who interviews")
    assert (row_of(target).state, plan_of(target).state) == (RemedyState.RETURNED, PlanState.DRAFT)
    plans.add_action(world.lead, plan.id, task("Interviews", DUE))
    remedy.submit(world.lead, target, 3)
    remedy.agree(world.buyer, target, 4)
    with pytest.raises(Refused, match="still has actions to do"):
        remedy.close(world.buyer, target, 5, "Back at target")
    world.done(plan, 3)
    remedy.close(world.buyer, target, 5, "Back at target since July")
    row = row_of(target)
    assert (row.state, row.version, row.closed_at) == (RemedyState.CLOSED, 6, NOW)
    moves = [step.row.move.value for step in plans_of(KEY)[0].steps]
    assert moves == ["start", "submit", "return", "submit", "agree", "close"]
    assert QUARTER not in {line.quarter for line in waiting(world.contract)}


def test_a_submitted_plan_stays_as_it_was_sent_while_work_on_it_goes_on(world: World) -> None:
    world.figure("1", INADEQUATE)
    plan = world.submitted(world.target(), DUE)
    action = db.session.query(Action).filter_by(plan_id=plan.id).one()
    with pytest.raises(Refused):
        plans.edit_action(world.lead, action.id, {"what": "Less"}, action.version)
    with pytest.raises(Refused):
        plans.add_action(world.lead, plan.id, task("Another", DUE))
    with pytest.raises(Refused, match="what was sent stands"):
        remedy.set_closing(world.lead, world.target(), plan_of(world.target()).version, None, "Less")
    assert plans.edit_action(world.lead, action.id, {"status": ActionStatus.DONE}, action.version)


def test_a_plan_is_submitted_whole(world: World) -> None:
    world.figure("1", INADEQUATE)
    target = world.target()
    plan = world.started(target)
    with pytest.raises(Refused, match="a day of review and what must hold"):
        remedy.submit(world.lead, target, 1)
    remedy.set_closing(world.lead, target, plan.version, date(2027, 1, 5), "Back at target")
    with pytest.raises(Refused, match="without an action"):
        remedy.submit(world.lead, target, 1)
    plans.add_action(world.lead, plan.id, task("No day", None))
    with pytest.raises(Refused, match="“No day” needs a due date"):
        remedy.submit(world.lead, target, 1)
    assert row_of(target).state is RemedyState.DRAFT


def test_reasons_are_asked_for_where_the_table_says_so(world: World) -> None:
    world.figure("1", WEAK)
    with pytest.raises(Invalid) as wrong:
        remedy.ask(world.buyer, world.target(), 0, "  ", None)
    assert "reason" in wrong.value.problems
    with pytest.raises(Invalid) as wrong:
        remedy.ask(world.buyer, world.target(), 0, "x" * 4001, None)
    with pytest.raises(Invalid) as wrong:
        remedy.ask(world.buyer, world.target(), 0, "Why", date(2026, 11, 21))
    assert "wanted_by" in wrong.value.problems
    remedy.ask(world.buyer, world.target(), 0, "Why", date(2026, 11, 22))


Verb = Callable[[Actor, Target], object]
SUPPLIERS: dict[str, Verb] = {
    "start": lambda actor, target: remedy.start(actor, target, 0),
    "submit": lambda actor, target: remedy.submit(actor, target, 0),
    "closing": lambda actor, target: remedy.set_closing(actor, target, 0, None, ""),
}
BUYERS: dict[str, Verb] = {
    "ask": lambda actor, target: remedy.ask(actor, target, 0, "Why", None),
    "leave": lambda actor, target: remedy.leave(actor, target, 0, "Why"),
    "agree": lambda actor, target: remedy.agree(actor, target, 0),
    "return": lambda actor, target: remedy.send_back(actor, target, 0, "Why"),
    "close": lambda actor, target: remedy.close(actor, target, 0, "Why"),
}


@pytest.mark.parametrize("verb", [*SUPPLIERS, *BUYERS])
def test_only_the_side_whose_move_it_is_may_make_it(world: World, verb: str) -> None:
    world.figure("1", WEAK)
    run = {**SUPPLIERS, **BUYERS}[verb]
    others = ("buyer", "reader") if verb in SUPPLIERS else ("lead", "reader")
    for name in others:
        with pytest.raises(Forbidden):
            run(getattr(world, name), world.target())
    for name in ("stranger", "other_buyer"):
        with pytest.raises(NotFound):
            run(getattr(world, name), world.target())


def test_the_tasks_are_the_suppliers_and_nobody_elses(world: World) -> None:
    world.figure("1", INADEQUATE)
    plan = world.drafted(world.target(), DUE)
    for name, error in (("buyer", Forbidden), ("reader", Forbidden), ("stranger", NotFound)):
        with pytest.raises(error):
            plans.add_action(getattr(world, name), plan.id, task("Not mine", DUE))


def test_a_plan_of_a_contract_is_no_plan_of_a_service(world: World) -> None:
    world.figure("1", INADEQUATE)
    plan = world.started(world.target())
    assert db.session.get_one(Plan, plan.id).service_id is None


def test_nothing_is_asked_for_before_the_quarter_is_over(world: World) -> None:
    world.figure("1", INADEQUATE)
    with clock.at(NOW.replace(year=2025, month=6, day=30)):
        assert standing_of(world.contract, QUARTER, "1") is None
    with clock.at(NOW.replace(year=2025, month=7, day=1)):
        assert standing_of(world.contract, QUARTER, "1") is not None


def test_what_was_decided_stays_on_the_list_when_the_figure_changes(world: World) -> None:
    world.figure("1", INADEQUATE)
    world.started(world.target())
    world.figure("1", FINE, version=1)
    mine = [line for line in standings(world.contract) if line.quarter == QUARTER]
    assert [(line.number, line.state) for line in mine] == [("1", RemedyState.DRAFT)]


def test_a_plan_is_late_after_its_day_and_after_a_tasks_day(world: World) -> None:
    world.figure("1", WEAK)
    remedy.ask(world.buyer, world.target(), 0, "Why", date(2026, 11, 22))

    def late(day: int) -> bool:
        with clock.at(NOW.replace(day=day)):
            found = standing_of(world.contract, QUARTER, "1")
        assert found is not None
        return found.late

    assert [late(22), late(23)] == [False, True]
    world.drafted(world.target(), date(2026, 11, 25), version=1)
    remedy.submit(world.lead, world.target(), 2)
    assert [late(23), late(25), late(26)] == [False, False, True]


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(app: Flask, world: World) -> None:
    world.figure("1", INADEQUATE)
    world.submitted(world.target(), DUE)
    with clock.at(NOW):
        ends = race(
            app,
            lambda: remedy.agree(world.buyer, world.target(), 2),
            lambda: remedy.send_back(world.second_buyer, world.target(), 2, "Too slow"),
        )
    assert sum(end is None for end in ends) == 1
    assert sum(isinstance(end, Stale) for end in ends) == 1
    assert row_of(world.target()).version == 3


def test_of_two_who_ask_first_at_once_one_wins_and_the_other_is_told(app: Flask, world: World) -> None:
    world.figure("1", WEAK)
    ends = race(
        app,
        lambda: remedy.ask(world.buyer, world.target(), 0, "One", None),
        lambda: remedy.leave(world.second_buyer, world.target(), 0, "Two"),
    )
    assert sorted(type(end) for end in ends if isinstance(end, PortalError)) == [Stale]
    assert db.session.query(RemedialStep).count() == 1
