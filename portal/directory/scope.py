"""Which services are within a person's reach: the same answer for one service and for a list.

`links_of` gives the facts that `permissions.allowed` judges for one service; `within` is the same
question in SQL, by join, for lists. tests/integration/directory holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, bindparam, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.accounts.rules.actors import Actor, Held
from portal.accounts.rules.permissions import Links, Permission, Reach, reaches
from portal.core import clock
from portal.core.db import db
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind


def in_force(on: date | ColumnElement[date]) -> ColumnElement[bool]:
    """A service link's dates cover this day."""
    return and_(ServiceLink.starts <= on, or_(ServiceLink.ends.is_(None), ServiceLink.ends >= on))


@dataclass(frozen=True)
class LinkedService:
    """A service's key and name, with its links today."""

    key: str
    name: str
    closed: date | None
    links: Links

    @property
    def is_closed(self) -> bool:
        return self.closed is not None and self.closed <= clock.today()


# Asked on nearly every request: built once.
_LINKS = (
    select(
        Service.key,
        Service.name,
        Service.closed,
        Service.region,
        ServiceLink.kind,
        ServiceLink.organisation_id,
        ServiceLink.person_id,
    )
    .outerjoin(
        ServiceLink,
        and_(ServiceLink.service_id == Service.id, in_force(bindparam("today", type_=Date))),
    )
    .where(Service.id == bindparam("service_id"))
)


def linked_service(service_id: UUID, named: frozenset[UUID] = frozenset()) -> LinkedService | None:
    """The service's name and links today, or None where there is no such service. One statement."""
    rows = db.session.execute(_LINKS, {"service_id": service_id, "today": clock.today()}).all()
    if not rows:
        return None
    by_kind: dict[LinkKind, set[UUID]] = {kind: set() for kind in LinkKind}
    for row in rows:
        target = row.organisation_id or row.person_id
        if target is not None:
            by_kind[row.kind].add(target)
    links = Links(
        provider=next(iter(by_kind[LinkKind.PROVIDER]), None),
        supplier=next(iter(by_kind[LinkKind.SUPPLIER]), None),
        commissioners=frozenset(by_kind[LinkKind.COMMISSIONER]),
        eisms=frozenset(by_kind[LinkKind.EISM]),
        region=rows[0].region,
        named=named,
    )
    return LinkedService(rows[0].key, rows[0].name, rows[0].closed, links)


def links_of(service_id: UUID, named: frozenset[UUID] = frozenset()) -> Links | None:
    """The service's links today, or None where there is no such service. One statement."""
    found = linked_service(service_id, named)
    return found.links if found else None


def within(
    actor: Actor, permission: Permission, service_id: InstrumentedAttribute[UUID] = Service.id
) -> ColumnElement[bool]:
    """SQL: the service (by its id column) is within the actor's reach for this permission.

    The reach NAMED is left out: it holds over one assessment, not over a service.
    """
    held = reaches(actor, permission)
    if any(reach is Reach.EVERY for _, reach in held):
        return service_id.is_not(None)
    clauses = [_clause(actor, membership, reach, service_id) for membership, reach in held]
    return or_(false(), *clauses)


def _clause(
    actor: Actor, held: Held, reach: Reach, service_id: InstrumentedAttribute[UUID]
) -> ColumnElement[bool]:
    match reach:
        case Reach.PROVIDER:
            return _linked(service_id, LinkKind.PROVIDER, held.organisation_id)
        case Reach.SUPPLIER:
            return _linked(service_id, LinkKind.SUPPLIER, held.organisation_id)
        case Reach.COMMISSIONER:
            return _linked(service_id, LinkKind.COMMISSIONER, held.organisation_id)
        case Reach.SUPPORTED:
            own = select(ServiceLink.service_id).where(
                ServiceLink.kind == LinkKind.EISM,
                ServiceLink.person_id == actor.person_id,
                in_force(clock.today()),
            )
            region = select(Service.id).where(Service.region == held.region)
            near = or_(service_id.in_(own), service_id.in_(region)) if held.region else service_id.in_(own)
            return and_(_linked(service_id, LinkKind.SUPPLIER, held.organisation_id), near)
    return false()


def _linked(
    service_id: InstrumentedAttribute[UUID], kind: LinkKind, organisation_id: UUID
) -> ColumnElement[bool]:
    linked = select(ServiceLink.service_id).where(
        ServiceLink.kind == kind, ServiceLink.organisation_id == organisation_id, in_force(clock.today())
    )
    return service_id.in_(linked)
