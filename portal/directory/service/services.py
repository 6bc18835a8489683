"""Verbs on a service itself: create, edit, close, reopen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import NO_LINKS, Permission, allowed, demand
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused
from portal.directory.models import Area, Authority, Service
from portal.directory.rules.details import NewLink, ServiceDetails, detail_problems, key_from
from portal.directory.rules.settings import LinkKind
from portal.directory.scope import links_of
from portal.directory.service.links import add_link
from portal.directory.service.loading import demand_version, locked

_SUPPLIER_FIRST = (
    LinkKind.SUPPLIER,
    LinkKind.PROVIDER,
    LinkKind.COMMISSIONER,
    LinkKind.PROGRAMME,
    LinkKind.EISM,
)


def create_service(
    actor: Actor, details: ServiceDetails, links: Sequence[NewLink], service_id: UUID | None = None
) -> Service:
    """Add a service with its first links; it has a provider from the start.

    Raises Forbidden, and Invalid by field (a link's field is its kind, e.g. `provider`).
    """
    service_id = service_id or uuid4()
    with act(actor, "directory.create_service", ("service", service_id)) as work:
        demand(actor, Permission.SERVICE_CREATE)
        service = Service(id=service_id, version=1)
        problems = _apply(service, details)
        if not any(link.kind is LinkKind.PROVIDER for link in links):
            problems["provider"] = "Choose the provider"
        if problems:
            raise Invalid(problems)
        service.key = key_from(details.name, set(db.session.scalars(select(Service.key))))
        db.session.add(service)
        for link in sorted(links, key=lambda link: _SUPPLIER_FIRST.index(link.kind)):
            add_link(service, link)
        db.session.flush()
        if not actor.is_portal and not allowed(
            actor, Permission.SERVICE_ADMINISTER, links_of(service_id) or NO_LINKS
        ):
            raise Invalid(
                {"supplier": "Choose your own organisation, from today or earlier, to reach the service"}
            )
        work.note(
            key=service.key, details=current_details(service), links=[_link_note(link) for link in links]
        )
        return service


def edit_service(actor: Actor, service_id: UUID, version: int, details: ServiceDetails) -> Service:
    """Change what is said of a service. Raises NotFound, Forbidden, Stale, Invalid by field."""
    with act(actor, "directory.edit_service", ("service", service_id)) as work:
        service = locked(actor, Permission.SERVICE_EDIT, service_id)
        before = current_details(service)
        demand_version(service, version, before)
        problems = _apply(service, details)
        if problems:
            raise Invalid(problems)
        after = current_details(service)
        changed = {field for field in after if after[field] != before[field]}
        if not changed:
            work.unchanged()
            return service
        service.version += 1
        work.note(
            before={field: before[field] for field in changed},
            after={field: after[field] for field in changed},
        )
        return service


def close_service(actor: Actor, service_id: UUID, version: int, closed: date) -> None:
    """The service ends on this day; its past stays. Raises NotFound, Forbidden, Stale, Refused, Invalid."""
    with act(actor, "directory.close_service", ("service", service_id)) as work:
        service = locked(actor, Permission.SERVICE_ADMINISTER, service_id)
        demand_version(service, version, {"closed": service.closed})
        if service.closed is not None:
            raise Refused("This service is closed already.")
        if service.starts is not None and closed < service.starts:
            raise Invalid({"closed": "The service cannot close before it started"})
        service.closed = closed
        service.version += 1
        work.note(closed=closed)


def reopen_service(actor: Actor, service_id: UUID, version: int) -> None:
    """Undo a closing. Raises NotFound, Forbidden, Stale, Refused."""
    with act(actor, "directory.reopen_service", ("service", service_id)) as work:
        service = locked(actor, Permission.SERVICE_ADMINISTER, service_id)
        demand_version(service, version, {"closed": service.closed})
        if service.closed is None:
            raise Refused("This service is open.")
        work.note(was_closed=service.closed)
        service.closed = None
        service.version += 1


def current_details(service: Service) -> dict[str, object]:
    """What stands now, by field of the form."""
    return {
        "name": service.name,
        "setting": service.setting.value,
        "authorities": sorted(authority.gss_code for authority in service.authorities),
        "region": service.region,
        "areas": sorted(area.key for area in service.areas),
        "starts": service.starts,
        "specialists_fte": f"{service.specialists_fte:.2f}",
        "about": service.about,
    }


def _apply(service: Service, details: ServiceDetails) -> dict[str, str]:
    """Set the fields if nothing is wrong; returns the problems."""
    authorities = {
        row.gss_code: row
        for row in db.session.scalars(select(Authority).where(Authority.gss_code.in_(details.authorities)))
    }
    areas = {row.key: row for row in db.session.scalars(select(Area).where(Area.key.in_(details.areas)))}
    problems = detail_problems(details, {code: row.region for code, row in authorities.items()}, areas)
    if not problems:
        service.name = details.name.strip()
        service.setting = details.setting
        service.region = authorities[details.authorities[0]].region
        service.authorities = list(authorities.values())
        service.areas = list(areas.values())
        service.starts = details.starts
        service.specialists_fte = details.specialists_fte
        service.about = details.about.strip()
    return problems


def _link_note(link: NewLink) -> dict[str, object]:
    return {"kind": link.kind.value, "target": str(link.target), "starts": link.starts}
