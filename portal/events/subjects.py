"""Finding an event for the routes about it, and who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g
from sqlalchemy import select

from portal.accounts.access import SignInNeeded
from portal.accounts.current import current_actor
from portal.accounts.models import Organisation
from portal.accounts.rules.permissions import Links, Permission, Reach, allowed, reaches
from portal.accounts.rules.roles import OrganisationKind
from portal.core.db import db
from portal.core.errors import NotFound
from portal.events.models import Event, EventPlan, EventPlanLine
from portal.events.rules.state import EventState


@dataclass(frozen=True)
class EventSubject:
    """An event with its organiser's name."""

    event: Event
    organiser: str


def event_subject(event_id: UUID, **_: object) -> tuple[EventSubject, Links] | None:
    """The event, linked to its organiser. One statement."""
    query = (
        select(Event, Organisation.name)
        .join(Organisation, Organisation.id == Event.organiser_id)
        .where(Event.id == event_id)
    )
    row = db.session.execute(query).one_or_none()
    return (EventSubject(row[0], row[1]), Links(supplier=row[0].organiser_id)) if row else None


def plan_line_subject(line_id: UUID, **_: object) -> tuple[EventPlan, Links] | None:
    """The plan that a planned event is in, linked to its supplier. One statement."""
    query = select(EventPlan).join(EventPlanLine, EventPlanLine.plan_id == EventPlan.id)
    plan = db.session.execute(query.where(EventPlanLine.id == line_id)).scalar_one_or_none()
    return (plan, Links(supplier=plan.supplier_id)) if plan else None


class MaySeeEvent:
    """A public event, once published, is anybody's; others need a sign-in; one still planned its organisers'.

    Nobody who is not signed in learns whether there is anything behind an address that is not public.
    """

    words = "Anyone: public events; whoever is signed in: the others; organisers: what is still planned"

    def __init__(self, *, signed_in: bool = False) -> None:
        self.signed_in = signed_in
        if signed_in:
            self.words = "Anyone signed in who may see the event"

    def check(self, arguments: Mapping[str, Any]) -> EventSubject:
        actor, found = current_actor(), event_subject(**arguments)
        planned = found is not None and found[0].event.state is EventState.PLANNED
        public = found is not None and found[0].event.public and not planned
        if actor.person_id is None and (self.signed_in or not public):
            raise SignInNeeded
        if found is None or (planned and not allowed(actor, Permission.EVENTS_MANAGE, found[1])):
            raise NotFound("There is no such event.")
        g.links = found[1]
        return found[0]


def suppliers(permission: Permission) -> list[Organisation]:
    """The suppliers over whose events the actor holds a permission, by name."""
    held = reaches(current_actor(), permission)
    query = select(Organisation).where(Organisation.kind == OrganisationKind.SUPPLIER)
    if not any(reach is Reach.EVERY for _, reach in held):
        query = query.where(Organisation.id.in_({membership.organisation_id for membership, _ in held}))
    return list(db.session.scalars(query.order_by(Organisation.name, Organisation.id)))


def supplier_asked(permission: Permission, asked: str | None) -> tuple[Organisation, list[Organisation]]:
    """The supplier named in the address, the first where none is; and all there are to choose from.

    Raises NotFound where it is none of the actor's.
    """
    own = suppliers(permission)
    found = next((one for one in own if asked in (None, "", str(one.id))), None)
    if found is None:
        raise NotFound("There is no supplier of yours at this address.")
    return found, own
