"""Events: booking, and the public calendar (issue 5, Performance)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from flask import Flask

from benchmarks.growing import copy
from benchmarks.serving import Client, portal
from benchmarks.timing import ROUNDS, WARM_UP, Figure, in_turn, spread, timed
from portal.accounts.models import Membership, Person
from portal.accounts.rules.actors import Actor, Held
from portal.accounts.rules.roles import Role
from portal.app import create_app
from portal.core import clock
from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db
from portal.demonstration.people import EISM, SHOWCASE, SUPPLIER
from portal.demonstration.script import actor
from portal.events.rules.draft import EventDraft, Times
from portal.events.rules.kinds import EventKind
from portal.events.service.arranging import create_event, publish_event
from portal.events.service.booking import book

EVENTS = 100
PEOPLE = WARM_UP + ROUNDS


def events(base: Path, folder: Path) -> Iterator[Figure]:
    """Booking as a verb, with its mail and its row of the audit; the calendar as anybody gets it."""
    data_dir = copy(base, folder / "events")
    app = create_app(Settings(data_dir=str(data_dir)))
    with app.app_context(), _closing(app):
        arranged = [_event(number) for number in range(EVENTS)]
        people = _people()
        times = [timed(partial(book, one, arranged[0])) for one in people]
    yield Figure("Booking a place", *spread(times[WARM_UP:]), bound=15)
    with portal(data_dir) as port:
        client = Client(port)
        calendar, page = in_turn(lambda: client.get("/events"), lambda: client.get(f"/events/{arranged[0]}"))
    yield Figure(f"Public calendar, {EVENTS} events to come", *spread(calendar), bound=20)
    yield Figure("Public page of an event", *spread(page), bound=20)


def _event(number: int) -> UUID:
    organiser = actor(EISM.id)
    draft = EventDraft(
        EventKind.LEARNING, f"Session {number}", "Measured.", online=True, capacity=PEOPLE // 2
    )
    day: date = clock.today() + timedelta(days=1 + number)
    event_id = create_event(organiser, SUPPLIER.id, draft, Times(day, time(10), time(12)))
    publish_event(organiser, event_id, 1)
    return event_id


def _people() -> list[Actor]:
    made = []
    now: datetime = clock.now()
    with operational() as session:
        for number in range(PEOPLE):
            person = Person(
                id=uuid.uuid4(), email=f"measured-{number}@example.org", name="Measured", created_at=now
            )
            session.add(person)
            session.flush()
            held = Membership(person_id=person.id, organisation_id=SHOWCASE.id, role=Role.PROVIDER_STAFF)
            held.starts = clock.today()
            session.add(held)
            made.append(Actor(person.id, person.name, (Held(Role.PROVIDER_STAFF, SHOWCASE.id),)))
    return made


@contextmanager
def _closing(_app: Flask) -> Iterator[None]:
    """Let go of the database, which a served portal opens next."""
    try:
        yield
    finally:
        db.session.remove()
        db.engine.dispose()
