"""What managers record of their people: external courses, and the set that is required of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, demand_version
from portal.core.storage.service import Saved, record
from portal.workforce.learning.models import ChosenSet, Completion, How
from portal.workforce.learning.people import employers, roles_of
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.standing import expiry

MOST_NOTE = 1000  # characters
NOBODY = "There is no such person."


@dataclass(frozen=True)
class ExternalDone:
    """An external course that somebody completed. Either the note or the file shows it."""

    course: str
    completed_on: date
    note: str
    file: Saved | None = None


def record_external(actor: Actor, person_id: UUID, done: ExternalDone, id_: UUID | None = None) -> UUID:
    """Record that a person of one's organisation completed an external course. Returns the id.

    Raises Forbidden, NotFound or Invalid (course, completed_on, note).
    """
    completion_id = id_ or uuid.uuid4()
    with act(actor, "learning.record", ("completion", completion_id)) as work:
        _demand(actor, person_id)
        course = catalogue().external.get(done.course)
        if course is None:
            raise Invalid({"course": "Choose the course"})
        _check(person_id, done)
        attachment = record(actor, done.file) if done.file else None
        db.session.add(
            Completion(
                id=completion_id,
                person_id=person_id,
                course=course.key,
                how=How.EXTERNAL,
                completed_on=done.completed_on,
                expires_on=expiry(done.completed_on, course.expires_months),
                note=done.note,
                attachment_id=attachment.id if attachment else None,
                recorded_by=actor.person_id,
                recorded_at=clock.now(),
            )
        )
        work.note(person=person_id, course=course.key, completed_on=done.completed_on)
    return completion_id


def withdraw(actor: Actor, person_id: UUID, completion_id: UUID) -> None:
    """Take back an external course that was recorded by mistake. Twice is once.

    Raises Forbidden or NotFound; what somebody earned by a quiz cannot be withdrawn.
    """
    with act(actor, "learning.withdraw", ("completion", completion_id)) as work:
        _demand(actor, person_id)
        row = db.session.get(Completion, completion_id, with_for_update=True, populate_existing=True)
        if row is None or row.person_id != person_id or row.how is not How.EXTERNAL:
            raise NotFound("There is no such record.")
        if row.withdrawn_at is not None:
            work.unchanged()
            return
        row.withdrawn_at, row.withdrawn_by = clock.now(), actor.person_id
        work.note(person=person_id, course=row.course)


def choose_set(actor: Actor, person_id: UUID, set_key: str, since: date | None, version: int) -> None:
    """Choose what is required of a person, from a day on; an empty key goes back to their role's own.

    `version`: of the choice that the manager saw, 0 where there was none. Raises Forbidden, NotFound,
    Invalid (set_key, since) or Stale.
    """
    with act(actor, "learning.choose-set", ("person", person_id)) as work:
        _demand(actor, person_id)
        _locked(person_id)
        row = db.session.get(ChosenSet, person_id, populate_existing=True)
        stands = {"set_key": row.set_key if row else "", "since": row.since if row else None}
        demand_version(version, row.version if row else 0, stands)
        if not set_key:
            _back(row)
        else:
            _choose(person_id, set_key, since, row)
        work.note(set=set_key, since=since)


def _choose(person_id: UUID, set_key: str, since: date | None, row: ChosenSet | None) -> None:
    if set_key not in {one.key for one in catalogue().offered(roles_of(person_id))}:
        raise Invalid({"set_key": "Choose one from the list"})
    if since is None:
        raise Invalid({"since": "Enter the first day in this role, like 1 4 2026"})
    if row is None:
        db.session.add(ChosenSet(person_id=person_id, set_key=set_key, since=since))
    else:
        row.set_key, row.since, row.version = set_key, since, row.version + 1


def _back(row: ChosenSet | None) -> None:
    if row is not None:
        db.session.delete(row)


def _check(person_id: UUID, done: ExternalDone) -> None:
    problems = {}
    if done.completed_on > clock.today():
        problems["completed_on"] = "The day must be today or in the past"
    if len(done.note) > MOST_NOTE:
        problems["note"] = f"The evidence must be {MOST_NOTE:,} characters or fewer"
    if not done.note and done.file is None:
        problems["note"] = "Say what shows it, or choose a file"
    query = select(Completion.id).where(
        Completion.person_id == person_id,
        Completion.course == done.course,
        Completion.completed_on == done.completed_on,
        Completion.withdrawn_at.is_(None),
    )
    if not problems and db.session.execute(query).first() is not None:
        problems["completed_on"] = "This course is recorded for that day already"
    if problems:
        raise Invalid(problems)


def _demand(actor: Actor, person_id: UUID) -> None:
    """The right over the person, by any organisation they belong to today."""
    links = employers(person_id)
    if not links:
        raise NotFound(NOBODY)
    held = next((one for one in links if allowed(actor, Permission.LEARNING_RECORD, one)), links[0])
    demand(actor, Permission.LEARNING_RECORD, held)


def _locked(person_id: UUID) -> None:
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
