"""The plan of a quarter, its baseline, and what the indicator is counted from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.exc import DatabaseError

from portal.accounts.rules.actors import Actor
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.rules.quarters import Quarter
from portal.events.models import EventBaseline, EventMove
from portal.events.queries import counted_events, events_rate
from portal.events.rules.counting import Outcome
from portal.events.rules.kinds import EventKind
from portal.events.service.arranging import cancel_event, hold_event, move_event
from portal.events.service.planning import add_line, do_daily, fix_plan, remove_line
from tests.support.arranging import SUPPLIER, event, on, published
from tests.support.assessing import actor, id_of
from tests.support.statements import recorded

Q1, Q2 = Quarter(2027, 1), Quarter(2027, 2)  # April to June, July to September 2027


def at(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False)


def line(title: str, month: date = Q1.first, quarter: Quarter = Q1, who: Actor | None = None) -> UUID:
    return add_line(who or actor("lead"), id_of(SUPPLIER), quarter, EventKind.TRAINING, title, month)


def test_the_portal_fixes_the_plan_on_the_quarters_first_day(app: Flask) -> None:
    with at(date(2027, 3, 31)):
        line("One")
        line("Two", date(2027, 6, 30))
        do_daily({})
        assert events_rate(id_of(SUPPLIER), Q1).value is None
        with pytest.raises(Refused, match="not before"):
            fix_plan(actor("lead"), id_of(SUPPLIER), Q1)
    with at(Q1.first):
        for _ in range(2):
            do_daily({})
        rate = events_rate(id_of(SUPPLIER), Q1)
        assert (rate.numerator, rate.denominator) == (0, 2)
        with pytest.raises(Refused, match="fixed when the quarter opened"):
            line("Three")


def test_a_plan_made_late_is_fixed_by_hand_and_never_by_itself(app: Flask) -> None:
    with at(date(2027, 4, 2)):
        line("One")
        do_daily({})
        assert events_rate(id_of(SUPPLIER), Q1).value is None
        assert fix_plan(actor("eism"), id_of(SUPPLIER), Q1) == 1
        assert events_rate(id_of(SUPPLIER), Q1).denominator == 1
    with at(date(2027, 7, 1)), pytest.raises(Refused, match="over"):
        line("Late", date(2027, 4, 1), Quarter(2026, 4))


def test_what_became_of_each_planned_event(app: Flask) -> None:
    with at(date(2027, 3, 1)):
        lines = [line(title) for title in ("Held", "Cancelled", "Moved on", "Left out")]
        made = [
            published(when=on(date(2027, 5, 10 + n)), title=f"E{n}", plan_line_id=lines[n]) for n in range(3)
        ]
        beyond = published(when=on(date(2027, 6, 1)), title="Beyond")
        move_event(actor("eism"), made[2], on(date(2027, 7, 5)), "The venue is shut", 2)
        cancel_event(actor("eism"), made[1], "Nobody booked", 2)
    with at(Q1.first):
        do_daily({})
    with at(date(2027, 7, 6)):
        hold_event(actor("eism"), made[0], 2)
        hold_event(actor("eism"), made[2], 3)
        hold_event(actor("eism"), beyond, 2)
        found = {one.title: one.outcome for one in counted_events(id_of(SUPPLIER), Q1)}
        assert found == {
            "E0": Outcome.HELD,
            "E1": Outcome.CANCELLED,
            "E2": Outcome.HELD_ELSEWHEN,
            "Left out": Outcome.UNARRANGED,
            "Beyond": Outcome.ADDED,
        }
        assert events_rate(id_of(SUPPLIER), Q1).value == Fraction(2, 4)
        assert [one.outcome for one in counted_events(id_of(SUPPLIER), Q2)] == [Outcome.ADDED]
        assert events_rate(id_of(SUPPLIER), Q2).value is None, "no plan is no target"
        assert counted_events(id_of("alder"), Q1) == []


@pytest.mark.parametrize(
    "day, here",
    [(date(2027, 3, 31), 0), (date(2027, 4, 1), 1), (date(2027, 6, 30), 1), (date(2027, 7, 1), 0)],
)
def test_an_event_counts_in_the_quarter_of_its_uk_day(app: Flask, day: date, here: int) -> None:
    with at(date(2027, 3, 1)):
        event_id = published(when=on(day))
    with time_machine.travel(event(event_id).ends_at, tick=False):
        hold_event(actor("eism"), event_id, 2)
    assert events_rate(id_of(SUPPLIER), Q1).numerator == here


def test_what_a_plan_takes(app: Flask) -> None:
    with at(date(2027, 3, 1)):
        first = line("One")
        with pytest.raises(Invalid, match="month of this quarter"):
            line("Two", date(2027, 7, 1))
        with pytest.raises(Invalid, match="Enter what is planned"):
            line("")
        with pytest.raises(Forbidden):
            line("Three", who=actor("manager"))
        published(when=on(date(2027, 5, 10)), plan_line_id=first)
        with pytest.raises(Refused, match="delivers this one"):
            remove_line(actor("lead"), id_of(SUPPLIER), first)
        remove_line(actor("lead"), id_of(SUPPLIER), line("Four"))


def test_a_plan_of_nothing_is_not_fixed(app: Flask) -> None:
    with at(date(2027, 6, 1)):
        remove_line(actor("lead"), id_of(SUPPLIER), line("Five", Q2.first, Q2))
    with at(Q2.first):
        do_daily({})
        with pytest.raises(Refused, match="Add the planned events"):
            fix_plan(actor("lead"), id_of(SUPPLIER), Q2)


def test_baselines_and_old_dates_never_change(app: Flask) -> None:
    with at(date(2027, 3, 1)):
        line("One")
        event_id = published(when=on(date(2027, 5, 10)))
        move_event(actor("eism"), event_id, on(date(2027, 5, 11)), "The venue", 2)
    with at(Q1.first):
        do_daily({})
    for statement in (
        update(EventBaseline).values(planned=9),
        update(EventBaseline).values(lines="[]"),
        text("DELETE FROM event_baselines"),
        update(EventMove).values(old_starts_at=datetime(2020, 1, 1, tzinfo=UTC)),
        text("DELETE FROM event_moves"),
    ):
        with pytest.raises(DatabaseError), operational() as session:
            session.execute(statement)
        db.session.rollback()


def test_counting_costs_as_much_with_a_hundred_events(app: Flask) -> None:
    with at(date(2027, 3, 1)):
        line("One")
        with recorded(app) as few:
            counted_events(id_of(SUPPLIER), Q1)
        for number in range(5):
            published(when=on(date(2027, 5, 1 + number)))
        with recorded(app) as more:
            counted_events(id_of(SUPPLIER), Q1)
    assert len(few) == len(more) <= 3, more
