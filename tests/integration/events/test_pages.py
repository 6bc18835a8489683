"""The pages of events, from the calendar to the feedback."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar

from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import quarter_of
from portal.events.models import Attendance
from portal.events.rules.booking import BookingState
from portal.events.service.arranging import cancel_event
from portal.events.service.booking import book
from portal.reviews.external.service.calendar_address import make
from tests.support.arranging import LINK, SUPPLIER, crowd, event, mails, planned, published, queue
from tests.support.assessing import actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.statements import recorded

NAME = "Employment specialists’ community of practice"


def parts(days: int) -> list[str]:
    day = clock.today() + timedelta(days=days)
    return [str(day.day), str(day.month), str(day.year)]


def test_anybody_reads_the_public_calendar_and_only_what_is_public(app: Flask, client: PageClient) -> None:
    published(title="Open to all", place="Zoom")
    published(title="For the signed in", public=False)
    planned(title="Still a draft")
    page = client.get("/events")
    assert "Open to all" in page.text
    assert "20 places left" in page.text
    assert "For the signed in" not in page.text
    assert "Still a draft" not in page.text
    assert page.response.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in page.response.headers
    assert "csrf" not in page.response.text
    page = client.click("Open to all")
    assert "Sign in to book a place" in page.text
    assert LINK not in page.response.text
    client.sign_in(email("staff"))
    page = client.get("/events")
    assert "For the signed in" in page.text
    assert "Still a draft" not in page.text
    assert "private" in page.response.headers["Cache-Control"]


def test_the_calendar_is_filtered_and_ordered(app: Flask, client: PageClient) -> None:
    published(50, title="Later")
    published(5, title="Sooner", online=False, place="Town hall, Leeds", region="London", join_link="")
    text = client.get("/events").text
    assert text.index("Sooner") < text.index("Later")
    assert "Sooner" not in client.get("/events?where=online").text
    assert "Later" not in client.get("/events?where=London").text
    assert "No event matches" in client.get("/events?kind=training").text
    month = f"{clock.today() + timedelta(days=50):%Y-%m}"
    assert "Later" in client.get(f"/events?month={month}").text
    assert "Later" in client.get(f"/events/month/{month}").text
    client.get("/events/month/2026-13", expect=404)
    client.get("/events?kind=nonsense&where=nowhere&month=x&page=99")
    assert "once they are over" in client.get("/events?past=1").text


def test_the_calendar_costs_as_many_statements_however_many_there_are(app: Flask, client: PageClient) -> None:
    published()
    client.get("/events")
    with recorded(app) as few:
        client.get("/events")
    for days in range(10, 20):
        published(days)
    with recorded(app) as more:
        client.get("/events")
    assert len(few) == len(more) == 2, more


def test_a_person_books_and_gives_back_on_the_page(app: Flask, client: PageClient) -> None:
    event_id = published(capacity=1)
    client.sign_in(email("staff"))
    client.get(f"/events/{event_id}")
    page = client.submit(button="Book a place")
    assert "You have a place" in page.text
    assert LINK in page.text
    assert NAME in client.get("/events/mine").text
    client.sign_in(email("commissioner"))
    page = client.get(f"/events/{event_id}")
    assert LINK not in page.response.text
    assert "Join the waiting list" in page.text
    page = client.submit(button="Join the waiting list")
    assert "You are next." in page.text
    client.sign_in(email("manager"))
    assert "Staff Person" in client.get("/events/mine").text
    client.sign_in(email("staff"))
    client.get(f"/events/{event_id}")
    client.submit(button="Cancel my booking")
    assert queue(event_id, BookingState.BOOKED) == [id_of("commissioner")]
    assert any(to == email("commissioner") and "A place is yours" in subject for to, subject in mails())


def test_the_calendar_files_tell_how_to_join_only_those_who_have_a_place(
    app: Flask, client: PageClient
) -> None:
    event_id = published()
    book(actor("staff"), event_id)
    for address in ("/events/calendar.ics", f"/events/{event_id}/event.ics"):
        data = client.get(address).response.data
        (entry,) = Calendar.from_ical(data).walk("VEVENT")
        assert str(entry["summary"]) == NAME
        assert entry["dtstart"].dt == event(event_id).starts_at
        assert LINK.encode() not in data.replace(b"\r\n ", b"")
    client.sign_in(email("staff"))
    for address in ("/events/mine.ics", f"/events/{event_id}/event.ics"):
        assert LINK.encode() in client.get(address).response.data.replace(b"\r\n ", b"")
    address = urlsplit(make(actor("staff"))).path
    assert NAME.encode() in client.get(address).response.data.replace(b"\r\n ", b"")


def test_an_organiser_plans_publishes_edits_moves_and_cancels(app: Flask, client: PageClient) -> None:
    client.sign_in(email("eism"))
    client.get("/events")
    client.click("Manage events")
    client.click("Plan an event")
    page = client.submit(button="Save", expect=400)
    assert "Enter the name of the event" in page.errors
    assert "Enter the day, like 12 5 2027" in page.errors
    fields = {
        "title": "Benefits in practice", "summary": "What work does to benefits.", "on": parts(20),
        "begins": "10", "ends": "9.30", "kind": "training", "capacity": "2",
    }  # fmt: skip
    page = client.submit(button="Save", fields=fields, expect=400)
    assert page.errors == ["The event must end after it begins"]
    page = client.submit(button="Save", fields={"ends": "noon"}, expect=400)
    assert page.errors == ["Enter a time like 10:30 or 2pm"]
    page = client.submit(button="Save", fields={"ends": "12pm"})
    assert "Publish it once it is right" in page.text
    page = client.submit(button="Publish")
    assert "The event is published" in page.text
    event_id = page.response.request.path.rsplit("/", 1)[1]
    client.click("Edit")
    page = client.submit(button="Save", fields={"capacity": "many"}, expect=400)
    assert page.errors == ["Enter a whole number, like 40, or leave it empty"]
    client.submit(button="Save", fields={"capacity": "1"})
    book(actor("staff"), UUID(event_id))
    client.click("Move to another date")
    page = client.submit(button="Move the event", expect=400, fields={"on": parts(-2), "because": "The room"})
    assert page.errors == ["Enter a day and time that are still to come"]
    page = client.submit(button="Move the event", fields={"on": parts(21)})
    assert "1 person was told by mail." in page.text
    assert "Moved from" in page.text
    client.click("Cancel the event")
    page = client.submit(button="Cancel the event", expect=400)
    assert page.errors == ["Enter why the event is cancelled"]
    page = client.submit(button="Cancel the event", fields={"because": "The trainer is ill."})
    assert "This event is cancelled." in page.text
    assert [subject.partition(":")[0] for to, subject in mails()] == [
        "You have a place",
        "New date",
        "Cancelled",
    ]


def test_an_edit_over_a_newer_one_shows_both(app: Flask, client: PageClient) -> None:
    event_id = published()
    client.sign_in(email("eism"))
    client.get(f"/events/{event_id}/edit")
    page = client.submit(button="Save", fields={"title": "Mine", "version": "1"}, expect=409)
    assert "Both versions" in page.text
    assert event(event_id).title == NAME
    client.submit(button="Save")
    assert event(event_id).title == "Mine"


def test_a_series_is_planned_at_once(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get("/events/new")
    fields = {
        "title": "Monthly",
        "summary": "Each month.",
        "on": parts(1),
        "begins": "10",
        "ends": "11",
        "repeat": "monthly",
    }
    page = client.submit(button="Save", fields=fields, expect=400)
    assert page.errors == ["Enter how many events the series has, from 2 to 26"]
    page = client.submit(button="Save", fields={"count": "3"})
    assert "3 events are planned" in page.text


def test_the_code_in_the_room_the_list_and_feedback(app: Flask, client: PageClient) -> None:
    event_id = published(1, capacity=None)
    people = crowd(6)
    book(actor("staff"), event_id)
    for one in people:
        book(one, event_id)
    at = event(event_id).starts_at + timedelta(minutes=5)
    with time_machine.travel(at, tick=False):
        client.sign_in(email("eism"))
        client.get(f"/events/{event_id}/room")
        page = client.submit(button="Open check-in")
        code = event(event_id).code or ""
        assert f"{code[:3]} {code[3:]}" in page.text
        client.sign_in(email("staff"))
        client.get(f"/events/{event_id}")
        client.click("Enter the code shown in the room")
        page = client.submit(button="I am here", fields={"code": "WRONG1"}, expect=400)
        assert "This is not the code of today’s event" in page.errors[0]
        client.submit(button="I am here", fields={"code": f"{code[:3]}-{code[3:]}".lower()})
        client.sign_in(email("commissioner"))  # came without a booking
        client.get(f"/events/{event_id}/check-in")
        client.submit(button="I am here", fields={"code": code})
        client.sign_in(email("eism"))
        page = client.get(f"/events/{event_id}/people")
        assert "Came without a booking" in page.text
        present = [str(one.person_id) for one in people[:3]] + [str(id_of("staff"))]
        client.submit(
            form=f"/events/{event_id}/attendance", button="Save the attendance", fields={"present": present}
        )
    rows = {row.person_id for row in db.session.query(Attendance)}
    assert rows == {id_of("staff"), *(one.person_id for one in people[:3])}
    with time_machine.travel(at + timedelta(hours=4), tick=False):
        client.sign_in(email("staff"))
        client.get("/events/mine")
        client.click("Give feedback on " + NAME)
        assert client.submit(button="Send", expect=400).errors == ["Choose how you would rate the event"]
        page = client.submit(button="Send", fields={"rating": "good", "words": "More on benefits"})
        assert "Thank you for your feedback" in page.text
        client.sign_in(email("other-manager"))
        client.get(f"/events/{event_id}/feedback", expect=403)
        client.sign_in(email("eism"))
        page = client.get(f"/events/{event_id}/results")
        assert "1 answer so far" in page.text
        assert "More on benefits" not in page.text
        client.get(f"/events/{event_id}")
        page = client.submit(button="It was held")
        assert "counts in its quarter" in page.text
        rows = list(
            csv.reader(
                io.StringIO(client.get(f"/events/{event_id}/people.csv").response.data.decode("utf-8-sig"))
            )
        )
        assert [row[5] for row in rows[1:]].count("yes") == 4


def test_materials_are_for_those_who_have_a_place(app: Flask, client: PageClient) -> None:
    event_id = published()
    client.sign_in(email("eism"))
    client.get(f"/events/{event_id}/materials")
    form = f"/events/{event_id}/materials"
    page = client.submit(form=form, button="Add the material", fields={"title": "Slides"}, expect=400)
    assert page.errors == ["Enter a link or choose a file"]
    client.submit(
        form=form,
        button="Add the material",
        fields={"title": "Slides", "file": (io.BytesIO(b"%PDF-1.4 x"), "slides.pdf")},
    )
    client.submit(
        form=form, button="Add the material", fields={"title": "Recording", "link": "https://example.org/v"}
    )
    page = client.submit(
        form=f"/events/{event_id}/notes", button="Keep the note", fields={"text": "Start earlier"}
    )
    assert "Start earlier" in page.text
    client.sign_in(email("staff"))
    assert "Slides" not in client.get(f"/events/{event_id}").text
    book(actor("staff"), event_id)
    page = client.get(f"/events/{event_id}")
    assert "Start earlier" not in page.text
    assert client.click("Slides").response.data == b"%PDF-1.4 x"
    client.sign_in(email("buyer"))
    address = page.response.text.split('href="')
    (link,) = {part.split('"')[0] for part in address if "/materials/" in part.split('"')[0]}
    client.get(link, expect=404)


def test_the_plan_is_made_fixed_and_read(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    now = quarter_of(clock.today())
    address = f"/events/plan?quarter={now.key}&supplier={id_of(SUPPLIER)}"
    page = client.get(address)
    assert "no target set" in page.text
    form = page.response.text.split('action="')
    target = next(part.split('"')[0] for part in form if part.startswith("/events/plan?")).replace(
        "&amp;", "&"
    )
    page = client.submit(form=target, button="Add to the plan", expect=400)
    assert page.errors == ["Enter what is planned"]
    page = client.submit(form=target, button="Add to the plan", fields={"title": "Benefits course"})
    assert "Nothing arranged" in page.text
    page = client.submit(form=target, button="Add to the plan", fields={"title": "Zumba, a slip"})
    page = client.submit(
        button=f"Take out Zumba, a slip, {now.first:%B %Y}", form=_action(page.response.text, "/remove")
    )
    assert "Zumba" not in page.text.replace("out of the plan", "")
    page = client.submit(button="Fix the plan", form=_action(page.response.text, "/fix"))
    assert "0% · 0 of 1" in page.text
    assert "Add to the plan" not in page.text
    client.sign_in(email("buyer"))
    page = client.get(address)
    assert "0% · 0 of 1" in page.text
    rows = list(
        csv.reader(
            io.StringIO(client.get(address.replace("plan?", "plan.csv?")).response.data.decode("utf-8-sig"))
        )
    )
    assert rows[1][0] == "Benefits course"
    client.sign_in(email("staff"))
    client.get(address, expect=403)


def _action(text: str, holds: str) -> str:
    """The address of the last form on a page that holds this."""
    found = [part.split('"')[0] for part in text.split('action="') if holds in part.split('"')[0]]
    return found[-1].replace("&amp;", "&")


@pytest.mark.parametrize("name", ["manager", "buyer", "administrator", "commissioner"])
def test_nobody_else_organises(app: Flask, client: PageClient, name: str) -> None:
    hidden, shown = planned(), published()
    client.sign_in(email(name))
    client.get("/events/manage", expect=403)
    client.get("/events/new", expect=403)
    client.get(f"/events/{hidden}", expect=404)
    for part in ("edit", "move", "cancel", "people", "people.csv", "room", "materials", "results"):
        client.get(f"/events/{shown}/{part}", expect=404)


def test_what_is_not_public_is_not_known_to_be_there(app: Flask, client: PageClient) -> None:
    inside = published(public=False)
    for event_id in (inside, id_of("nothing")):
        assert client.get(f"/events/{event_id}", follow=False, expect=302).response.location.startswith(
            "/sign-in"
        )
    cancel_event(actor("eism"), published(title="Off"), "Nobody can come.", 2)
    assert "Cancelled" in client.get("/events").text


def test_the_day_of_an_event_is_the_day_in_the_uk(app: Flask, client: PageClient) -> None:
    with time_machine.travel(datetime(2027, 6, 1, 8, tzinfo=UTC), tick=False):
        event_id = published(10)
        assert event(event_id).starts_at.astimezone(UTC).hour == 9, "10:00 in summer"
        assert "10:00 to 12:00" in client.get(f"/events/{event_id}").text
