"""What the routes of accounts are about: each loader gives the subject with its links, or None (404)."""

from __future__ import annotations

from uuid import UUID

from portal.accounts import queries
from portal.accounts.models import Membership, Organisation
from portal.accounts.queries import PersonRow
from portal.accounts.rules.permissions import NO_LINKS, Links
from portal.core.db import db


def person_subject(person_id: UUID, **_rest: object) -> tuple[PersonRow, Links] | None:
    """A person, for administrators."""
    found = queries.person(person_id)
    return None if found is None else (found, NO_LINKS)


def organisation_subject(organisation_id: UUID) -> tuple[Organisation, Links] | None:
    """An organisation; as the provider it may be, its own manager's."""
    found = db.session.get(Organisation, organisation_id)
    return None if found is None else (found, Links(provider=found.id))


def membership_subject(membership_id: UUID) -> tuple[Membership, Links] | None:
    """A role somebody holds; within reach of the organisation's own manager."""
    found = db.session.get(Membership, membership_id)
    return None if found is None else (found, Links(provider=found.organisation_id))
