"""The pages of events, from the calendar to a booking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import time_machine
from flask import Flask
from icalendar import Calendar

from portal.core import clock
from portal.events.rules.booking import BookingState
from portal.events.service.arranging import cancel_event
from portal.events.service.booking import book, give_back
from portal.reviews.external.service.calendar_address import make
from tests.support.arranging import LINK, event, mails, planned, published, queue
from tests.support.assessing import actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.statements import recorded

NAME = "Employment specialists’ community of practice"


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


def test_an_organiser_is_asked_before_a_booking_is_cancelled_and_the_person_is_told(
    app: Flask, client: PageClient
) -> None:
    event_id = published(capacity=1)
    book(actor("staff"), event_id)
    book(actor("commissioner"), event_id)
    client.sign_in(email("eism"))
    client.get(f"/events/{event_id}/people")
    page = client.click("Cancel the booking of Staff Person")
    assert page.heading == "Cancel the booking of Staff Person"
    assert "1 person waits" in page.text
    page = client.click("Keep the booking")
    assert queue(event_id, BookingState.BOOKED) == [id_of("staff")]
    client.click("Cancel the booking of Staff Person")
    page = client.submit(button="Cancel the booking")
    assert "they were told by mail" in page.text
    assert queue(event_id, BookingState.BOOKED) == [id_of("commissioner")]
    assert any(to == email("staff") and "was cancelled" in subject for to, subject in mails())


def test_a_waiting_person_is_taken_off_the_list_and_a_booking_is_cancelled_once(
    app: Flask, client: PageClient
) -> None:
    event_id = published(capacity=1)
    book(actor("staff"), event_id)
    book(actor("commissioner"), event_id)
    client.sign_in(email("eism"))
    address = f"/events/{event_id}/people/{id_of('commissioner')}/give-back"
    page = client.get(address)
    assert page.heading.startswith("Take off the waiting list: ")
    give_back(actor("commissioner"), event_id)
    page = client.submit(button="Take off the list", expect=409)
    assert "There is no booking to cancel." in page.text
    client.get(address, expect=404)


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


def test_the_home_names_the_next_three_events_that_the_person_booked(client: PageClient) -> None:
    for days in (4, 3, 2, 1):
        book(actor("staff"), published(days, title=f"In {days} days"))
    for name in ("staff", "manager"):
        client.sign_in(email(name))
        text = client.get("/").text
        assert ("Your next events" in text) is (name == "staff")
        if name == "staff":
            assert text.index("In 1 days") < text.index("In 2 days") < text.index("In 3 days")
            assert "In 4 days" not in text
