"""Recording who is accredited as a reviewer."""

from __future__ import annotations

import uuid
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Membership
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Stale
from portal.workforce.accreditation.models import ReviewerAccreditation
from portal.workforce.accreditation.queries import reviewers_of


def accredit(
    actor: Actor, supplier_id: UUID, person_id: UUID, starts: date, ends: date, id_: UUID | None = None
) -> UUID:
    """Record that a reviewer of this supplier is accredited from a day to a day, both included.

    The same days again change nothing. Returns the id. Raises Forbidden, NotFound (no reviewer of this
    supplier) or Invalid.
    """
    accreditation_id = id_ or uuid.uuid4()
    with act(actor, "workforce.accredit", ("person", person_id)) as work:
        demand(actor, Permission.ACCREDITATION_EDIT, Links(supplier=supplier_id))
        if person_id not in {one.id for one in reviewers_of(supplier_id, clock.today())}:
            raise NotFound("There is no such reviewer.")
        if ends < starts:
            raise Invalid({"ends": "The accreditation must end on or after the day it starts"})
        same = select(ReviewerAccreditation.id).where(
            ReviewerAccreditation.person_id == person_id,
            ReviewerAccreditation.starts == starts,
            ReviewerAccreditation.ends == ends,
        )
        there = db.session.execute(same.limit(1)).scalar_one_or_none()
        if there is not None:
            work.unchanged()
            return there
        db.session.add(
            ReviewerAccreditation(id=accreditation_id, person_id=person_id, starts=starts, ends=ends)
        )
        work.note(starts=starts, ends=ends)
    return accreditation_id


def end_accreditation(
    actor: Actor, supplier_id: UUID, accreditation_id: UUID, ends: date, seen: date | None = None
) -> None:
    """Let an accreditation end earlier or later. `seen`: the last day that the person saw.

    Raises Forbidden, NotFound, Invalid, or Stale with the last day that stands.
    """
    with act(actor, "workforce.end-accreditation", ("accreditation", accreditation_id)) as work:
        demand(actor, Permission.ACCREDITATION_EDIT, Links(supplier=supplier_id))
        row = db.session.get(ReviewerAccreditation, accreditation_id, populate_existing=True)
        if row is None or not _of_supplier(row.person_id, supplier_id):
            raise NotFound("There is no such accreditation.")
        if ends < row.starts:
            raise Invalid({"ends": "The accreditation must end on or after the day it starts"})
        if ends == row.ends:
            work.unchanged()
            return
        if seen is not None and row.ends != seen:
            raise Stale("Somebody else changed the last day first.", {"ends": row.ends}, row.ends.toordinal())
        work.note(person=row.person_id, ends=[row.ends, ends])
        row.ends = ends


def _of_supplier(person_id: UUID, supplier_id: UUID) -> bool:
    query = db.select(Membership.id).where(
        Membership.person_id == person_id, Membership.organisation_id == supplier_id
    )
    return db.session.execute(query.limit(1)).first() is not None
