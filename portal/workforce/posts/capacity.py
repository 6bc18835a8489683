"""Days that the EISMs of a supplier have for reviews and coaching."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from portal.core.db import db
from portal.workforce.posts.models import Eism, EismCapacity


def capacity_of(supplier_id: UUID, year: int) -> dict[UUID, Decimal]:
    """Days by EISM in the financial year that starts in April of `year`. One statement."""
    query = (
        select(EismCapacity.eism_id, EismCapacity.days)
        .join(Eism, Eism.id == EismCapacity.eism_id)
        .where(Eism.supplier_id == supplier_id, EismCapacity.year == year)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
