"""Signing in and out: the password check with its limits, and the end of every sign-in of a person."""

from __future__ import annotations

import logging
from uuid import UUID

from sqlalchemy import select, update

from portal.accounts import passwords, sign_in
from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.accounts.service.throttling import count_try, forget_tries
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import PortalError

log = logging.getLogger("portal.security")


class WrongPassword(PortalError):
    """The e-mail address or the password is not right; which of them is not said."""


def authenticate(email: str, password: str, address: str) -> UUID:
    """The person with this e-mail address (normal form) and password.

    Raises WrongPassword or TooManyTries, in the same words and after the same work for unknown accounts.
    """
    counted = count_try(email, address)
    person = db.session.execute(select(Person).where(Person.email == email)).scalar_one_or_none()
    usable = person if person is not None and person.disabled_at is None else None
    kept = usable.password_hash if usable is not None else None
    if not passwords.matches(kept, password) or usable is None:
        log.info("sign-in refused: wrong password, person %s, from %s", person.id if person else "-", address)
        raise WrongPassword("The email address or the password is not right")
    forget_tries(counted, email, address)
    if kept and passwords.outdated(kept):
        _renew(usable.id, kept, passwords.hashed(password))
    log.info("signed in: person %s, from %s", usable.id, address)
    return usable.id


def sign_out(actor: Actor) -> None:
    """End every sign-in of the person, on every device."""
    with act(actor, "person.sign-out", ("person", actor.person_id)):
        if actor.person_id is not None:
            sign_in.end_all(actor.person_id)


def _renew(person_id: UUID, old: str, new: str) -> None:
    """The same password under today's hashing parameters."""
    with operational() as database:
        database.execute(
            update(Person)
            .where(Person.id == person_id, Person.password_hash == old)
            .values(password_hash=new)
        )
