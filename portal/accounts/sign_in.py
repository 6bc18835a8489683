"""Server-side sign-ins: the cookie carries a random token, the database decides whether it still holds.

A sign-in ends on sign-out, disabling and password change, for every device at once (promise 12),
and after the idle and absolute limits of the settings.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from flask import Flask, current_app, request, session
from flask_login import LoginManager
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from portal.accounts.current import held_by
from portal.accounts.models import Person, SignIn
from portal.accounts.rules.actors import Actor
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


def _load() -> SignedInPerson | None:
    token = session.get(COOKIE_FIELD)
    if not token:
        return None
    query = (
        select(SignIn, Person)
        .join(Person, Person.id == SignIn.person_id)
        .where(SignIn.token_digest == digest(token), SignIn.ended_at.is_(None), Person.disabled_at.is_(None))
        .options(selectinload(Person.memberships))
    )
    found = db.session.execute(query).first()
    if found is None:
        return None
    sign_in, person = found
    settings: Settings = current_app.config["SETTINGS"]
    now = clock.now()
    idle = now - sign_in.seen_at > timedelta(minutes=settings.session_idle_minutes)
    old = now - sign_in.started_at > timedelta(hours=settings.session_hours)
    if idle or old:
        return None
    signed_in = SignedInPerson(
        Actor(person.id, person.name, held_by(person.memberships, clock.today())), sign_in.id, person.email
    )
    if now - sign_in.seen_at > SEEN_EVERY:
        _mark_seen(sign_in.id)
    return signed_in


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
