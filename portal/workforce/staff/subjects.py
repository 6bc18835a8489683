"""Finding what the routes of services' workforce are about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.accounts.rules.permissions import Links
from portal.core.db import db
from portal.directory.scope import links_of
from portal.workforce.staff.models import FundedPosts, StaffEntry, StaffMember, StrategyAction


def member_subject(member_id: UUID, **_: object) -> tuple[StaffMember, Links] | None:
    """Somebody of a service, with the service's links."""
    return _of_service(db.session.get(StaffMember, member_id))


def funding_subject(funding_id: UUID, **_: object) -> tuple[FundedPosts, Links] | None:
    """A figure of funded posts."""
    return _of_service(db.session.get(FundedPosts, funding_id))


def entry_subject(entry_id: UUID, **_: object) -> tuple[StaffEntry, Links] | None:
    """Something that was logged."""
    return _of_service(db.session.get(StaffEntry, entry_id))


def action_subject(action_id: UUID, **_: object) -> tuple[StrategyAction, Links] | None:
    """An action of the workforce strategy, with its supplier."""
    row = db.session.get(StrategyAction, action_id)
    return (row, Links(supplier=row.supplier_id)) if row else None


def _of_service(row: Any) -> tuple[Any, Links] | None:
    links = links_of(row.service_id) if row is not None else None
    return None if links is None else (row, links)
