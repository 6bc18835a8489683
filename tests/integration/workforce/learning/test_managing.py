"""What managers see and record of their people."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Stale
from portal.workforce.learning.listing import learner_lines, uptake
from portal.workforce.learning.models import Completion
from portal.workforce.learning.people import learners
from portal.workforce.learning.queries import chosen_set, completions_of, sets_of
from portal.workforce.learning.rules.standing import State
from portal.workforce.learning.service.recording import (
    MOST_NOTE,
    ExternalDone,
    choose_set,
    record_external,
    withdraw,
)
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, audit_rows, email, id_of
from tests.support.page_client import PageClient
from tests.support.statements import recorded
from tests.support.taking_modules import KEY, Taking

COURSE = "data-protection"


def days(count: int) -> date:
    return clock.today() + timedelta(days=count)


def done(
    completed_on: date | None = None, note: str = "Certificate 12 seen", course: str = COURSE
) -> ExternalDone:
    return ExternalDone(course, completed_on or clock.today(), note)


def names(who: str, service_id: UUID | None = None) -> set[str]:
    return {one.name.removesuffix(" Person") for one in learners(actor(who), service_id)}


def test_everybody_sees_the_people_within_their_reach(app: Flask) -> None:
    alder = {"Manager", "Staff", "Own peer"}
    birch = {"Other manager", "Peer", "Other peer"}
    support = {"Eism", "Stand in", "Far eism", "Lead"}
    assert names("manager") == alder
    assert names("other-manager") == birch
    assert names("eism") == alder | birch
    assert names("far-eism") == set()
    assert names("lead") == alder | birch | support
    assert names("staff") == set()
    assert names("lead", SERVICE) == alder
    assert names("lead", OTHER_SERVICE) == birch


def test_an_external_course_is_recorded_expires_and_is_withdrawn(app: Flask) -> None:
    before = audit_rows()
    made = record_external(actor("manager"), id_of("staff"), done(days(-30)))
    (row,) = completions_of([id_of("staff")])[id_of("staff")]
    assert (row.expires_on, row.code, row.recorded_by) == (
        done(days(-30)).completed_on.replace(year=days(-30).year + 1),
        None,
        id_of("manager"),
    )
    for _ in range(2):
        withdraw(actor("manager"), id_of("staff"), made)
    assert completions_of([id_of("staff")])[id_of("staff")] == []
    assert audit_rows() == before + 2
    record_external(actor("manager"), id_of("staff"), done(days(-30)))


@pytest.mark.parametrize(("ahead", "sound"), [(-1, True), (0, True), (1, False)])
def test_nothing_is_completed_in_the_future(app: Flask, ahead: int, sound: bool) -> None:
    if sound:
        record_external(actor("manager"), id_of("staff"), done(days(ahead)))
    else:
        with pytest.raises(Invalid, match="today or in the past"):
            record_external(actor("manager"), id_of("staff"), done(days(ahead)))


@pytest.mark.parametrize(
    ("length", "sound"), [(MOST_NOTE - 1, True), (MOST_NOTE, True), (MOST_NOTE + 1, False)]
)
def test_the_evidence_is_short(app: Flask, length: int, sound: bool) -> None:
    if sound:
        record_external(actor("manager"), id_of("staff"), done(note="x" * length))
    else:
        with pytest.raises(Invalid, match="1,000 characters"):
            record_external(actor("manager"), id_of("staff"), done(note="x" * length))


def test_what_cannot_be_recorded(app: Flask) -> None:
    record_external(actor("manager"), id_of("staff"), done())
    before = audit_rows()
    for wrong, field in (
        (done(), "completed_on"),
        (done(note=""), "note"),
        (done(course=KEY), "course"),
        (done(course="nonsense"), "course"),
    ):
        with pytest.raises(Invalid) as refused:
            record_external(actor("manager"), id_of("staff"), wrong)
        assert list(refused.value.problems) == [field]
    assert audit_rows() == before


def test_who_may_not_record_and_of_whom(app: Flask, taking: Taking) -> None:
    made = record_external(actor("manager"), id_of("staff"), done())
    taking.passes("staff")
    own = completions_of([id_of("staff")])[id_of("staff")]
    module = next(row for row in own if row.course == KEY)
    before = audit_rows()
    for name in ("staff", "eism", "lead", "other-manager", "buyer", "administrator", "own-peer"):
        with pytest.raises(Forbidden):
            record_external(actor(name), id_of("staff"), done(days(-1)))
        with pytest.raises(Forbidden):
            withdraw(actor(name), id_of("staff"), made)
        with pytest.raises(Forbidden):
            choose_set(actor(name), id_of("staff"), "senior", days(-1), 0)
    with pytest.raises(NotFound):
        record_external(actor("manager"), id_of("no-such-person"), done())
    with pytest.raises(NotFound):
        withdraw(actor("manager"), id_of("manager"), made)
    with pytest.raises(NotFound):
        withdraw(actor("manager"), id_of("staff"), module.id)
    with pytest.raises(Forbidden):
        record_external(actor("manager"), id_of("eism"), done())
    assert audit_rows() == before
    record_external(actor("lead"), id_of("eism"), done())


def test_a_manager_chooses_what_is_required(app: Flask) -> None:
    choose_set(actor("manager"), id_of("staff"), "senior", days(-10), 0)
    assert [(one.key, since) for one, since in sets_of([id_of("staff")])[id_of("staff")]] == [
        ("senior", days(-10))
    ]
    with pytest.raises(Stale) as stale:
        choose_set(actor("manager"), id_of("staff"), "team-leader", days(-5), 0)
    assert (stale.value.current["set_key"], stale.value.version) == ("senior", 1)
    choose_set(actor("manager"), id_of("staff"), "team-leader", days(-5), 1)
    for wrong, since, field in (("reviewer", days(0), "set_key"), ("senior", None, "since")):
        with pytest.raises(Invalid) as refused:
            choose_set(actor("manager"), id_of("staff"), wrong, since, 2)
        assert list(refused.value.problems) == [field]
    choose_set(actor("manager"), id_of("staff"), "", None, 2)
    assert chosen_set(id_of("staff")) is None
    assert [one.key for one, _ in sets_of([id_of("staff")])[id_of("staff")]] == ["employment-specialist"]


def test_the_list_and_the_uptake_count_the_people_within_reach(app: Flask, taking: Taking) -> None:
    taking.passes("staff", "ips-model")
    taking.read("manager", "ips-model")
    record_external(actor("manager"), id_of("staff"), done(days(-400)))
    people = learners(actor("manager"))
    with recorded(app) as statements:
        lines = learner_lines(people)
        report = {line.key: line for line in uptake(people)}
    assert len(statements) <= 7
    staff = next(line for line in lines if line.learner.id == id_of("staff"))
    assert staff.state is State.EXPIRED
    assert (staff.in_date.numerator, staff.in_date.denominator) == (1, 18)
    model = report["ips-model"]
    assert (model.enrolled, model.holding) == (2, 1)
    assert (model.in_date.numerator, model.in_date.denominator) == (1, 2)
    assert report[COURSE].holding == 0


def test_the_pages_of_a_manager(app: Flask, client: PageClient, taking: Taking) -> None:
    taking.passes("staff", "ips-model")
    client.sign_in(email("manager"))
    client.get("/learning")
    page = client.click("Who is out of date")
    assert "3 people" in page.text
    assert "Nobody matches" in client.get("/learning/people?q=zzz&state=nonsense").text
    client.get(f"/learning/people?service={id_of('no-such-service')}", expect=404)
    page = client.get("/learning/people.csv?q=staff")
    rows = list(csv.reader(io.StringIO(page.response.data.decode("utf-8-sig"))))
    assert len(rows) == 19
    page = client.get("/learning/uptake")
    assert "50% · 1 of 2" in page.text
    assert b"The IPS model" in client.get("/learning/uptake.csv").response.data
    client.get("/learning/people?q=staff")
    page = client.click("Staff Person")
    assert "before the first client" in page.text
    client.click("Record an external course")
    page = client.submit(button="Record", expect=400)
    assert page.errors == ["Choose the course", "Enter the day it was completed, like 1 4 2026"]
    when = [str(part) for part in (days(-1).day, days(-1).month, days(-1).year)]
    page = client.submit(button="Record", fields={"course": COURSE, "completed_on": when}, expect=400)
    assert page.errors == ["Say what shows it, or choose a file"]
    paper = (io.BytesIO(b"%PDF-1.4 a certificate"), "certificate.pdf")
    page = client.submit(button="Record", fields={"course": COURSE, "completed_on": when, "file": paper})
    assert "is recorded for Staff Person" in page.text
    row = db.session.scalars(select(Completion).where(Completion.course == COURSE)).one()
    address = f"/learning/people/{id_of('staff')}/completions/{row.id}"
    assert client.get(f"{address}/file").response.data.startswith(b"%PDF")
    client.get(f"/learning/people/{id_of('staff')}")
    page = client.submit(f"{address}/withdraw")
    assert "The record is withdrawn" in page.text


def test_two_managers_choose_at_once(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    client.get(f"/learning/people/{id_of('staff')}/required")
    choose_set(actor("manager"), id_of("staff"), "team-leader", days(-5), 0)
    when = [str(part) for part in (days(-9).day, days(-9).month, days(-9).year)]
    page = client.submit(button="Save", fields={"set_key": "senior", "since": when}, expect=409)
    assert "Team leader" in page.text
    assert "Senior employment specialist" in page.text
    page = client.submit(button="Save")
    assert "Senior employment specialist" in page.text
    client.get(f"/learning/people/{id_of('staff')}/required")
    page = client.submit(button="Save", fields={"set_key": "senior", "since": ["", "", ""]}, expect=400)
    assert page.errors == ["Enter the first day in this role, like 1 4 2026"]


@pytest.mark.parametrize(
    ("name", "status"), [("staff", 403), ("buyer", 403), ("far-eism", 404), ("other-manager", 404)]
)
def test_nobody_else_sees_a_persons_learning(app: Flask, client: PageClient, name: str, status: int) -> None:
    client.sign_in(email(name))
    client.get(f"/learning/people/{id_of('staff')}", expect=404)
    if status == 403:
        client.get("/learning/people", expect=403)
        client.get("/learning/uptake.csv", expect=403)


def test_an_eism_sees_and_may_not_record(app: Flask, client: PageClient) -> None:
    client.sign_in(email("eism"))
    page = client.get(f"/learning/people/{id_of('staff')}")
    assert "Record an external course" not in page.text
    client.get(f"/learning/people/{id_of('staff')}/record", expect=403)
    client.get(f"/learning/people/{id_of('staff')}/required", expect=403)
