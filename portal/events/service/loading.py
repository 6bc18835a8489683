"""Loading an event inside a verb, locked, and who may change it."""

from __future__ import annotations

from uuid import UUID

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, allowed, demand
from portal.core.db import db
from portal.core.errors import Forbidden, NotFound, Stale
from portal.events.models import Event


def locked(event_id: UUID) -> Event:
    """The event, which nobody else changes or books until this verb ends. Raises NotFound.

    On PostgreSQL its row is locked; on SQLite the verb's own transaction already keeps others out.
    """
    event = db.session.get(Event, event_id, with_for_update=True, populate_existing=True)
    if event is None:
        raise NotFound("There is no such event.")
    return event


def managed(actor: Actor, event_id: UUID, seen: int | None = None) -> Event:
    """As `locked`, for its organisers. Raises NotFound, Forbidden, or Stale (`seen`: an old version)."""
    event = locked(event_id)
    demand(actor, Permission.EVENTS_MANAGE, Links(supplier=event.organiser_id))
    if seen is not None and event.version != seen:
        raise Stale("Somebody else changed this event first.", values_of(event), event.version)
    return event


def manages(actor: Actor, event: Event) -> bool:
    """Whether the actor is one of the event's organisers."""
    return actor.is_portal or allowed(actor, Permission.EVENTS_MANAGE, Links(supplier=event.organiser_id))


def values_of(event: Event) -> dict[str, object]:
    """What a form of the event shows, by field."""
    names = ("kind", "title", "summary", "description", "online", "place", "join_link", "joining", "region")
    more = ("capacity", "public", "theme", "item_keys", "plan_line_id", "starts_at", "ends_at")
    return {name: getattr(event, name) for name in (*names, *more)}


def somebody(person_id: UUID | None) -> Person:
    """A person who can be booked. Raises Forbidden for the portal itself, NotFound for a disabled account."""
    if person_id is None:
        raise Forbidden("A place belongs to a person.")
    person = db.session.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        raise NotFound("There is no such person.")
    return person
