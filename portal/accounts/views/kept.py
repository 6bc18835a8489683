"""What a person typed when their sign-in or token had lapsed: carried through sign-in, never lost.

It travels signed in a hidden field of the pages in between, so that the server keeps nothing of it. It
is shown in plain view before it is sent again, and only to the person who typed it, where that is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, request, session, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from portal.accounts.models import SignIn
from portal.accounts.rules.links import same_site_path
from portal.accounts.sign_in import COOKIE_FIELD, digest
from portal.core.config import Settings
from portal.core.db import db

NEVER_KEPT = {"csrf_token", "kept", "next"}
LARGEST = 150_000  # characters; a form's fields together may hold 500 kB (Flask)


@dataclass(frozen=True)
class Kept:
    """A form that could not be taken: where it was going and what was in it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    again: tuple[str, ...]  # what has to be entered again: files and passwords
    person_id: UUID | None  # whose sign-in it was
    too_large: bool = False

    def signed(self) -> str:
        """As one hidden field carries it."""
        return _serializer().dumps([self.path, self.fields, self.again, str(self.person_id or "")])

    @property
    def back(self) -> str:
        """Where to go without sending: the form's own address where that is a page, else the first page."""
        try:
            current_app.url_map.bind("").match(self.path.partition("?")[0], method="GET")
        except HTTPException:
            return url_for("home.index")
        return self.path

    @property
    def sendable(self) -> bool:
        """Whether it can be sent again as it stands."""
        return bool(self.fields) and not self.too_large and not any(map(_secret, self.again))


def same_origin() -> bool:
    """Whether the request comes from a page of this site, as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    said = request.headers.get("Origin") or request.headers.get("Referer")
    return bool(said) and urlsplit(said).netloc == request.host


def typed() -> Kept:
    """What this request's form holds; without passwords, files and tokens."""
    items = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    fields = tuple((name, value) for name, value in items if not _secret(name))
    files = [name for name, file in request.files.items(multi=True) if file.filename]
    again = tuple(dict.fromkeys([*files, *(name for name, _ in items if _secret(name))]))
    too_large = sum(len(name) + len(value) for name, value in fields) > LARGEST
    path = request.full_path.rstrip("?")
    return Kept(path, () if too_large else fields, again, _whose(), too_large)


def carried(signed: str | None) -> Kept | None:
    """What a page carried; None where there is none, it was changed, or it is older than a sign-in may be."""
    if not signed:
        return None
    settings: Settings = current_app.config["SETTINGS"]
    try:
        path, fields, again, person = _serializer().loads(signed, max_age=settings.session_hours * 3600)
    except BadData:
        return None
    if same_site_path(path) is None:
        return None
    pairs = tuple((str(name), str(value)) for name, value in fields)
    return Kept(path, pairs, tuple(again), UUID(person) if person else None)


def _whose() -> UUID | None:
    token = session.get(COOKIE_FIELD)
    if not token:
        return None
    query = select(SignIn.person_id).where(SignIn.token_digest == digest(token))
    return db.session.execute(query).scalar_one_or_none()


def _secret(name: str) -> bool:
    return "password" in name.lower()


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept-form")
