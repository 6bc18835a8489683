"""Finding a reviewer for the routes about them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.accounts.current import current_actor
from portal.accounts.models import Membership, Person
from portal.accounts.queries import in_force
from portal.accounts.rules.permissions import Links, Permission, reaches
from portal.core.db import db
from portal.workforce.accreditation.models import ReviewerAccreditation
from portal.workforce.accreditation.queries import REVIEWING_ROLES


@dataclass(frozen=True)
class ReviewerSubject:
    """A reviewer of a supplier, with every accreditation, the newest first."""

    id: UUID
    name: str
    supplier_id: UUID
    accreditations: tuple[ReviewerAccreditation, ...]

    def accreditation(self, accreditation_id: UUID) -> ReviewerAccreditation | None:
        """The accreditation with this id, where it is theirs."""
        return next((one for one in self.accreditations if one.id == accreditation_id), None)


def own_suppliers() -> list[UUID]:
    """The suppliers whose reviewers' accreditation the actor keeps."""
    held = reaches(current_actor(), Permission.ACCREDITATION_EDIT)
    return sorted({membership.organisation_id for membership, _ in held})


def reviewer_subject(person_id: UUID, **_: object) -> tuple[ReviewerSubject, Links] | None:
    """The reviewer, linked to the actor's own supplier where they review for it. Two statements."""
    query = (
        select(Person.id, Person.name, Membership.organisation_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.id == person_id,
            Membership.role.in_(REVIEWING_ROLES),
            in_force(),
            Person.disabled_at.is_(None),
        )
        .order_by(Membership.organisation_id)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    own = set(own_suppliers())
    row = next((one for one in rows if one.organisation_id in own), rows[0])
    history = db.session.execute(
        select(ReviewerAccreditation)
        .where(ReviewerAccreditation.person_id == person_id)
        .order_by(ReviewerAccreditation.ends.desc(), ReviewerAccreditation.starts.desc())
    ).scalars()
    subject = ReviewerSubject(row.id, row.name, row.organisation_id, tuple(history))
    return subject, Links(supplier=row.organisation_id)
