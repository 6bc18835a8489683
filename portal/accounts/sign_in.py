"""Server-side sign-ins: the cookie carries a random token, the database decides whether it still holds.

A sign-in ends on sign-out, disabling and password change, for every device at once (promise 12),
and after the idle and absolute limits of the settings.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask, current_app, request, session
from flask_login import LoginManager
from sqlalchemy import Date, and_, bindparam, select, update

from portal.accounts.current import covers
from portal.accounts.models import Membership, Person, SignIn
from portal.accounts.rules.actors import Actor, Held
from portal.core import clock
from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db

COOKIE_FIELD = "sign_in"
SEEN_EVERY = timedelta(minutes=5)  # how often the last-seen time is written

login_manager = LoginManager()


class SignedInPerson:
    """What Flask-Login holds for a request: the actor and the sign-in row's id."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, actor: Actor, sign_in_id: UUID, email: str) -> None:
        self.actor = actor
        self.sign_in_id = sign_in_id
        self.email = email

    def get_id(self) -> str:
        return str(self.actor.person_id)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(person_id: UUID) -> None:
    """Start a sign-in for this browser, with a new cookie content (no fixation)."""
    token = secrets.token_urlsafe(32)
    session.clear()
    session[COOKIE_FIELD] = token
    now = clock.now()
    with operational() as database:
        database.add(
            SignIn(
                person_id=person_id,
                token_digest=digest(token),
                started_at=now,
                seen_at=now,
                agent=(request.user_agent.string or "")[:200],
            )
        )


def end_all(person_id: UUID) -> None:
    """End every sign-in of a person. Call inside the verb that is the cause."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


# Asked on every request: one statement, built once. A person without memberships has one row without role.
_WHO = (
    select(
        SignIn.id,
        SignIn.started_at,
        SignIn.seen_at,
        Person.id.label("person_id"),
        Person.name,
        Person.email,
        Membership.role,
        Membership.organisation_id,
        Membership.region,
    )
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(Membership, and_(Membership.person_id == Person.id, covers(bindparam("today", type_=Date))))
    .where(
        SignIn.token_digest == bindparam("digest"), SignIn.ended_at.is_(None), Person.disabled_at.is_(None)
    )
)


def _load() -> SignedInPerson | None:
    token = session.get(COOKIE_FIELD)
    if not token:
        return None
    rows = db.session.execute(_WHO, {"digest": digest(token), "today": clock.today()}).all()
    if not rows or _lapsed(rows[0]):
        return None
    first = rows[0]
    held = tuple(Held(row.role, row.organisation_id, row.region) for row in rows if row.role is not None)
    if clock.now() - first.seen_at > SEEN_EVERY:
        _mark_seen(first.id)
    return SignedInPerson(Actor(first.person_id, first.name, held), first.id, first.email)


def _lapsed(sign_in: Any) -> bool:
    """Whether it is past the idle or the absolute limit of the settings."""
    settings: Settings = current_app.config["SETTINGS"]
    now = clock.now()
    idle: timedelta = now - sign_in.seen_at
    age: timedelta = now - sign_in.started_at
    return idle > timedelta(minutes=settings.session_idle_minutes) or age > timedelta(
        hours=settings.session_hours
    )


def _mark_seen(sign_in_id: UUID) -> None:
    with operational() as database:
        database.execute(
            update(SignIn)
            .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
            .values(seen_at=clock.now())
        )


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    login_manager.request_loader(lambda _request: _load())
    login_manager.session_protection = None  # our own sign-in rows decide
