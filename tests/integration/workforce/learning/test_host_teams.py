"""Courses for the clinical staff of host teams: verbs and pages, on both engines."""

from __future__ import annotations

import csv
import io
from uuid import UUID

import pytest
from flask import Flask

from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Stale
from portal.core.filters import day as words
from portal.core.filters import short_day
from portal.directory.service import set_host_teams
from portal.workforce.learning.host_teams import service_lines
from portal.workforce.learning.models import ClinicalSession
from portal.workforce.learning.rules.clinical import CourseDetails, CourseState, Profession
from portal.workforce.learning.service.clinical import (
    add_courses,
    cancel_course,
    edit_course,
    put_back_course,
)
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, audit_rows, email, id_of
from tests.support.host_teams import COURSE, course, teams
from tests.support.page_client import PageClient
from tests.support.staffing import day
from tests.support.statements import recorded

AT = "/services/alder-ips/clinical-courses"
NURSES, DOCTORS = Profession.NURSING, Profession.MEDICAL


def row_of(session_id: UUID) -> ClinicalSession:
    db.session.expire_all()
    return db.session.get_one(ClinicalSession, session_id)


def parts(days: int) -> list[str]:
    on = day(days)
    return [str(on.day), str(on.month), str(on.year)]


def rows_of(client: PageClient, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(address).response.data.decode("utf-8-sig"))))


def test_a_course_is_planned_counted_cancelled_and_put_back_with_one_row_each(app: Flask) -> None:
    (north,) = teams("North")
    before, eism = audit_rows(), actor("eism")
    made = course(north, 5)
    assert row_of(made).state(day(0)) is CourseState.PLANNED
    held = CourseDetails(COURSE, day(-2), {NURSES: 4, DOCTORS: 1})
    edit_course(eism, made, held, 1)
    edit_course(eism, made, held, 2)  # the same again changes nothing
    assert (row_of(made).people, row_of(made).version) == (5, 2)
    edit_course(eism, made, CourseDetails(COURSE, day(-2), {NURSES: 6, DOCTORS: 0}), 2)
    assert row_of(made).attended == {NURSES: 6}
    cancel_course(eism, made, 3)
    cancel_course(eism, made, 4)
    assert row_of(made).state(day(0)) is CourseState.CANCELLED
    put_back_course(eism, made, 4)
    assert (row_of(made).state(day(0)), row_of(made).people) == (CourseState.HELD, 6)
    assert audit_rows() == before + 5


def test_planning_for_several_teams_makes_a_course_of_each(app: Flask) -> None:
    both = teams("North", "South")
    made = add_courses(actor("lead"), SERVICE, both, CourseDetails(COURSE, day(9)))
    assert {row_of(one).team_name for one in made} == {"North", "South"}


def test_what_does_not_hold_is_refused_and_nothing_is_written(app: Flask) -> None:
    north, south = teams("North", "South")
    (elsewhere,) = teams("Elsewhere", service_id=OTHER_SERVICE)
    course(north, -3)
    manager, before = actor("manager"), audit_rows()
    with pytest.raises(Invalid, match="is entered already"):
        add_courses(manager, SERVICE, [south, north], CourseDetails(COURSE, day(-3)))
    with pytest.raises(Invalid, match="from the list"):
        add_courses(manager, SERVICE, [elsewhere], CourseDetails(COURSE, day(1)))
    with pytest.raises(Invalid, match="counted by team"):
        add_courses(manager, SERVICE, [north, south], CourseDetails(COURSE, day(-1), {NURSES: 1}))
    with pytest.raises(NotFound):
        edit_course(manager, id_of("nothing"), CourseDetails(COURSE, day(-1)), 1)
    assert audit_rows() == before


def test_a_course_may_be_entered_again_once_it_is_cancelled_and_then_not_be_put_back(app: Flask) -> None:
    (north,) = teams("North")
    first = course(north, -3)
    cancel_course(actor("manager"), first, 1)
    course(north, -3)
    with pytest.raises(Invalid, match="is entered already"):
        put_back_course(actor("manager"), first, 2)


def test_whoever_saw_an_older_version_is_shown_what_stands(app: Flask) -> None:
    (north,) = teams("North")
    made, manager = course(north, -3), actor("manager")
    edit_course(manager, made, CourseDetails(COURSE, day(-3), {NURSES: 2}), 1)
    with pytest.raises(Stale) as caught:
        edit_course(manager, made, CourseDetails(COURSE, day(-3), {NURSES: 9}), 1)
    stands = caught.value.current
    assert (stands["course"], stands["on"], stands["n_nursing"]) == (COURSE, day(-3), 2)
    assert stands["n_peer"] is None
    for verb in (cancel_course, put_back_course):
        with pytest.raises(Stale):
            verb(manager, made, 1)


@pytest.mark.parametrize("who", ["staff", "own-peer", "other-manager", "far-eism", "buyer", "commissioner"])
def test_only_manager_eism_and_lead_enter_courses(app: Flask, who: str) -> None:
    (north,) = teams("North")
    made, before = course(north, -3), audit_rows()
    for verb in (
        lambda: add_courses(actor(who), SERVICE, [north], CourseDetails(COURSE, day(1))),
        lambda: edit_course(actor(who), made, CourseDetails(COURSE, day(-3), {NURSES: 1}), 1),
        lambda: cancel_course(actor(who), made, 1),
        lambda: put_back_course(actor(who), made, 1),
    ):
        with pytest.raises(Forbidden):
            verb()
    assert audit_rows() == before


