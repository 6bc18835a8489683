"""Named reads about reviewers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.models import Membership, Person
from portal.accounts.rules.roles import Role
from portal.core.db import db
from portal.workforce.accreditation.models import ReviewerAccreditation

REVIEWING_ROLES = (Role.EISM, Role.LEAD_MANAGER)


def accredited_until(person_ids: Iterable[UUID], on: date) -> dict[UUID, date]:
    """The last day of each person's accreditation that has begun by a day. One statement."""
    query = (
        select(ReviewerAccreditation.person_id, func.max(ReviewerAccreditation.ends))
        .where(ReviewerAccreditation.person_id.in_(set(person_ids)), ReviewerAccreditation.starts <= on)
        .group_by(ReviewerAccreditation.person_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


@dataclass(frozen=True)
class Reviewer:
    """Somebody whose role lets them review for a supplier."""

    id: UUID
    name: str
    region: str | None
    accredited_until: date | None


def reviewers_of(supplier_id: UUID | None, on: date) -> list[Reviewer]:
    """Who may be named for reviews by this supplier on a day, by name. Two statements."""
    query = (
        select(Person.id, Person.name, func.max(Membership.region))
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == supplier_id,
            Membership.role.in_(REVIEWING_ROLES),
            Membership.starts <= on,
            (Membership.ends.is_(None)) | (Membership.ends >= on),
            Person.disabled_at.is_(None),
        )
        .group_by(Person.id, Person.name)
        .order_by(Person.name, Person.id)
    )
    rows = db.session.execute(query).all()
    until = accredited_until({row.id for row in rows}, on)
    return [Reviewer(person_id, name, region, until.get(person_id)) for person_id, name, region in rows]
