"""What the buyer enters, retains, releases and takes back: exact, in course, one at a time."""

from __future__ import annotations

import uuid
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.contracts.payments import service as payments
from portal.contracts.payments.models import PaymentEntry
from portal.contracts.payments.queries import course, ledger
from portal.contracts.payments.rules.ledger import Kind, QuarterLine
from portal.contracts.remedy.models import RemedialStep
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.rules.quarters import Quarter
from tests.support.contract_world import KEY, QUARTER, World, plan_of
from tests.support.racing import race

VALUE = 1_440_000_00  # as varied
AMOUNT, VAT, HELD = 143_125_50, 23_854_25, 7_156_28  # 5% of £143,125.50 is £7,156.275
LATER = QUARTER.plus(1)
IN_QUARTER = date(2026, 11, 30)
READ = Quarter(2026, 3)  # the tasks fall due in it


@pytest.fixture
def due(world: World) -> World:
    """The quarter's amount is entered."""
    payments.enter(world.buyer, KEY, QUARTER, AMOUNT, VAT, "Report of the quarter, invoice 7", 0)
    return world


@pytest.fixture
def held(due: World) -> World:
    """And 5% of it retained, with a plan of ten tasks."""
    due.figure("1", Fraction(66, 100))
    due.submitted(due.target(), *([IN_QUARTER] * 10))
    payments.retain(due.buyer, KEY, QUARTER, "Two posts are vacant", 1)
    return due


def line() -> QuarterLine:
    db.session.expire_all()
    found = ledger(KEY).line(QUARTER)
    assert found is not None
    return found


def test_a_quarters_amount_is_entered_with_its_vat_and_evidence(due: World) -> None:
    now = line()
    assert (now.due, now.vat, now.retained, now.payable) == (AMOUNT, VAT, 0, AMOUNT)
    book = ledger(KEY)
    assert (book.total, book.left, book.ceiling) == (AMOUNT, VALUE - AMOUNT, VALUE)
    entry = course(KEY)[0]
    assert (entry.row.reason, entry.by, entry.net) == (
        "Report of the quarter, invoice 7", "Buyer", AMOUNT - VAT,
    )  # fmt: skip


