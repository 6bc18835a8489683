"""Verbs on a service's dated links. Starting one ends the one before (rules.spans)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.details import NewLink
from portal.directory.rules.settings import CHOOSE, LinkKind
from portal.directory.rules.spans import Placement, Span, place
from portal.directory.service.loading import demand_version, locked
from portal.programmes.registry import registry

ORGANISATION_KINDS = {
    LinkKind.PROVIDER: OrganisationKind.PROVIDER,
    LinkKind.SUPPLIER: OrganisationKind.SUPPLIER,
    LinkKind.COMMISSIONER: OrganisationKind.COMMISSIONER,
}


def start_link(actor: Actor, service_id: UUID, version: int, link: NewLink) -> None:
    """Begin a link; the one it follows ends the day before.

    Raises NotFound, Forbidden, Stale, Refused (it stands already), Invalid by the link's kind.
    """
    with act(actor, "directory.start_link", ("service", service_id)) as work:
        service = locked(actor, Permission.SERVICE_ADMINISTER, service_id)
        demand_version(service, version, {})
        placement = add_link(service, link)
        if placement.unchanged:
            raise Refused("The service has this link on that day already. Nothing was changed.")
        service.version += 1
        work.note(
            kind=link.kind.value,
            target=str(link.target),
            starts=link.starts,
            ends=placement.ends,
            ended=[[str(link_id), on] for link_id, on in placement.closes],
            replaced=[str(link_id) for link_id in placement.replaces],
        )


def end_link(actor: Actor, service_id: UUID, version: int, link_id: UUID, ends: date) -> None:
    """A link ends on a day (inclusive). Raises NotFound, Forbidden, Stale, Refused, Invalid (`ends`)."""
    with act(actor, "directory.end_link", ("service", service_id)) as work:
        service = locked(actor, Permission.SERVICE_ADMINISTER, service_id)
        demand_version(service, version, {})
        link = next((link for link in service.links if link.id == link_id), None)
        if link is None:
            raise NotFound("There is no such link.")
        if link.ends is not None and link.ends < ends:
            raise Refused("This link has an earlier end already. Nothing was changed.")
        if link.kind is LinkKind.PROVIDER:
            raise Refused(
                "A service always has a provider: start a new one and this one ends the day before."
            )
        if ends < link.starts:
            raise Invalid({"ends": "The link cannot end before it starts"})
        work.note(link=str(link_id), kind=link.kind.value, was=link.ends, ends=ends)
        link.ends = ends
        service.version += 1


def add_link(service: Service, link: NewLink) -> Placement:
    """Fit a link among the service's others. For verbs of this package, inside act(). Raises Invalid."""
    problem = _target_problem(service, link)
    if problem:
        raise Invalid({link.kind.value: problem})
    same_kind = {row.id: row for row in service.links if row.kind is link.kind}
    placement = place(link.kind, [_span(row) for row in same_kind.values()], str(link.target), link.starts)
    if placement.unchanged:
        return placement
    for link_id, ends in placement.closes:
        same_kind[link_id].ends = ends
    for link_id in placement.replaces:
        service.links.remove(same_kind[link_id])
        db.session.delete(same_kind[link_id])
    column = {LinkKind.EISM: "person_id", LinkKind.PROGRAMME: "programme_key"}.get(
        link.kind, "organisation_id"
    )
    row = ServiceLink(kind=link.kind, starts=link.starts, ends=placement.ends, **{column: link.target})
    service.links.append(row)
    return placement


def _span(row: ServiceLink) -> Span:
    return Span(row.id, str(row.organisation_id or row.person_id or row.programme_key), row.starts, row.ends)


def _target_problem(service: Service, link: NewLink) -> str:
    if link.kind is LinkKind.PROGRAMME:
        return "" if str(link.target) in registry() else CHOOSE[link.kind]
    if not isinstance(link.target, UUID):
        return CHOOSE[link.kind]
    if link.kind is LinkKind.EISM:
        return _eism_problem(service, link.target, link.starts)
    organisation = db.session.get(Organisation, link.target)
    fits = organisation is not None and organisation.kind is ORGANISATION_KINDS[link.kind]
    return "" if fits else CHOOSE[link.kind]


def _eism_problem(service: Service, person_id: UUID, on: date) -> str:
    person = db.session.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        return CHOOSE[LinkKind.EISM]
    suppliers = {
        row.organisation_id
        for row in service.links
        if row.kind is LinkKind.SUPPLIER and _span(row).covers(on)
    }
    held = db.session.scalars(
        select(Membership.organisation_id).where(
            Membership.person_id == person_id,
            Membership.role == Role.EISM,
            Membership.starts <= on,
            or_(Membership.ends.is_(None), Membership.ends >= on),
        )
    )
    if suppliers.isdisjoint(held):
        return f"On that day {person.name} is no EISM of the service’s supplier"
    return ""
