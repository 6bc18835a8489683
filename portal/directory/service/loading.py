"""What every verb on a service does first: lock it, check the right, check the version."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import NO_LINKS, Permission, demand
from portal.core.db import db
from portal.core.errors import NotFound, Stale
from portal.directory.models import Service
from portal.directory.scope import links_of

STALE = "Somebody else changed this service while you were editing it. Nothing was overwritten."


def locked(actor: Actor, permission: Permission, service_id: UUID) -> Service:
    """The service, locked to the verb's end. Raises NotFound and Forbidden."""
    service = db.session.scalars(
        select(Service).where(Service.id == service_id).with_for_update()
    ).one_or_none()
    if service is None:
        raise NotFound("There is no such service.")
    demand(actor, permission, links_of(service_id) or NO_LINKS)
    return service


def demand_version(service: Service, version: int, current: Mapping[str, object]) -> None:
    """Raises Stale, with what stands now, unless the person saw the newest version."""
    if service.version != version:
        raise Stale(STALE, current, service.version)
