"""Calendar files of events (RFC 5545), and the plan of a quarter for a spreadsheet.

The UID is the event's id: one that is moved moves in the calendar and is not doubled. How to join stands
only in the calendar of somebody who has a place.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from icalendar import Event as Entry

from portal.core.calendars import calendar_file, one_line
from portal.core.spreadsheets import write_csv
from portal.core.urls import public_url
from portal.events.models import Event
from portal.events.queries.mine import events_of
from portal.events.rules.booking import BookingState
from portal.events.rules.counting import CountedEvent
from portal.events.rules.state import EventState

PRODUCT = "Events"
UID_HOST = "events.fidelity-portal"  # part of every UID for ever, whatever the portal's address
PLAN_COLUMNS = ("Event", "Kind", "Planned for", "What became of it", "Date", "Counts as held")


def of_event(event: Event, *, inside: bool) -> bytes:
    """One event. `inside`: for somebody who has a place."""
    return calendar_file(PRODUCT, event.title, [entry(event, inside=inside)])


def of_calendar(events: Iterable[Event]) -> bytes:
    """The public calendar, without how to join."""
    return calendar_file(PRODUCT, "IPS events", (entry(event, inside=False) for event in events))


def of_bookings(person_id: UUID) -> bytes:
    """A person's own events. One statement."""
    return calendar_file(PRODUCT, "Your events", entries_of(person_id))


def entries_of(person_id: UUID) -> list[Entry]:
    """A person's events as entries of a calendar: places, and waits as tentative. One statement."""
    return [
        entry(event, inside=state is BookingState.BOOKED, waiting=state is BookingState.WAITING)
        for event, state in events_of(person_id)
    ]


def entry(event: Event, *, inside: bool, waiting: bool = False) -> Entry:
    """An event as an entry of a calendar."""
    address = f"{public_url()}/events/{event.id}"
    about = [event.summary, "You are on the waiting list." if waiting else ""]
    about += [event.join_link, event.joining] if inside else []
    made = Entry()
    made.add("uid", f"{event.id}@{UID_HOST}")
    made.add("dtstamp", event.created_at)
    made.add("sequence", event.version)
    made.add("summary", one_line(event.title))
    made.add("description", "\n".join([*(one_line(text) for text in about if text), address]))
    made.add("location", one_line(event.place or ("Online" if event.online else "")))
    made.add("url", address)
    made.add("dtstart", event.starts_at)
    made.add("dtend", event.ends_at)
    made.add("status", _status(event, waiting))
    return made


def plan_csv(records: Iterable[CountedEvent]) -> bytes:
    """What the rate of a quarter was counted from."""
    return write_csv(
        PLAN_COLUMNS,
        [
            (
                one.title,
                one.kind.words,
                one.planned_month.isoformat()[:7] if one.planned_month else None,
                one.outcome.words,
                one.on,
                "yes" if one.counts else "no",
            )
            for one in records
        ],
    )


def _status(event: Event, waiting: bool) -> str:
    if event.state is EventState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if waiting else "CONFIRMED"
