"""Edits left by somebody who cannot sign in any more: kept for the lead reviewer, never applied.

A person whose account was disabled, or whose role ended, while they were without a network still has work
on the device. Its own secret, given at check-out, lets it be left here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.current import held_by
from portal.accounts.models import Membership, Person
from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden
from portal.reviews.offline.models import OnSiteDevice
from portal.reviews.offline.service.applying import take
from portal.reviews.offline.service.devices import digest

DISABLED = "The account of the person who made it is closed."


class SignInInstead(Exception):
    """The person's account is in force: they sign in, and their edits are applied."""


def depositor(device_id: UUID, token: str) -> Actor:
    """Whose device this secret belongs to. Raises Forbidden, or SignInInstead."""
    query = select(OnSiteDevice, Person).join(Person, Person.id == OnSiteDevice.person_id)
    row = db.session.execute(
        query.where(OnSiteDevice.id == device_id, OnSiteDevice.token_digest == digest(token))
    ).one_or_none()
    if row is None:
        raise Forbidden("This device is not known.")
    person = row.Person
    memberships = db.session.execute(select(Membership).where(Membership.person_id == person.id)).scalars()
    if person.disabled_at is None and held_by(list(memberships), clock.today()):
        raise SignInInstead
    return Actor(person.id, person.name)


def deposit(actor: Actor, device_id: UUID, batch: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Keep every edit in quarantine. Returns their receipts."""
    return take(actor, device_id, batch, refused=DISABLED)
