"""Loading what a verb changes: the service locked, for those who may, as they saw it."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core.db import db
from portal.core.errors import NotFound
from portal.directory.models import Service
from portal.directory.service.loading import locked
from portal.workforce.staff.models import FundedPosts, StaffEntry, StaffMember

Row = TypeVar("Row", StaffMember, FundedPosts, StaffEntry)


def service_for(actor: Actor, service_id: UUID) -> Service:
    """The service, locked, so that nothing is counted twice. Raises NotFound or Forbidden."""
    return locked(actor, Permission.STAFF_EDIT, service_id)


def row_for(actor: Actor, model: type[Row], id_: UUID) -> Row:
    """A row of a service, its service locked. Raises NotFound or Forbidden."""
    found = db.session.get(model, id_)
    if found is None:
        raise NotFound("This is no longer there.")
    service_for(actor, found.service_id)
    db.session.refresh(found)
    return found
