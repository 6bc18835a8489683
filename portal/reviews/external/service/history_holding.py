"""A file of past reviews between “this is what it holds” and “bring it in”.

The bytes stand in the storage's folder under a name that only a signed ticket tells, and no row names them:
a file that is not confirmed within the hour is swept away. What is confirmed becomes a job.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from portal.accounts.current import held_by
from portal.accounts.models import Person
from portal.accounts.rules.actors import NOBODY, Actor
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Invalid, PortalError
from portal.core.jobs.queue import enqueue
from portal.core.storage import service as storage
from portal.reviews.external.models.history import HistoryImport, ImportState
from portal.reviews.external.service.history import FIELD, Checked, check, import_history

JOB = "reviews.import-history"
KEPT_SECONDS = 50 * 60  # less than the storage keeps a file that no row names
LONGEST_PROBLEM = 400
GONE = "The file is no longer kept. Choose it again"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Held:
    """A file that waits to be confirmed."""

    stored_name: str
    name: str
    sha256: str
    data: bytes


def as_read(data: bytes) -> bytes:
    """The bytes that are checked and kept: text in UTF-16, as some programs save it, becomes UTF-8."""
    if not data.startswith(_UTF16):
        return data
    try:
        return data.decode("utf-16").encode("utf-8")
    except UnicodeError:
        return data


def hold(actor: Actor, name: str, data: bytes) -> str:
    """Keep a file for its confirmation. Returns the ticket. Raises Invalid where it cannot be taken."""
    try:
        saved = storage.save(name, data)
    except Invalid as error:
        raise Invalid({FIELD: next(iter(error.problems.values()))}) from error
    content = [str(actor.person_id), saved.stored_name, saved.original_name, saved.sha256]
    return str(_tickets().dumps(content))


def held(actor: Actor, ticket: str) -> Held:
    """The file that a ticket of this person names. Raises Invalid where it is no longer kept."""
    try:
        person, stored_name, name, sha256 = _tickets().loads(ticket, max_age=KEPT_SECONDS)
    except (BadData, ValueError, TypeError):
        raise Invalid({FIELD: GONE}) from None
    if person != str(actor.person_id):
        raise Invalid({FIELD: GONE})
    return _read(stored_name, name, sha256)


def ask(actor: Actor, file: Held, checked: Checked) -> UUID:
    """Have a confirmed file brought in by the worker. Returns the id under which its course is told."""
    assert actor.person_id is not None  # the page is for people
    row = HistoryImport(
        id=uuid.uuid4(),
        person_id=actor.person_id,
        file_name=file.name[:120],
        stored_name=file.stored_name,
        sha256=file.sha256,
        reviews=len(checked.reviews),
        services=len({review.service.id for review in checked.reviews}),
        asked_at=clock.now(),
    )
    with operational() as session:
        session.add(row)
        enqueue(JOB, {"import_id": str(row.id)})
    return row.id


def bring_in(payload: dict[str, str]) -> None:
    """The job. Called twice it finds everything there; what a rule refuses is kept as the reason."""
    row = db.session.get(HistoryImport, UUID(payload["import_id"]), populate_existing=True)
    if row is None or row.state is not ImportState.WAITING:
        return
    import_id, state, problem = row.id, ImportState.DONE, ""
    actor = _actor(row.person_id)
    try:
        file = _read(row.stored_name, row.file_name, row.sha256)
        if import_history(actor, file.name, file.data).already:
            state = ImportState.ALREADY
    except PortalError as error:
        state, problem = ImportState.REFUSED, error.reason[:LONGEST_PROBLEM]
    with operational() as session:
        ended = session.get_one(HistoryImport, import_id, populate_existing=True)
        ended.state, ended.problem, ended.ended_at = state, problem, clock.now()


def checked_again(actor: Actor, file: Held) -> Checked:
    """The same bytes against what is in the portal now."""
    return check(actor, file.name, file.data)


def _actor(person_id: UUID) -> Actor:
    """The person with the roles they hold when the file is brought in. Nobody where they are disabled."""
    person = db.session.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        return NOBODY
    return Actor(person.id, person.name, held_by(list(person.memberships), clock.today()))


def _read(stored_name: str, name: str, sha256: str) -> Held:
    data = storage.read_unnamed(stored_name)
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise Invalid({FIELD: GONE})
    return Held(stored_name, name, sha256, data)


def _tickets() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="history-import")
