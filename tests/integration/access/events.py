"""North's events in the world of attacks: one anybody sees, one for the signed in, one still planned."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import quarter_of
from portal.core.storage import service as storage
from portal.events.models import EventMaterial, EventPlanLine
from portal.events.rules.draft import EventDraft, Times
from portal.events.rules.kinds import EventKind
from portal.events.service.afterwards import add_material
from portal.events.service.arranging import create_event, publish_event
from portal.events.service.planning import add_line
from tests.integration.access import world

OPEN, INSIDE, PLANNED = "event-open", "event-inside", "event-planned"


def fill() -> None:
    """Write them."""
    eism, north = world.actor("eism"), world.id_of("north")
    when = Times(clock.today() + timedelta(days=30), time(10), time(12))
    for name in (OPEN, INSIDE, PLANNED):
        draft = EventDraft(
            EventKind.LEARNING, name, "What it is about", online=True, public=name != INSIDE, capacity=40
        )
        create_event(eism, north, draft, when, world.id_of(name))
        if name != PLANNED:
            publish_event(eism, world.id_of(name), 1)
    add_material(eism, world.id_of(OPEN), "Slides", "", storage.save("slides.pdf", b"%PDF-1.4 slides"))
    coming = quarter_of(clock.today()).plus(1)
    add_line(eism, north, coming, EventKind.TRAINING, "Benefits course", coming.first)


def ids(on: str) -> dict[str, Any]:
    """What addresses of an event need."""
    found: dict[str, Any] = {"event_id": world.id_of(on)}
    found["line_id"] = db.session.scalars(select(EventPlanLine.id)).first()
    found["material_id"] = db.session.scalars(select(EventMaterial.id)).first()
    found["person_id"] = world.id_of("staff")
    return found
