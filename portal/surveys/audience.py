"""Whom a survey can be sent to: people of the supplier and of the organisations it supports."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.queries import in_force
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.db import db
from portal.directory.models import ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.directory.scope import in_force as linked
from portal.surveys.models import Survey
from portal.surveys.rules.draft import AUDIENCE


def reachable(supplier_id: UUID) -> list[Organisation]:
    """The supplier, and providers and commissioners of the services it supports today, by name."""
    own, other = ServiceLink, aliased(ServiceLink)
    today = clock.today()
    services = select(own.service_id).where(
        own.kind == LinkKind.SUPPLIER, own.organisation_id == supplier_id, linked(today)
    )
    theirs = select(other.organisation_id).where(
        other.service_id.in_(services),
        other.kind.in_([LinkKind.PROVIDER, LinkKind.COMMISSIONER]),
        other.starts <= today,
        (other.ends.is_(None)) | (other.ends >= today),
    )
    query = select(Organisation).where((Organisation.id == supplier_id) | Organisation.id.in_(theirs))
    return list(db.session.scalars(query.order_by(func.lower(Organisation.name), Organisation.id)))


def people_for(survey: Survey) -> list[Person]:
    """Everybody whom a survey by invitation would reach today, each once."""
    there = {one.id for one in reachable(survey.supplier_id)}
    chosen = {UUID(one) for one in survey.organisations}
    roles = [Role(role) for role in survey.roles] or list(AUDIENCE)
    held = select(Membership.person_id).where(
        Membership.organisation_id.in_(there & chosen if chosen else there),
        Membership.role.in_(roles),
        in_force(),
    )
    query = select(Person).where(Person.id.in_(held), Person.disabled_at.is_(None))
    return list(db.session.scalars(query.order_by(Person.id)))
