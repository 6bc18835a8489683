"""Whose learning somebody may see: the people of organisations within their reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.queries import in_force
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, Reach, allowed, reaches
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core import clock
from portal.core.db import db
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.directory.scope import in_force as link_in_force
from portal.directory.scope import links_of, within

READ = Permission.LEARNING_READ


@dataclass(frozen=True)
class Learner:
    """A person with where they work today."""

    id: UUID
    name: str
    organisation_id: UUID
    organisation: str
    roles: tuple[Role, ...]


def employers(person_id: UUID) -> list[Links]:
    """The organisations a person belongs to today, as rights take them: provider or supplier."""
    query = (
        select(Organisation.id, Organisation.kind)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id, in_force())
        .distinct()
        .order_by(Organisation.id)
    )
    return [_own(row.id, row.kind) for row in db.session.execute(query)]


def roles_of(person_id: UUID) -> tuple[Role, ...]:
    """The roles a person holds today."""
    query = select(Membership.role).where(Membership.person_id == person_id, in_force()).distinct()
    return tuple(sorted(db.session.scalars(query)))


def _own(organisation_id: UUID, kind: OrganisationKind) -> Links:
    if kind is OrganisationKind.SUPPLIER:
        return Links(supplier=organisation_id)
    return Links(provider=organisation_id)


def person_links(actor: Actor, person_id: UUID) -> Links:
    """The links by which the actor may see a person; those of the first employer where they may not.

    A provider's people are within reach of whoever has one of its services within reach.
    """
    own = employers(person_id)
    candidates = own + [
        links
        for organisation in own
        if organisation.provider is not None
        for links in _service_links(actor, organisation.provider)
    ]
    return next((one for one in candidates if allowed(actor, READ, one)), own[0] if own else Links())


def _service_links(actor: Actor, provider_id: UUID) -> list[Links]:
    """The links of one of a provider's services within the actor's reach, where there is one."""
    query = (
        select(ServiceLink.service_id)
        .where(
            ServiceLink.kind == LinkKind.PROVIDER,
            ServiceLink.organisation_id == provider_id,
            link_in_force(clock.today()),
            within(actor, READ, ServiceLink.service_id),
        )
        .limit(1)
    )
    service_id = db.session.scalar(query)
    links = links_of(service_id) if service_id else None
    return [links] if links else []


def within_reach(actor: Actor) -> ColumnElement[bool]:
    """SQL: a membership's organisation is one whose people's learning the actor may see."""
    held = reaches(actor, READ)
    own = {one.organisation_id for one, reach in held if reach in (Reach.PROVIDER, Reach.SUPPLIER)}
    provided = select(ServiceLink.organisation_id).where(
        ServiceLink.kind == LinkKind.PROVIDER,
        ServiceLink.organisation_id.is_not(None),
        link_in_force(clock.today()),
        within(actor, READ, ServiceLink.service_id),
    )
    return or_(Membership.organisation_id.in_(own), Membership.organisation_id.in_(provided))


def services_within(actor: Actor) -> Sequence[tuple[UUID, str]]:
    """The services by which a list of people may be narrowed, by name."""
    query = select(Service.id, Service.name).where(within(actor, READ)).order_by(Service.name, Service.id)
    return [(row.id, row.name) for row in db.session.execute(query)]


def learners(actor: Actor, service_id: UUID | None = None) -> list[Learner]:
    """Everybody whose learning the actor may see, by name; of a service: the people of its provider."""
    query = (
        select(Person.id, Person.name, Organisation.id, Organisation.name, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(in_force(), Person.disabled_at.is_(None), within_reach(actor))
        .order_by(Person.name, Person.id, Organisation.name)
    )
    if service_id is not None:
        provider = select(ServiceLink.organisation_id).where(
            ServiceLink.kind == LinkKind.PROVIDER,
            ServiceLink.service_id == service_id,
            link_in_force(clock.today()),
        )
        query = query.where(Membership.organisation_id.in_(provider))
    found: dict[UUID, Learner] = {}
    for person_id, name, organisation_id, organisation, role in db.session.execute(query):
        known = found.get(person_id)
        roles = (*known.roles, role) if known else (role,)
        place = (known.organisation_id, known.organisation) if known else (organisation_id, organisation)
        found[person_id] = Learner(person_id, name, *place, tuple(dict.fromkeys(roles)))
    return list(found.values())
