"""Links by e-mail that set a password: for somebody invited, and for somebody who forgot theirs.

A link's token is random, kept only as a digest, works once and ends by itself. Setting a password ends
every sign-in of the person and every other link of theirs.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from portal.accounts import passwords, sign_in
from portal.accounts.current import held_by
from portal.accounts.models import Invitation, Person
from portal.accounts.rules.actors import PORTAL, Actor
from portal.accounts.service.throttling import count_try, forget_failures, forget_tries
from portal.core import clock
from portal.core.act import act, operational
from portal.core.config import Settings
from portal.core.db import db
from portal.core.errors import Invalid, Refused
from portal.core.jobs.queue import enqueue
from portal.core.mail import send_mail, words

RESET_JOB = "accounts.reset"
MOST_RESETS = 5  # links an hour for one account: nobody is flooded with mails
GONE = "This link has been used, or has ended. Ask for a new one."


class Purpose(StrEnum):
    """What a link is for."""

    INVITE = "invite"
    RESET = "reset"


LASTS = {Purpose.INVITE: timedelta(days=7), Purpose.RESET: timedelta(hours=2)}


@dataclass(frozen=True)
class Link:
    """A link that still works, and whose it is."""

    id: UUID
    purpose: Purpose
    person_id: UUID
    name: str
    email: str


def issue(person: Person, purpose: Purpose) -> str:
    """Make a link for a person, e-mail it, and end their earlier ones. Returns it. Call inside a verb."""
    now = clock.now()
    end_links(person.id)
    token = secrets.token_urlsafe(32)
    db.session.add(
        Invitation(
            person_id=person.id,
            token_digest=sign_in.digest(token),
            purpose=purpose,
            created_at=now,
            expires_at=now + LASTS[purpose],
        )
    )
    settings: Settings = current_app.config["SETTINGS"]
    address = f"{settings.public_url}/set-password/{token}"
    subject, text = words(f"email/{purpose}.txt", name=person.name, link=address, ends=now + LASTS[purpose])
    send_mail(person.email, subject, text)
    return address


def end_links(person_id: UUID) -> None:
    """End every link of a person that still works. Call inside a verb."""
    open_links = update(Invitation).where(Invitation.person_id == person_id, Invitation.used_at.is_(None))
    db.session.execute(open_links.values(used_at=clock.now()))


def find(token: str) -> Link | None:
    """The link with this token if it still works."""
    query = (
        select(Invitation, Person)
        .join(Person, Person.id == Invitation.person_id)
        .where(
            Invitation.token_digest == sign_in.digest(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > clock.now(),
            Person.disabled_at.is_(None),
        )
    )
    found = db.session.execute(query).first()
    if found is None:
        return None
    link, person = found
    return Link(link.id, Purpose(link.purpose), person.id, person.name, person.email)


def ask_for_reset(email: str) -> None:
    """Have a link sent to whoever has this address (normal form). Takes and says the same if nobody does:
    whether anybody does is only looked up by the job."""
    with operational():
        enqueue(RESET_JOB, {"email": email})


def send_reset(payload: dict[str, Any]) -> None:
    """Handler of `accounts.reset`. Somebody invited who has no password yet is sent their invitation anew."""
    query = select(Person.id).where(Person.email == payload["email"], Person.disabled_at.is_(None))
    person_id = db.session.execute(query).scalar_one_or_none()
    if person_id is None or _sent_lately(person_id) >= MOST_RESETS:
        return
    with act(PORTAL, "person.ask-reset", ("person", person_id)):
        person = db.session.get_one(Person, person_id)
        issue(person, Purpose.RESET if person.password_hash else Purpose.INVITE)


def _sent_lately(person_id: UUID) -> int:
    query = select(func.count()).where(
        Invitation.person_id == person_id, Invitation.created_at > clock.now() - timedelta(hours=1)
    )
    return db.session.execute(query).scalar_one()


def set_by_link(token: str, password: str) -> UUID:
    """Set the password of the link's person. Raises Refused where the link ended, Invalid for a bad one."""
    link = find(token)
    if link is None:
        raise Refused(GONE)
    new = _checked(password, link.name, link.email)
    actor = _actor(link.person_id)
    with act(actor, "person.set-password", ("person", link.person_id)) as work:
        now = clock.now()
        used = update(Invitation).where(
            Invitation.id == link.id, Invitation.used_at.is_(None), Invitation.expires_at > now
        )
        if db.session.execute(used.values(used_at=now).returning(Invitation.id)).first() is None:
            raise Refused(GONE)
        person = db.session.get_one(Person, link.person_id)
        if person.disabled_at is not None:
            raise Refused(GONE)
        _set(person, new)
        forget_failures(person.email)
        work.note(by=link.purpose)
    return link.person_id


def change(actor: Actor, current: str, password: str, address: str) -> UUID:
    """Change one's own password. Raises Invalid where the old one is wrong or the new one is bad, and
    TooManyTries as signing in does: a sign-in left open is no way to guess the password."""
    person = db.session.get_one(Person, actor.person_id)
    counted = count_try(person.email, address)
    if not passwords.matches(person.password_hash, current):
        raise Invalid({"current": "This is not your current password"})
    forget_tries(counted, person.email, address)
    if passwords.matches(person.password_hash, password):
        raise Invalid({"password": "Choose a password that differs from your current one"})
    old, new = person.password_hash, _checked(password, person.name, person.email)
    with act(actor, "person.change-password", ("person", person.id)):
        fresh = db.session.get_one(Person, actor.person_id, populate_existing=True)
        if fresh.password_hash != old or fresh.disabled_at is not None:
            raise Refused("Your password was changed somewhere else meanwhile. Sign in with the new one.")
        _set(fresh, new)
    return person.id


def _checked(password: str, name: str, email: str) -> str:
    found = passwords.problem(password, name, email)
    if found:
        raise Invalid({"password": found})
    return passwords.hashed(password)


def _set(person: Person, new: str) -> None:
    person.password_hash = new
    person.version += 1
    sign_in.end_all(person.id)
    end_links(person.id)


def _actor(person_id: UUID) -> Actor:
    person = db.session.get_one(Person, person_id, options=[selectinload(Person.memberships)])
    return Actor(person.id, person.name, held_by(person.memberships, clock.today()))
