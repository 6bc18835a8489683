"""A hundred people ask for twenty places at one moment, on either engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.audit.service import verify
from portal.core.db import db
from portal.core.rules.quarters import quarter_of
from portal.events.models import Booking, Event, EventPlan, EventPlanLine
from portal.events.rules.booking import BookingState
from portal.events.rules.kinds import EventKind
from portal.events.service import booking as verbs
from portal.events.service.booking import book, give_back
from portal.events.service.planning import add_line
from tests.support.arranging import SUPPLIER, crowd, event, mails, published, queue
from tests.support.assessing import actor, id_of
from tests.support.racing import race

PEOPLE, PLACES = 100, 20
ROUNDS = 10


def asking(people: list[Actor], event_id: UUID) -> list[Callable[[], object]]:
    return [partial(book, one, event_id) for one in people]


def test_a_hundred_race_for_twenty_places(app: Flask) -> None:
    people, event_id = crowd(PEOPLE), published(capacity=PLACES)
    ends = race(app, *asking(people, event_id))
    assert [end for end in ends if not isinstance(end, BookingState)] == []
    assert ends.count(BookingState.BOOKED) == PLACES
    booked, waiting = queue(event_id, BookingState.BOOKED), queue(event_id, BookingState.WAITING)
    assert (len(booked), len(waiting)) == (PLACES, PEOPLE - PLACES)
    assert event(event_id).taken == PLACES
    rows = db.session.scalars(select(Booking).order_by(Booking.seq)).all()
    assert [row.seq for row in rows] == list(range(1, PEOPLE + 1)), "nobody shares a place in the queue"
    assert [row.person_id for row in rows] == booked + waiting, "whoever asked first has the place"
    asked = [row.asked_at for row in rows]
    assert asked == sorted(asked), "the queue stands in the order of asking"
    assert sum(subject.startswith("You have a place") for _, subject in mails()) == PLACES
    assert verify(db.session())[1] == []


def test_places_given_back_in_a_race_go_to_those_who_wait_first(app: Flask) -> None:
    people, event_id = crowd(60), published(capacity=PLACES)
    for one in people[:40]:
        book(one, event_id)
    waiting = queue(event_id, BookingState.WAITING)
    leaving = people[:10]
    runs: list[Callable[[], object]] = [partial(give_back, one, event_id) for one in leaving]
    ends = race(app, *runs, *asking(people[40:], event_id))
    assert [end for end in ends if isinstance(end, BaseException)] == []
    booked = queue(event_id, BookingState.BOOKED)
    assert set(booked) == {one.person_id for one in people[10:20]} | set(waiting[:10])
    assert queue(event_id, BookingState.WAITING)[:10] == waiting[10:]
    assert event(event_id).taken == len(booked) == PLACES


def test_one_person_asking_ten_times_at_once_has_one_booking(app: Flask) -> None:
    (person,), event_id = crowd(1), published(capacity=PLACES)
    ends = race(app, *asking([person] * 10, event_id))
    assert ends == [BookingState.BOOKED] * 10
    assert event(event_id).taken == 1


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_without_the_lock_the_race_goes_wrong_and_no_place_is_sold_twice_all_the_same(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the race above would show without its lock: people refused with an error, not put in the queue."""

    def unlocked(event_id: UUID) -> Event:
        found = db.session.get(Event, event_id, populate_existing=True)
        assert found is not None
        time.sleep(0.05)  # everybody reads before anybody writes
        return found

    monkeypatch.setattr(verbs, "locked", unlocked)
    people, event_id = crowd(12), published(capacity=1)
    ends = race(app, *asking(people, event_id))
    assert any(isinstance(end, IntegrityError) for end in ends), ends
    assert event(event_id).taken == 1
    assert len(queue(event_id, BookingState.BOOKED)) == 1


def test_two_who_plan_a_quarters_first_events_at_once_share_its_plan(app: Flask) -> None:
    lead, supplier = actor("lead"), id_of(SUPPLIER)
    quarter = quarter_of(clock.today()).plus(1)
    for turn in range(ROUNDS):
        asked = quarter.plus(turn)
        runs: list[Callable[[], object]] = [
            partial(add_line, lead, supplier, asked, EventKind.TRAINING, title, asked.first)
            for title in ("One", "Two")
        ]
        ends = race(app, *runs)
        assert [end for end in ends if isinstance(end, BaseException)] == []
        query = select(EventPlanLine.plan_id).where(EventPlanLine.id.in_(ends))
        plans = db.session.scalars(query).all()
        assert len(plans) == 2, "both lines stand"
        assert len(set(plans)) == 1, "in one plan"
        assert db.session.get_one(EventPlan, plans[0]).quarter == asked.key
    assert verify(db.session())[1] == []