@pytest.mark.parametrize(
    "pence, vat, field",
    [(0, 0, "amount"), (-1, 0, "amount"), (10**11 + 1, 0, "amount"), (100, 101, "vat"), (100, -1, "vat")],
)
def test_no_sum_is_a_slip(world: World, pence: int, vat: int, field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        payments.enter(world.buyer, KEY, QUARTER, pence, vat, "Report", 0)
    assert field in wrong.value.problems


def test_no_entry_is_without_a_reason(world: World) -> None:
    for reason in (" ", "x" * 4001):
        with pytest.raises(Invalid) as wrong:
            payments.enter(world.buyer, KEY, QUARTER, 1, 0, reason, 0)
        assert "reason" in wrong.value.problems


def test_the_total_never_passes_the_contracts_value(due: World) -> None:
    left = ledger(KEY).left
    with pytest.raises(Refused, match="variation"):
        payments.enter(due.buyer, KEY, LATER, left + 1, 0, "Report", 0)
    payments.enter(due.buyer, KEY, LATER, left, 0, "Report", 0)
    assert ledger(KEY).left == 0


def test_without_a_submitted_plan_there_is_no_right_to_retain(due: World) -> None:
    due.figure("1", Fraction(66, 100))
    with pytest.raises(Refused, match="no right to retain"):
        payments.retain(due.buyer, KEY, QUARTER, "Vacant", 1)
    due.drafted(due.target(), IN_QUARTER)
    with pytest.raises(Refused, match="no right to retain"):
        payments.retain(due.buyer, KEY, QUARTER, "Vacant", 1)


def test_a_plan_for_social_value_gives_no_right_to_retain(due: World) -> None:
    due.figure("SV", Fraction(1, 2))
    due.submitted(due.target("SV"), IN_QUARTER)
    with pytest.raises(Refused, match="no right to retain"):
        payments.retain(due.buyer, KEY, QUARTER, "Vacant", 1)


def test_a_plan_of_another_quarter_gives_no_right_in_this_one(due: World) -> None:
    due.figure("1", Fraction(66, 100), LATER)
    due.submitted(due.target("1", LATER), IN_QUARTER)
    with pytest.raises(Refused, match="no right to retain"):
        payments.retain(due.buyer, KEY, QUARTER, "Vacant", 1)


def test_five_per_cent_is_retained_once_a_quarter(held: World) -> None:
    now = line()
    assert (now.retained, now.held, now.payable) == (HELD, HELD, AMOUNT - HELD)
    with pytest.raises(Refused, match="once a quarter"):
        payments.retain(held.buyer, KEY, QUARTER, "Again", 2)


def test_money_is_released_when_the_tasks_reach_approaching_target(held: World) -> None:
    plan = plan_of(held.target())
    held.done(plan, 8)
    with pytest.raises(Refused, match="8 of 10 are done, 80%"):
        payments.release(held.buyer, KEY, QUARTER, HELD, READ, "Better", 2)
    held.done(plan, 9)
    payments.release(held.buyer, KEY, QUARTER, 5_000_00, READ, "Nine tasks of ten are done", 2)
    assert line().held == HELD - 5_000_00
    with pytest.raises(Refused, match="at most what is held"):
        payments.release(held.buyer, KEY, QUARTER, HELD, READ, "The rest", 3)
    payments.release(held.buyer, KEY, QUARTER, HELD - 5_000_00, READ, "The rest", 3)
    now = line()
    assert (now.retained, now.released, now.held, now.payable) == (HELD, HELD, 0, AMOUNT)
    entry = course(KEY)[0].row
    assert (entry.read_quarter, entry.read_done, entry.read_tasks) == (READ.key, 9, 10)


def test_of_a_quarter_without_tasks_nothing_can_be_read(held: World) -> None:
    with pytest.raises(Refused, match="No task was due"):
        payments.release(held.buyer, KEY, QUARTER, 1, LATER, "Better", 2)


def test_a_mistake_is_taken_back_by_another_entry_and_both_stay(held: World) -> None:
    entered, retained = (one.row.id for one in reversed(course(KEY)))
    with pytest.raises(Refused, match="retention back first"):
        payments.take_back(held.buyer, KEY, entered, "Wrong amount", 2)
    payments.take_back(held.buyer, KEY, retained, "Retained too soon", 2)
    with pytest.raises(Refused, match="already"):
        payments.take_back(held.buyer, KEY, retained, "Again", 3)
    payments.take_back(held.buyer, KEY, entered, "Wrong amount", 3)
    now = line()
    assert (now.due, now.vat, now.retained, now.entries) == (0, 0, 0, 4)
    assert [one.reversed for one in course(KEY, QUARTER)] == [False, False, True, True]
    payments.enter(held.buyer, KEY, QUARTER, 100, 0, "The right amount", 4)
    assert ledger(KEY).total == 100


def test_an_entry_of_another_contract_is_not_found(held: World) -> None:
    entry = course(KEY)[0].row.id
    with pytest.raises(NotFound):
        payments.take_back(held.buyer, "ohid-ips-ad-2023", entry, "Why", 0)


def test_only_the_buyer_decides_and_strangers_see_no_contract(held: World) -> None:
    entry = course(KEY)[0].row.id
    for name, error in (
        ("lead", Forbidden), ("reader", Forbidden), ("stranger", NotFound), ("other_buyer", NotFound),
    ):  # fmt: skip
        actor = getattr(held, name)
        for run in (
            lambda who=actor: payments.enter(who, KEY, LATER, 1, 0, "Why", 0),
            lambda who=actor: payments.retain(who, KEY, QUARTER, "Why", 2),
            lambda who=actor: payments.release(who, KEY, QUARTER, 1, READ, "Why", 2),
            lambda who=actor: payments.take_back(who, KEY, entry, "Why", 2),
        ):
            with pytest.raises(error):
                run()
    assert len(course(KEY)) == 2


def test_whoever_saw_an_older_ledger_is_told(held: World) -> None:
    with pytest.raises(Stale) as late:
        payments.retain(held.second_buyer, KEY, QUARTER, "Vacant", 1)
    assert late.value.version == 2


def test_of_two_who_retain_at_once_one_wins_and_the_other_is_told(app: Flask, due: World) -> None:
    due.figure("1", Fraction(66, 100))
    due.submitted(due.target(), IN_QUARTER)
    ends = race(
        app,
        lambda: payments.retain(due.buyer, KEY, QUARTER, "One", 1),
        lambda: payments.retain(due.second_buyer, KEY, QUARTER, "Two", 1),
    )
    assert sum(isinstance(end, Stale) for end in ends) == 1
    assert line().retained == HELD


def test_two_amounts_at_once_never_pass_the_value_together(app: Flask, world: World) -> None:
    ceiling = ledger(KEY).ceiling
    ends = race(
        app,
        lambda: payments.enter(world.buyer, KEY, QUARTER, ceiling, 0, "One", 0),
        lambda: payments.enter(world.second_buyer, KEY, LATER, ceiling, 0, "Two", 0),
    )
    assert sum(isinstance(end, Stale | Refused) for end in ends) == 1
    assert ledger(KEY).total == ceiling


@pytest.mark.parametrize("table", [PaymentEntry, RemedialStep])
def test_the_database_itself_refuses_to_change_an_entry_or_a_step(held: World, table: type) -> None:
    column = "pence" if table is PaymentEntry else "number"
    for statement in (update(table).values({column: 77}), delete(table)):
        with pytest.raises(DBAPIError, match="never changes"), operational() as database:
            database.execute(statement)
    db.session.rollback()


@pytest.mark.parametrize(
    "wrong, constraint",
    [
        ({"pence": -5}, "sign"),
        ({"pence": 0}, "sign"),
        ({"vat_pence": 6}, "vat_within"),
        ({"kind": Kind.RETAINED, "vat_pence": 1}, "vat_of_what_is_due"),
        ({"kind": Kind.RELEASED}, "release_has_reading"),
        ({"reason": ""}, "has_reason"),
    ],
)
def test_the_database_itself_refuses_an_entry_without_sense(
    world: World, wrong: dict[str, object], constraint: str
) -> None:
    sound = {"id": uuid.uuid4(), "contract_key": "another", "number": 1, "quarter": "2025-Q1"}
    sound |= {"kind": Kind.DUE, "pence": 5, "vat_pence": 1, "reason": "x", "at": clock.now()}
    with pytest.raises(IntegrityError, match=f"ck_payment_entries_{constraint}"), operational() as database:
        database.execute(insert(PaymentEntry).values(sound | wrong))
    with operational() as database:
        database.execute(insert(PaymentEntry).values(sound))
