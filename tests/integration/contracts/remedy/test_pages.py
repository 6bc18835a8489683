"""Remedial plans as supplier and buyer use them; the page client judges every page."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from flask import Flask

from portal.contracts.remedy import service as remedy
from portal.contracts.remedy.rules.workflow import RemedyState
from portal.core.db import db
from portal.plans import service as plans
from portal.plans.models import Action, Plan
from tests.support.contract_world import KEY, QUARTER, World, plan_of, row_of
from tests.support.page_client import PageClient

LIST = f"/contracts/{KEY}/plans"
PLAN = f"{LIST}/{QUARTER.key}/1"
DUE = date(2026, 12, 15)
TASK = {"item_title": "Vacant post", "what": "Fill it", "owner": "Lead manager"}


def as_(app: Flask, who: str) -> PageClient:
    client = PageClient(app)
    client.sign_in(f"{who}@example.com")
    return client


def test_a_required_plan_goes_its_whole_way(app: Flask, world: World) -> None:
    world.figure("1", Fraction(66, 100))
    supplier, buyer = as_(app, "lead"), as_(app, "buyer")
    assert "Required" in supplier.get(LIST).text
    supplier.get(PLAN)
    supplier.submit(f"{PLAN}/start")
    assert "it needs a task" in supplier.get(PLAN).text
    supplier.get(f"{PLAN}/tasks/new")
    assert "Enter what will be done" in supplier.submit("edit", expect=400).text
    supplier.submit("edit", fields={**TASK, "due": ["15", "12", "2026"]})
    supplier.get(f"{PLAN}/closing")
    assert "Enter what must hold" in supplier.submit("edit", expect=400).text
    fields = {"closes_when": "Back at target", "review_on": ["5", "1", "2027"]}
    supplier.submit("edit", fields=fields)
    assert "submitted" in supplier.submit(f"{PLAN}/submit").text
    buyer.get(f"{PLAN}/return")
    assert "Enter the reason" in buyer.submit("edit", expect=400).text
    buyer.submit("edit", fields={"reason": "Say who interviews"})
    assert "Say who interviews" in supplier.get(PLAN).text
    supplier.submit(f"{PLAN}/submit")
    buyer.get(PLAN)
    buyer.submit(f"{PLAN}/agree")
    task = task_of(plan_of(world.target()))
    supplier.get(f"{PLAN}/tasks/{task.id}")
    supplier.submit("edit", fields={"progress": "done", "evidence": "Started on 1 December"})
    assert "Back at target" in buyer.get(f"{PLAN}/close").text
    buyer.submit("edit", fields={"reason": "At target since October"})
    assert row_of(world.target()).state is RemedyState.CLOSED
    assert "At target since October" in as_(app, "reader").get(PLAN).text


def test_the_buyer_asks_with_a_day_or_records_why_not(app: Flask, world: World) -> None:
    world.figure("1", Fraction(85, 100))
    buyer = as_(app, "buyer")
    buyer.get(f"{PLAN}/leave")
    buyer.submit("edit", fields={"reason": "A post is being filled"})
    assert row_of(world.target()).state is RemedyState.NOT_ASKED
    buyer.get(f"{PLAN}/ask")
    buyer.submit("edit", fields={"reason": "Vacant still", "wanted_by": ["1", "12", "2027"]})
    assert "1 Dec 2027" in as_(app, "lead").get(LIST).text


def test_a_decision_over_another_shows_what_stands(app: Flask, world: World) -> None:
    world.figure("1", Fraction(66, 100))
    world.submitted(world.target(), DUE)
    buyer = as_(app, "buyer")
    buyer.get(f"{PLAN}/return")
    remedy.agree(world.second_buyer, world.target(), 2)
    page = buyer.submit("edit", fields={"reason": "Too slow"}, expect=409)
    assert "Somebody else was first" in page.text
    assert "Too slow" in page.text


def test_a_button_pressed_too_late_says_so(app: Flask, world: World) -> None:
    world.figure("1", Fraction(66, 100))
    world.submitted(world.target(), DUE)
    buyer = as_(app, "buyer")
    buyer.get(PLAN)
    remedy.agree(world.second_buyer, world.target(), 2)
    assert "the plan is now “Agreed”" in buyer.submit(f"{PLAN}/agree", expect=409).text


def task_of(plan: Plan) -> Action:
    """The plan's one task as it is in the database."""
    db.session.expire_all()
    return db.session.query(Action).filter_by(plan_id=plan.id).one()


def test_a_task_is_dropped_and_restored(app: Flask, world: World) -> None:
    world.figure("1", Fraction(66, 100))
    plan = world.drafted(world.target(), DUE)
    supplier = as_(app, "lead")
    address = f"{PLAN}/tasks/{(task := task_of(plan)).id}"
    supplier.get(PLAN)
    assert "You can restore it below" in supplier.submit(f"{address}/drop").text
    assert "back in the plan" in supplier.submit(f"{address}/restore").text
    supplier.get(address)
    task = task_of(plan)
    plans.edit_action(world.lead, task.id, {"what": "Something else"}, task.version)
    page = supplier.submit("edit", fields={"what": "Mine"}, expect=409)
    assert "Something else" in page.text
    assert "Mine" in page.text


def test_who_may_not_see_the_contract_sees_no_plan(app: Flask, world: World) -> None:
    world.figure("1", Fraction(66, 100))
    for name in ("stranger", "other_buyer"):
        as_(app, name).get(PLAN, expect=404)
        as_(app, name).get(LIST, expect=404)
    as_(app, "buyer").get(f"{LIST}/{QUARTER.key}/4", expect=404)
    as_(app, "buyer").get(f"{LIST}/2025-Q9/1", expect=404)
    as_(app, "buyer").get(f"{LIST}/{QUARTER.key}/1/tasks/new", expect=404)  # not begun
    as_(app, "reader").get(f"{PLAN}/ask", expect=403)


def test_a_plan_of_a_contract_has_no_page_among_the_services_plans(app: Flask, world: World) -> None:
    world.figure("1", Fraction(66, 100))
    plan = world.drafted(world.target(), DUE)
    for name in ("lead", "buyer"):
        as_(app, name).get(f"/plans/{plan.id}", expect=404)
