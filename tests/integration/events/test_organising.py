"""The pages of those who organise events, from the plan of a quarter to the feedback."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import quarter_of
from portal.events.models import Attendance, Event
from portal.events.service.booking import book
from tests.support.arranging import SUPPLIER, crowd, event, mails, planned, published
from tests.support.assessing import actor, email, id_of
from tests.support.page_client import PageClient

NAME = "Employment specialists’ community of practice"


def parts(days: int) -> list[str]:
    day = clock.today() + timedelta(days=days)
    return [str(day.day), str(day.month), str(day.year)]


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
    first, *later = db.session.scalars(select(Event.id).order_by(Event.starts_at)).all()
    assert len(later) == 2
    client.get(f"/events/{first}")
    assert "Other dates of this series" in client.submit(button="Publish").text
    client.sign_in(email("staff"))
    assert "Other dates" not in client.get(f"/events/{first}").text, "the others are not published"


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
