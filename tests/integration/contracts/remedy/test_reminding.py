"""The supplier is told of what is due and late, once a week for each plan."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from flask import Flask

from portal.contracts.remedy import service as remedy
from portal.contracts.remedy.service.reminding import do_daily, remind
from portal.core import clock
from portal.core.db import db
from portal.core.jobs.models import Mail
from tests.support.contract_world import NOW, World, plan_of
from tests.support.racing import race

DUE = date(2026, 12, 15)


def on(day: date, *, times: int = 1) -> list[int]:
    """How many mails the job writes on a day, each time it runs."""
    with clock.at(NOW.replace(year=day.year, month=day.month, day=day.day)):
        return [remind() for _ in range(times)]


@pytest.fixture
def asked(world: World) -> World:
    world.figure("1", Fraction(85, 100))
    remedy.ask(world.buyer, world.target(), 0, "Why", DUE)
    return world


@pytest.mark.parametrize("days, mails", [(-8, 0), (-7, 1), (0, 1), (30, 1)])
def test_a_plan_is_told_of_from_a_week_before_its_day(asked: World, days: int, mails: int) -> None:
    assert on(DUE + timedelta(days=days)) == [mails]


def test_the_mail_says_what_is_due_and_goes_to_the_suppliers_lead_manager(asked: World) -> None:
    asked.drafted(asked.target(), DUE, DUE + timedelta(days=30), version=1)
    remedy.submit(asked.lead, asked.target(), 2)
    assert on(DUE, times=2) == [1, 0]
    mail = db.session.query(Mail).one()
    assert mail.recipient == "lead@example.com"
    assert "Indicator 1, 2025-Q1, April to June 2025" in mail.text
    assert "Task 1: 15 December 2026" in mail.text
    assert "Task 2" not in mail.text  # not yet
    assert "The plan is wanted" not in mail.text  # it is in


def test_a_plan_is_told_of_again_after_a_week_and_not_when_nothing_is_left(asked: World) -> None:
    asked.drafted(asked.target(), DUE, version=1)
    remedy.submit(asked.lead, asked.target(), 2)
    assert [on(DUE + timedelta(days=days))[0] for days in (0, 6, 7)] == [1, 0, 1]
    asked.done(plan_of(asked.target()), 1)
    do_daily({})
    assert on(DUE + timedelta(days=60)) == [0]


def test_a_plan_not_asked_for_is_never_told_of(world: World) -> None:
    world.figure("1", Fraction(85, 100))
    remedy.leave(world.buyer, world.target(), 0, "A post is being filled")
    assert on(DUE) == [0]


def test_of_two_workers_one_tells(app: Flask, asked: World) -> None:
    def run() -> int:
        with clock.at(NOW.replace(month=12, day=15)):
            return remind()

    assert sorted(race(app, run, run), key=str) == [0, 1]
