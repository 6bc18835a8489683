"""How many posts of a role a service has money for."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid
from portal.workforce.staff.models import FundedPosts
from portal.workforce.staff.rules.checking import funded_problem
from portal.workforce.staff.rules.words import StaffRole
from portal.workforce.staff.service.cases import row_for, service_for


def fund_posts(actor: Actor, service_id: UUID, role: StaffRole, fte: Decimal, starts: date) -> UUID:
    """From a day on, so many FTE of a role are funded. The same day again puts the figure right.

    Returns the id of the row. Raises NotFound, Forbidden or Invalid.
    """
    with act(actor, "workforce.fund-posts", ("service", service_id)) as work:
        service_for(actor, service_id)
        if problem := funded_problem(fte):
            raise Invalid({"fte": problem})
        query = select(FundedPosts).where(
            FundedPosts.service_id == service_id, FundedPosts.role == role, FundedPosts.starts == starts
        )
        row = db.session.scalars(query).one_or_none()
        if row is None:
            row = FundedPosts(id=uuid.uuid4(), service_id=service_id, role=role, starts=starts, fte=fte)
            db.session.add(row)
        elif row.fte == fte:
            work.unchanged()
        row.fte = fte
        work.note(role=role, fte=fte, starts=starts)
        return row.id


def remove_funding(actor: Actor, funding_id: UUID) -> None:
    """Take back a figure entered by mistake: the one before it counts again.

    Raises NotFound or Forbidden.
    """
    with act(actor, "workforce.remove-funding", ("funded-posts", funding_id)) as work:
        row = row_for(actor, FundedPosts, funding_id)
        work.note(service=row.service_id, role=row.role, fte=row.fte, starts=row.starts)
        db.session.delete(row)
