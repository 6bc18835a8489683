"""Places, the waiting list, and who is told what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Person
from portal.accounts.service.throttling import TooManyTries
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Mail
from portal.events.models import Attendance, Event, EventFeedback
from portal.events.queries import next_bookings
from portal.events.queries.people import feedback_of
from portal.events.rules.booking import BookingState
from portal.events.rules.feedback import Satisfaction
from portal.events.service.afterwards import give_feedback
from portal.events.service.arranging import cancel_event, edit_event, hold_event, move_event, reopen_event
from portal.events.service.attending import check_in, mark_attendance, open_check_in
from portal.events.service.booking import book, give_back
from portal.events.service.reminding import remind
from tests.support.arranging import DRAFT, LINK, crowd, event, mails, planned, published, queue, times
from tests.support.assessing import actor, audit_rows, email, id_of

BOOKED, WAITING = BookingState.BOOKED, BookingState.WAITING


def test_asking_again_changes_nothing_and_asking_anew_goes_to_the_end(app: Flask) -> None:
    event_id, before = published(capacity=1), audit_rows()
    assert book(actor("staff"), event_id) is BOOKED
    assert book(actor("staff"), event_id) is BOOKED
    assert audit_rows() == before + 1
    assert book(actor("manager"), event_id) is WAITING
    assert book(actor("peer"), event_id) is WAITING
    give_back(actor("manager"), event_id)
    assert book(actor("manager"), event_id) is WAITING
    assert queue(event_id, WAITING) == [id_of("peer"), id_of("manager")]
    assert next_bookings(id_of("manager"), 5)[0].before == 1


@pytest.mark.parametrize("capacity, up", [(2, 0), (3, 1), (4, 2), (9, 3), (None, 3)])
def test_more_places_move_up_those_who_wait_first(app: Flask, capacity: int | None, up: int) -> None:
    event_id, people = published(capacity=2), crowd(5)
    for one in people:
        book(one, event_id)
    edit_event(actor("eism"), event_id, replace(DRAFT, capacity=capacity), 2)
    assert queue(event_id, BOOKED) == [one.person_id for one in people[: 2 + up]]
    assert queue(event_id, WAITING) == [one.person_id for one in people[2 + up :]]
    told = [to for to, subject in mails() if subject.startswith("A place is yours")]
    assert told == [f"crowd-{number}@example.org" for number in range(2, 2 + up)]
    assert event(event_id).taken == 2 + up


@pytest.mark.parametrize("capacity, sound", [(2, False), (3, True), (4, True)])
def test_fewer_places_than_people_are_refused(app: Flask, capacity: int, sound: bool) -> None:
    event_id = published(capacity=5)
    for one in crowd(3):
        book(one, event_id)
    if sound:
        edit_event(actor("eism"), event_id, replace(DRAFT, capacity=capacity), 2)
        assert event(event_id).capacity == capacity
    else:
        with pytest.raises(Invalid, match="3 people have a place already"):
            edit_event(actor("eism"), event_id, replace(DRAFT, capacity=capacity), 2)


def test_the_database_itself_sells_no_place_twice(app: Flask) -> None:
    event_id = published(capacity=1)
    with pytest.raises(IntegrityError), operational() as session:
        session.execute(update(Event).where(Event.id == event_id).values(taken=2))
    db.session.rollback()


def test_who_may_book_what(app: Flask) -> None:
    event_id = published()
    with pytest.raises(Forbidden):
        book(actor("manager"), event_id, id_of("staff"))
    assert book(actor("lead"), event_id, id_of("staff")) is BOOKED
    assert (email("staff"), f"You have a place: {DRAFT.title}") in mails()
    with pytest.raises(Forbidden):
        give_back(actor("manager"), event_id, id_of("staff"))
    give_back(actor("lead"), event_id, id_of("staff"))
    assert (email("staff"), f"Your booking was cancelled: {DRAFT.title}") in mails()
    with pytest.raises(NotFound):
        book(actor("staff"), planned())
    with pytest.raises(NotFound):
        book(actor("lead"), event_id, id_of("nobody"))
    with pytest.raises(NotFound):
        give_back(actor("staff"), event_id)


@pytest.mark.parametrize("minutes, sound", [(-1, True), (0, False), (1, False)])
def test_an_event_is_booked_until_it_ends(app: Flask, minutes: int, sound: bool) -> None:
    event_id = published()
    with time_machine.travel(event(event_id).ends_at + timedelta(minutes=minutes), tick=False):
        if sound:
            book(actor("staff"), event_id)
        else:
            with pytest.raises(Refused, match="over"):
                book(actor("staff"), event_id)


def test_nobody_moves_up_once_it_has_begun(app: Flask) -> None:
    event_id = published(capacity=1)
    book(actor("staff"), event_id)
    book(actor("manager"), event_id)
    with time_machine.travel(event(event_id).starts_at, tick=False):
        give_back(actor("staff"), event_id)
    assert queue(event_id, WAITING) == [id_of("manager")]


def test_a_closed_account_gets_no_place(app: Flask) -> None:
    event_id, people = published(capacity=1), crowd(3)
    for one in people:
        book(one, event_id)
    with operational() as session:
        closed = update(Person).where(Person.id == people[1].person_id).values(disabled_at=clock.now())
        session.execute(closed)
    give_back(people[0], event_id)
    assert queue(event_id, BOOKED) == [people[2].person_id]
    assert event(event_id).taken == 1


def test_joining_details_are_mailed_only_to_those_who_have_a_place(app: Flask) -> None:
    event_id = published(capacity=1)
    book(actor("staff"), event_id)
    book(actor("manager"), event_id)
    texts = {row.recipient: row.text for row in db.session.execute(select(Mail.recipient, Mail.text))}
    assert LINK in texts[email("staff")]
    assert LINK not in texts[email("manager")]
    assert "10:00 to 12:00" in texts[email("manager")]


def test_a_cancelled_event_tells_all_and_stays_cancelled(app: Flask) -> None:
    event_id = published(capacity=1)
    book(actor("staff"), event_id)
    book(actor("manager"), event_id)
    with pytest.raises(Stale):
        cancel_event(actor("eism"), event_id, "Snow", 1)
    assert cancel_event(actor("eism"), event_id, "Snow", 2) == 2
    with pytest.raises(Refused, match="cancelled"):
        book(actor("peer"), event_id)
    with pytest.raises(Refused):
        move_event(actor("eism"), event_id, times(40), "Better weather", 3)
    with pytest.raises(Refused):
        hold_event(actor("eism"), event_id, 3)
    assert next_bookings(id_of("staff"), 5) == []


@pytest.mark.parametrize("minutes, sound", [(-1, False), (0, True), (1, True)])
def test_an_event_is_held_once_it_has_begun(app: Flask, minutes: int, sound: bool) -> None:
    event_id = published()
    with time_machine.travel(event(event_id).starts_at + timedelta(minutes=minutes), tick=False):
        if not sound:
            with pytest.raises(Refused, match="not begun"):
                hold_event(actor("eism"), event_id, 2)
            return
        hold_event(actor("eism"), event_id, 2)
        reopen_event(actor("eism"), event_id, 3)
        hold_event(actor("eism"), event_id, 4)


@pytest.mark.parametrize("days, told", [(8, 0), (7, 1), (6, 1), (2, 1), (1, 1), (0, 0)])
def test_reminders_go_a_week_and_a_day_before_and_each_once(app: Flask, days: int, told: int) -> None:
    event_id = published(capacity=1)
    book(actor("staff"), event_id)
    book(actor("manager"), event_id)
    with time_machine.travel(event(event_id).starts_at - timedelta(days=days, hours=1), tick=False):
        assert remind() == told
        assert remind() == 0
    reminded = [to for to, subject in mails() if subject.startswith("Reminder")]
    assert reminded == [email("staff")] * told


def test_a_moved_event_is_reminded_of_anew_and_late_bookers_not_of_the_week(app: Flask) -> None:
    event_id = published(30)
    book(actor("staff"), event_id)
    starts = event(event_id).starts_at
    with time_machine.travel(starts - timedelta(days=7, hours=1), tick=False):
        assert remind() == 1
    with time_machine.travel(starts - timedelta(days=5), tick=False):
        book(actor("manager"), event_id)
        assert remind() == 0
        move_event(actor("eism"), event_id, times(30), "The speaker", 2)
    with time_machine.travel(event(event_id).starts_at - timedelta(days=7, hours=1), tick=False):
        assert remind() == 2


def test_the_code_holds_on_the_day_and_guesses_are_counted(app: Flask) -> None:
    event_id = published()
    with pytest.raises(Refused):
        open_check_in(actor("eism"), event_id)
    with time_machine.travel(event(event_id).starts_at, tick=False):
        code = open_check_in(actor("eism"), event_id)
        assert open_check_in(actor("lead"), event_id) == code
        for _ in range(10):
            with pytest.raises(Invalid):
                check_in(actor("staff"), event_id, "AAAAAA")
        with pytest.raises(TooManyTries, match="ask the organiser"):
            check_in(actor("staff"), event_id, code)
        check_in(actor("manager"), event_id, code)
        check_in(actor("manager"), event_id, code)
    tomorrow = time_machine.travel(event(event_id).starts_at + timedelta(days=1), tick=False)
    with tomorrow, pytest.raises(Invalid):
        check_in(actor("peer"), event_id, code)
    assert [row.person_id for row in db.session.query(Attendance)] == [id_of("manager")]


def test_feedback_is_given_once_by_those_who_were_there_and_names_nobody(app: Flask) -> None:
    event_id, people = published(capacity=None), crowd(5)
    for one in people:
        book(one, event_id)
    ids = [one.person_id for one in people if one.person_id]
    with pytest.raises(Refused):
        mark_attendance(actor("eism"), event_id, ids, ids)
    with time_machine.travel(event(event_id).ends_at, tick=False):
        strangers = [id_of("buyer"), id_of("nobody")]
        mark_attendance(actor("eism"), event_id, [*ids, *strangers], [*ids, *strangers])
        with pytest.raises(Forbidden):
            give_feedback(actor("staff"), event_id, Satisfaction.POOR, "")
        for number, one in enumerate(people):
            found, words = feedback_of(event_id)
            assert (found.answers, found.counts, words) == (number, None, [])
            give_feedback(one, event_id, Satisfaction.GOOD, f"Words {number}")
        with pytest.raises(Refused):
            give_feedback(people[0], event_id, Satisfaction.POOR, "")
        mark_attendance(actor("eism"), event_id, ids, [])
    found, words = feedback_of(event_id)
    assert found.counts is not None
    assert found.counts[Satisfaction.GOOD] == 5
    assert sorted(words) == [f"Words {number}" for number in range(5)]
    assert db.session.query(Attendance).count() == 5, "whoever answered stays on the list"
    assert {column.name for column in EventFeedback.__table__.columns} == {
        "id",
        "event_id",
        "rating",
        "words",
    }
