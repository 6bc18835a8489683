"""What the directory's forms offer."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from sqlalchemy import or_, select

from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core import clock
from portal.core.db import db
from portal.directory.models import Area, Authority


def authorities() -> dict[str, list[Authority]]:
    """Every authority by name, under its region."""
    rows = db.session.scalars(select(Authority).order_by(Authority.region, Authority.name))
    return {region: list(group) for region, group in groupby(rows, key=lambda row: row.region)}


def areas() -> list[Area]:
    """Every lot and area, by programme and name."""
    return list(db.session.scalars(select(Area).order_by(Area.programme_key, Area.name)))


def organisations(kind: OrganisationKind) -> list[tuple[UUID, str]]:
    """Id and name of every organisation of a kind."""
    query = select(Organisation.id, Organisation.name).where(Organisation.kind == kind)
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Organisation.name))]


def eisms() -> list[tuple[UUID, str]]:
    """Id and name (with the supplier's) of everybody who is an EISM today."""
    today = clock.today()
    query = (
        select(Person.id, Person.name, Organisation.name.label("supplier"))
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.role == Role.EISM, Membership.starts <= today, Person.disabled_at.is_(None))
        .where(or_(Membership.ends.is_(None), Membership.ends >= today))
        .order_by(Person.name, Person.id)
        .distinct()
    )
    return [(row.id, f"{row.name}, {row.supplier}") for row in db.session.execute(query)]