def test_a_course_outlives_its_host_team_under_the_name_it_had(app: Flask) -> None:
    (north,) = teams("North")
    made = course(north, -3, {NURSES: 2})
    set_host_teams(actor("manager"), SERVICE, 1, [])
    row = row_of(made)
    assert (row.team_id, row.where, row.people) == (None, "North", 2)
    edit_course(actor("manager"), made, CourseDetails(COURSE, day(-4), {NURSES: 3}), 1)
    (alder, _) = sorted(service_lines(actor("lead"), day(0)), key=lambda one: one.key)
    assert (alder.teams, alder.words) == ((), "No host team entered")


def test_uptake_of_a_service_in_words(app: Flask) -> None:
    north, south, east = teams("North", "South", "East")
    course(north, -3, {NURSES: 2})
    course(south, -370, {NURSES: 5})
    course(east, -20)
    alder = next(one for one in service_lines(actor("eism"), day(0)) if one.key == "alder-ips")
    assert alder.words == f"1 of 3 host teams trained in the last 12 months · last on {words(day(-3))}"
    assert (alder.people, alder.next_on, alder.all_trained) == (2, None, False)
    assert service_lines(actor("far-eism"), day(0)) == []


def test_the_manager_plans_a_course_and_counts_who_came(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    assert "No host team is entered" in client.get(AT).text
    north, _ = teams("North", "South")
    page = client.get(AT)
    assert "No course is planned or recorded yet" in page.text
    client.click("Plan or record a course")
    page = client.submit("edit", expect=400, fields={"on": parts(-4), "n_nursing": "many"})
    assert "Choose the course" in page.errors
    assert "Enter a whole number, like 12" in page.errors
    page = client.submit("edit", expect=400, fields={"course": COURSE, "on": parts(-4), "n_nursing": "3"})
    assert page.errors == ["Choose at least one host team"]
    page = client.submit("edit", fields={"teams": [str(north)], "n_nursing": ""})
    assert "Attendance missing" in page.text
    client.click(
        "Count or change Working as one team with your employment specialist, North, " + words(day(-4))
    )
    page = client.submit("edit", fields={"n_nursing": "3", "n_peer": "1"})
    assert "1 of 2 host teams trained in the last 12 months" in page.text
    assert page.table("Host teams")[1][:5] == ["North", "Trained", short_day(day(-4)), "–", "4"]
    assert "Peer support workers: 1" in page.text
    rows = rows_of(client, AT + ".csv")
    assert rows[0][:6] == [
        "Host team",
        "Course",
        "Day",
        "State",
        "Clinical staff",
        "Doctors, GPs and psychiatrists included",
    ]
    assert rows[1][0] == "North"
    assert rows[1][3:7] == ["Held", "4", "0", "3"]


def test_a_cancelled_course_is_put_back_from_the_list(app: Flask, client: PageClient) -> None:
    (north,) = teams("North")
    made = course(north, -3, {NURSES: 2})
    client.sign_in(email("eism"))
    client.get(f"/learning/host-teams/courses/{made}")
    page = client.submit("remove")
    assert "Cancelled. You can put it back." in page.text
    assert "0 of 1 host team trained" in page.text
    back = f"/learning/host-teams/courses/{made}/put-back"
    page = client.submit(back, fields={"version": "1"})
    assert "Somebody else has changed this first" in page.text
    page = client.submit(back)
    assert "1 of 1 host team trained" in page.text
    again = course(north, -9, {NURSES: 2})
    cancel_course(actor("eism"), again, 1)
    course(north, -9)
    client.get(AT)
    page = client.submit(f"/learning/host-teams/courses/{again}/put-back")
    assert "is entered already" in page.text


def test_both_versions_are_shown_when_somebody_counted_first(app: Flask, client: PageClient) -> None:
    (north,) = teams("North")
    made = course(north, -3)
    client.sign_in(email("manager"))
    client.get(f"/learning/host-teams/courses/{made}")
    edit_course(actor("eism"), made, CourseDetails(COURSE, day(-3), {NURSES: 7}), 1)
    page = client.submit("edit", expect=409, fields={"n_nursing": "5"})
    assert page.table("Where yours and theirs differ")[1] == ["Nurses", "5", "7"]
    client.submit("edit")
    assert row_of(made).attended == {NURSES: 5}


def test_the_list_is_narrowed_and_takes_few_statements(app: Flask, client: PageClient) -> None:
    north, south = teams("North", "South")
    course(north, -3, {NURSES: 2})
    client.sign_in(email("lead"))
    page = client.get("/learning/host-teams")
    assert "1 of 2 host teams trained" in page.text
    assert "1 service has no host team entered" in page.text
    assert "Alder" in page.text
    assert "No service matches" in client.get("/learning/host-teams?q=zzz").text
    course(south, -2, {NURSES: 1})
    assert "Alder" not in client.get("/learning/host-teams?show=untrained").text
    rows = rows_of(client, "/learning/host-teams.csv")
    assert [row[1:3] for row in rows[1:]] == [["North", "Yes"], ["South", "Yes"]]
    with recorded(app) as statements:
        client.get("/learning/host-teams")
    assert len(statements) <= 6, statements
    with recorded(app) as statements:
        client.get(AT)
    assert len(statements) <= 10, statements


def test_the_outlines_name_their_sources(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    page = client.get("/learning/host-teams/courses")
    assert "OHID specification: 1.1 and 3.7" in page.text
