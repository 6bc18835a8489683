"""What is kept of one person, for their page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.db import db
from portal.workforce.posts.models import EismCapacity, EismCheck, EismHolding, EismLeave, EismSkill


@dataclass(frozen=True)
class PersonPage:
    """Everything of a person, the newest first."""

    holdings: Sequence[EismHolding]
    leave: Sequence[EismLeave]
    checks: Sequence[EismCheck]
    skills: Sequence[EismSkill]
    capacity: Sequence[EismCapacity]


def person_page(eism_id: UUID) -> PersonPage:
    """Five statements."""
    holdings = select(EismHolding).where(EismHolding.eism_id == eism_id).options(joinedload(EismHolding.post))
    leave = select(EismLeave).where(EismLeave.eism_id == eism_id)
    checks = select(EismCheck).where(EismCheck.eism_id == eism_id)
    skills = select(EismSkill).where(EismSkill.eism_id == eism_id)
    capacity = select(EismCapacity).where(EismCapacity.eism_id == eism_id)
    return PersonPage(
        db.session.scalars(holdings.order_by(EismHolding.starts.desc(), EismHolding.id)).all(),
        db.session.scalars(leave.order_by(EismLeave.starts.desc(), EismLeave.id)).all(),
        db.session.scalars(checks.order_by(EismCheck.kind, EismCheck.checked_on.desc(), EismCheck.id)).all(),
        db.session.scalars(skills.order_by(EismSkill.since, EismSkill.skill_key)).all(),
        db.session.scalars(capacity.order_by(EismCapacity.year.desc())).all(),
    )


def capacity_row(eism_id: UUID, year: int) -> EismCapacity | None:
    """The days of one financial year."""
    query = select(EismCapacity).where(EismCapacity.eism_id == eism_id, EismCapacity.year == year)
    return db.session.execute(query).scalar_one_or_none()
