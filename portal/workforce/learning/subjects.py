"""Finding a person for the routes about their learning."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.accounts.current import current_actor
from portal.accounts.models import Organisation, Person
from portal.accounts.rules.permissions import NO_LINKS, Links, Permission, allowed
from portal.accounts.rules.roles import Role
from portal.core.db import db
from portal.core.errors import Forbidden
from portal.core.storage.models import Attachment
from portal.directory.scope import links_of
from portal.workforce.learning.models import ClinicalSession, Completion, How
from portal.workforce.learning.people import employers, person_links, roles_of


@dataclass(frozen=True)
class PersonSubject:
    """A person whose learning somebody else looks at. `records`: the actor may record what they completed."""

    id: UUID
    name: str
    organisation: str
    roles: tuple[Role, ...]
    records: bool


def person_subject(person_id: UUID, **_: object) -> tuple[PersonSubject, Links] | None:
    """The person, with the links by which the actor may see their learning."""
    name = db.session.scalar(select(Person.name).where(Person.id == person_id, Person.disabled_at.is_(None)))
    own = employers(person_id)
    if name is None or not own:
        return None
    organisation_id = own[0].provider or own[0].supplier
    organisation = db.session.scalar(select(Organisation.name).where(Organisation.id == organisation_id))
    records = any(_records(one) for one in own)
    subject = PersonSubject(person_id, name, organisation or "", roles_of(person_id), records)
    return subject, person_links(current_actor(), person_id)


def own_person_subject(person_id: UUID, **_: object) -> tuple[PersonSubject, Links] | None:
    """The same of a person of the actor's own organisation: who sees others may not record for them.

    Raises Forbidden.
    """
    found = person_subject(person_id)
    if found is None:
        return None
    subject, links = found
    held = next((one for one in employers(person_id) if _records(one)), None)
    if held is None and allowed(current_actor(), Permission.LEARNING_READ, links):
        raise Forbidden("Your role lets you read this, but not change it.")
    return subject, held or NO_LINKS


def _records(links: Links) -> bool:
    return allowed(current_actor(), Permission.LEARNING_RECORD, links)


def external_of(person_id: UUID, completion_id: UUID) -> tuple[Completion, Attachment | None] | None:
    """An external course recorded of this person, with its file."""
    query = (
        select(Completion, Attachment)
        .outerjoin(Attachment, Attachment.id == Completion.attachment_id)
        .where(
            Completion.id == completion_id,
            Completion.person_id == person_id,
            Completion.how == How.EXTERNAL,
        )
    )
    row = db.session.execute(query).first()
    return None if row is None else (row[0], row[1])


def clinical_course_subject(session_id: UUID, **_: object) -> tuple[ClinicalSession, Links] | None:
    """A course for the clinical staff of a host team, with its service's links."""
    row = db.session.get(ClinicalSession, session_id)
    links = links_of(row.service_id) if row else None
    return (row, links) if row and links else None
