"""Making events for tests, in the small world of tests/support/assessing.py."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Membership, Person
from portal.accounts.rules.actors import Actor, Held
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs.models import Mail
from portal.events.models import Booking, Event
from portal.events.rules.booking import BookingState
from portal.events.rules.draft import EventDraft, Times
from portal.events.rules.kinds import EventKind
from portal.events.service.arranging import create_event, publish_event
from tests.support.assessing import actor, id_of

SUPPLIER = "support"
LINK = "https://meet.example.org/community"
DRAFT = EventDraft(
    EventKind.COMMUNITY,
    "Employment specialists’ community of practice",
    "Specialists meet and talk through cases.",
    online=True,
    join_link=LINK,
    joining="Join five minutes early.",
    capacity=20,
)


def times(days: int = 30, begins: int = 10, ends: int = 12) -> Times:
    """So many days from today."""
    return Times(clock.today() + timedelta(days=days), time(begins), time(ends))


def on(day: date) -> Times:
    return Times(day, time(10), time(12))


def planned(days: int = 30, when: Times | None = None, **changes: Any) -> UUID:
    """An event that is not published."""
    draft = replace(DRAFT, **changes)
    return create_event(actor("eism"), id_of(SUPPLIER), draft, when or times(days))


def published(days: int = 30, when: Times | None = None, **changes: Any) -> UUID:
    """An event that can be booked."""
    made = planned(days, when, **changes)
    publish_event(actor("eism"), made, 1)
    return made


def event(event_id: UUID) -> Event:
    """The event as it stands."""
    found = db.session.get(Event, event_id, populate_existing=True)
    assert found is not None
    return found


def queue(event_id: UUID, state: BookingState) -> list[UUID]:
    """Who stands so, in the order of asking."""
    query = select(Booking.person_id).where(Booking.event_id == event_id, Booking.state == state)
    return list(db.session.scalars(query.order_by(Booking.seq)))


def mails() -> list[tuple[str, str]]:
    """Recipient and subject of every mail, the oldest first."""
    rows = db.session.execute(select(Mail.recipient, Mail.subject).order_by(Mail.created_at, Mail.id)).all()
    return [(row.recipient, row.subject) for row in rows]


def crowd(count: int) -> list[Actor]:
    """So many more people of one provider."""
    made = []
    with operational() as session:
        for number in range(count):
            person_id = uuid.uuid5(uuid.NAMESPACE_OID, f"crowd {number}")
            address = f"crowd-{number}@example.org"
            session.add(
                Person(id=person_id, email=address, name=f"Crowd {number:03}", created_at=clock.now())
            )
            session.flush()
            session.add(
                Membership(
                    person_id=person_id,
                    organisation_id=id_of("alder"),
                    role=Role.PROVIDER_STAFF,
                    starts=clock.today() - timedelta(days=10),
                )
            )
            made.append(Actor(person_id, f"Crowd {number:03}", (Held(Role.PROVIDER_STAFF, id_of("alder")),)))
    return made
