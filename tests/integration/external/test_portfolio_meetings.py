"""The timetable of the visit: verbs and pages."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from flask import Flask

from portal.core import clock
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.external.rules.meetings import MeetingDraft, MeetingState
from portal.reviews.external.rules.portfolio import MeetingKind
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.portfolio_meetings import (
    add_meeting,
    draft_of,
    edit_meeting,
    remove_meeting,
    save_times,
)
from tests.support.assessing import actor, audit_rows, email
from tests.support.page_client import PageClient
from tests.support.portfolios import LEAD, PLANNER, meeting, meetings, opened, planned
from tests.support.statements import recorded

DONE, NOT_POSSIBLE = MeetingState.DONE, MeetingState.NOT_POSSIBLE


def first_day(days: int = 30) -> date:
    return clock.today() + timedelta(days=days)


def test_the_service_and_the_team_fill_it_in_together(app: Flask) -> None:
    assessment_id, before = opened(), audit_rows()
    row = meeting(assessment_id, "team-leader")
    draft = replace(draft_of(row), on=first_day(), starts=time(9, 30), place=" Room 2 ")
    assert edit_meeting(actor("staff"), assessment_id, row.id, draft, 1)
    assert not edit_meeting(actor(LEAD), assessment_id, row.id, draft, 1)
    done = replace(draft, state=DONE, why="dropped, as it was possible")
    assert edit_meeting(actor(LEAD), assessment_id, row.id, done, 2)
    row = meeting(assessment_id, "team-leader")
    assert (row.on, row.starts, row.place, row.state) == (first_day(), time(9, 30), "Room 2", DONE)
    assert (row.why, row.version, row.changed_by) == ("", 3, actor(LEAD).person_id)
    assert audit_rows() == before + 2


def test_who_came_second_sees_what_stands(app: Flask) -> None:
    assessment_id = opened()
    row = meeting(assessment_id, "client")
    draft = draft_of(row)
    edit_meeting(actor("staff"), assessment_id, row.id, replace(draft, people=6), 1)
    with pytest.raises(Stale) as stale:
        edit_meeting(actor(LEAD), assessment_id, row.id, replace(draft, people=7), 1)
    assert (stale.value.current["people"], stale.value.version) == (6, 2)


@pytest.mark.parametrize(
    "change, name",
    [
        ({"title": " "}, "title"),
        ({"place": "with Jo, 943 476 5919"}, "place"),
        ({"people": 0}, "people"),
        ({"minutes": None}, "minutes"),
        ({"starts": time(9)}, "on"),
        ({"state": NOT_POSSIBLE}, "why"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_field(app: Flask, change: dict[str, object], name: str) -> None:
    assessment_id, before = opened(), audit_rows()
    row = meeting(assessment_id, "client")
    with pytest.raises(Invalid) as problem:
        edit_meeting(actor("staff"), assessment_id, row.id, replace(draft_of(row), **change), 1)  # type: ignore[arg-type]  # as forged
    assert list(problem.value.problems) == [name]
    assert audit_rows() == before


def test_who_may_not_and_when_it_is_over(app: Flask) -> None:
    assessment_id = opened()
    row = meeting(assessment_id, "client")
    draft, before = replace(draft_of(row), people=9), audit_rows()
    for name, error in (
        ("eism", Forbidden),
        ("lead", Forbidden),
        ("other-manager", NotFound),
        ("buyer", NotFound),
    ):
        with pytest.raises(error):
            edit_meeting(actor(name), assessment_id, row.id, draft, 1)
        with pytest.raises(error):
            add_meeting(actor(name), assessment_id, MeetingKind.SESSION, "", MeetingDraft("Lunch"))
        with pytest.raises(error):
            remove_meeting(actor(name), assessment_id, row.id)
        with pytest.raises(error):
            save_times(actor(name), assessment_id, {row.id: {"people": 9}}, {row.id: 1})
    with pytest.raises(NotFound):
        edit_meeting(actor("staff"), assessment_id, uuid.uuid4(), draft, 1)
    advance(actor(PLANNER), assessment_id, Action.CANCEL, None, "Snow")
    with pytest.raises(Refused):
        edit_meeting(actor("staff"), assessment_id, row.id, draft, 1)
    assert audit_rows() == before + 1


def test_many_times_are_saved_all_or_none(app: Flask) -> None:
    assessment_id, before = opened(), audit_rows()
    one, two = meeting(assessment_id, "client"), meeting(assessment_id, "family")
    fields = {"on": first_day(), "starts": time(9)}
    with pytest.raises(Invalid) as problem:
        save_times(
            actor("staff"),
            assessment_id,
            {one.id: fields, two.id: {"people": 0}},
            {one.id: 1, two.id: 1},
        )
    assert list(problem.value.problems) == [f"people-{two.id}"]
    assert meeting(assessment_id, "client").starts is None
    assert (
        save_times(actor("staff"), assessment_id, {one.id: fields, two.id: {}}, {one.id: 1, two.id: 1}) == 1
    )
    assert save_times(actor("staff"), assessment_id, {one.id: fields}, {one.id: 1}) == 0
    with pytest.raises(Stale) as stale:
        save_times(
            actor("manager"),
            assessment_id,
            {one.id: {"starts": time(10)}, two.id: {"people": 3}},
            {one.id: 1, two.id: 1},
        )
    assert list(stale.value.current) == [str(one.id)]
    assert meeting(assessment_id, "family").people != 3
    assert audit_rows() == before + 1


def test_a_meeting_is_added_taken_out_and_put_back(app: Flask) -> None:
    assessment_id, before = opened(), audit_rows()
    meeting_id = add_meeting(
        actor("staff"), assessment_id, MeetingKind.INTERVIEW, "employer", MeetingDraft("Café owner")
    )
    assert meetings(assessment_id)[-1].id == meeting_id
    for _ in range(2):
        assert remove_meeting(actor(LEAD), assessment_id, meeting_id) == "Café owner"
    with pytest.raises(NotFound):
        edit_meeting(actor("staff"), assessment_id, meeting_id, MeetingDraft("Baker"), 1)
    remove_meeting(actor(LEAD), assessment_id, meeting_id, back=True)
    assert edit_meeting(actor("staff"), assessment_id, meeting_id, MeetingDraft("Baker"), 1)
    with pytest.raises(Invalid):
        add_meeting(actor("staff"), assessment_id, MeetingKind.INTERVIEW, "spy", MeetingDraft("Spy"))
    assert audit_rows() == before + 4


def test_the_page_orders_by_day_and_hour_and_says_where_reviewers_are_too_few(
    app: Flask, client: PageClient
) -> None:
    assessment_id = opened()
    day = {"on": first_day()}
    hours = {"client": time(11), "family": time(11, 15), "executive": time(11, 30), "opening": time(9)}
    rows = {role: meeting(assessment_id, role) for role in hours}
    save_times(
        actor("staff"),
        assessment_id,
        {rows[role].id: {**day, "starts": at} for role, at in hours.items()},
        {row.id: 1 for row in rows.values()},
    )
    client.sign_in(email("eism"))
    page = client.get(f"/reviews/{assessment_id}/meetings")
    assert "4 of 14 have a time" in page.text
    assert page.text.index("Opening meeting") < page.text.index("11:00 to 12:00")
    assert "more than the reviewers can attend" in page.text
    assert "not a day of the visit" not in page.text
    assert "Set days and times" not in page.text
    page = client.get(f"/reviews/{assessment_id}/meetings.csv")
    table = list(csv.reader(io.StringIO(page.response.data.decode("utf-8-sig"))))
    assert [row[4] for row in table[1:4]] == ["Opening meeting", "Clients", "Family members"]
    assert table[2][1:3] == ["11:00", "12:00"]
    assert len(table) == 15
    client.get(f"/reviews/{assessment_id}/meetings/times", expect=403)
    client.get(f"/reviews/{assessment_id}/meetings/new", expect=403)


def test_all_times_are_set_on_one_page_and_problems_keep_what_was_typed(
    app: Flask, client: PageClient
) -> None:
    assessment_id = opened()
    row, other = meeting(assessment_id, "client"), meeting(assessment_id, "family")
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/meetings")
    client.click("Set days and times")
    fields = {
        f"on-{row.id}": first_day().isoformat(),
        f"starts-{row.id}": "eleven",
        f"place-{other.id}": "Room 9",
    }
    page = client.submit(button="Save days and times", fields=fields, expect=400)
    assert page.errors == ["Clients: Enter a time like 9:30 or 14:00"]
    assert "Room 9" in page.response.text
    page = client.submit(
        button="Save days and times",
        fields={f"starts-{row.id}": "11am", f"people-{other.id}": ""},
        expect=400,
    )
    assert page.errors == ["Family members: Enter how many people, from 1 to 50"]
    page = client.submit(button="Save days and times", fields={f"people-{other.id}": "2"})
    assert "Saved 2 meetings" in page.text
    assert "11:00 to 12:00" in page.text


def test_times_over_newer_ones_show_both_and_can_be_saved_knowingly(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    row = meeting(assessment_id, "client")
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/meetings/times")
    edit_meeting(actor(LEAD), assessment_id, row.id, replace(draft_of(row), people=8), 1)
    page = client.submit(button="Save days and times", fields={f"people-{row.id}": "6"}, expect=409)
    assert "Clients: how many people" in page.text
    assert "8" in page.text
    client.submit(button="Save days and times")
    assert meeting(assessment_id, "client").people == 6


def test_one_meeting_is_changed_and_its_outcome_said(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    row = meeting(assessment_id, "client")
    client.sign_in(email(LEAD))
    client.get(f"/reviews/{assessment_id}/meetings")
    page = client.click("Clients")
    assert "Items it informs" in page.text
    page = client.submit("meeting-form", button="Save", state="not-possible", expect=400)
    assert page.errors == ["Say why it was not possible"]
    edit_meeting(actor("staff"), assessment_id, row.id, replace(draft_of(row), people=8), 1)
    page = client.submit("meeting-form", button="Save", why="Nobody could come", expect=409)
    assert "Both versions" in page.text
    page = client.submit("meeting-form", button="Save")
    assert "1 not possible" in page.text
    assert "Nobody could come" in page.text
    family = meeting(assessment_id, "family")
    call = replace(draft_of(family), on=first_day(29), place="https://calls.example.org/9")
    edit_meeting(actor("staff"), assessment_id, family.id, call, 1)
    page = client.get(f"/reviews/{assessment_id}/meetings")
    assert "not a day of the visit" in page.text
    assert page.link("https://calls.example.org/9") == "https://calls.example.org/9"
    client.click("Family members")
    page = client.submit(f"/reviews/{assessment_id}/meetings/{meeting(assessment_id, 'family').id}/remove")
    assert "Taken out (1)" in page.text
    page = client.submit(button="Put back Family members")
    assert "Family members is back" in page.text


def test_another_meeting_takes_its_words_from_the_list(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    client.sign_in(email("manager"))
    client.get(f"/reviews/{assessment_id}/meetings")
    client.click("Add a meeting")
    page = client.submit(button="Add it", expect=400)
    assert page.errors == ["Choose what to plan"]
    client.submit(button="Add it", what="interview:benefits-adviser", place="By telephone")
    row = meeting(assessment_id, "benefits-adviser")
    assert (row.title, row.minutes, row.people, row.place) == ("Benefits adviser", 30, 1, "By telephone")
    client.click("Add a meeting")
    page = client.submit(button="Add it", what="session:", expect=400)
    assert page.errors == [
        "Enter what the meeting is",
        "Enter how many minutes, from 5 to 480",
        "Enter how many people, from 1 to 50",
    ]
    client.submit(button="Add it", what="session:", title="Lunch", minutes="45", people="4")
    assert meetings(assessment_id)[-1].title == "Lunch"


def test_strangers_find_nothing_and_a_planned_review_has_no_timetable(app: Flask, client: PageClient) -> None:
    assessment_id = planned()
    client.sign_in(email("manager"))
    assert "appears here when" in client.get(f"/reviews/{assessment_id}/meetings").text
    client.get(f"/reviews/{assessment_id}/meetings/times", expect=403)
    client.sign_in(email("other-manager"))
    for place in ("meetings", "meetings.csv", "meetings/times", "meetings/new", f"meetings/{uuid.uuid4()}"):
        client.get(f"/reviews/{assessment_id}/{place}", expect=404)


def test_the_page_takes_as_many_statements_however_many_meetings(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    client.sign_in(email("staff"))
    address = f"/reviews/{assessment_id}/meetings"
    client.get(address)
    with recorded(app) as bare:
        client.get(address)
    for number in range(5):
        add_meeting(actor("staff"), assessment_id, MeetingKind.SESSION, "", MeetingDraft(f"Talk {number}"))
    with recorded(app) as full:
        client.get(address)
    assert len(bare) == len(full) <= 15, full
