"""A person's secret calendar address: made, made anew, taken away. Only a digest of it is kept."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.accounts import sign_in
from portal.accounts.current import held_by
from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden
from portal.core.urls import public_url
from portal.reviews.external.models.timeline import CalendarAddress

LONGEST_TOKEN = 100  # a token has 43 characters; nothing longer is looked up


def make(actor: Actor) -> str:
    """Make the person's address, or make it anew: the one before stops working. Returns it, once."""
    with act(actor, "person.make-calendar-address", ("person", actor.person_id)) as work:
        _demand_person(actor)
        token = secrets.token_urlsafe(32)
        row = _row(actor)
        work.note(renewed=row is not None)
        if row is None:
            row = CalendarAddress(person_id=actor.person_id)
            db.session.add(row)
        row.token_digest, row.made_at = sign_in.digest(token), clock.now()
    return f"{public_url()}/calendar/{token}.ics"


def revoke(actor: Actor) -> bool:
    """Take the person's address away. False where there was none."""
    with act(actor, "person.revoke-calendar-address", ("person", actor.person_id)) as work:
        _demand_person(actor)
        row = _row(actor)
        if row is None:
            work.unchanged()
            return False
        db.session.delete(row)
    return True


def made_at(actor: Actor) -> datetime | None:
    """When the person's address was made; None where they have none."""
    row = _row(actor)
    return row.made_at if row else None


def whose(token: str) -> Actor | None:
    """Whose calendar this token opens, with the roles of today. None for an unknown or revoked one.

    The digest is looked up by its index, so that the time taken says nothing about how near a guess is.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    query = (
        select(Person)
        .join(CalendarAddress, CalendarAddress.person_id == Person.id)
        .where(CalendarAddress.token_digest == sign_in.digest(token), Person.disabled_at.is_(None))
        .options(selectinload(Person.memberships))
    )
    person = db.session.execute(query).scalar_one_or_none()
    return Actor(person.id, person.name, held_by(person.memberships, clock.today())) if person else None


def _row(actor: Actor) -> CalendarAddress | None:
    query = select(CalendarAddress).where(CalendarAddress.person_id == actor.person_id)
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()


def _demand_person(actor: Actor) -> None:
    if actor.person_id is None:
        raise Forbidden("A calendar address belongs to a person.")
