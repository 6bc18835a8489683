"""What access rules of routes ask of the directory: the service in the address, and its links."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from portal.accounts.rules.permissions import Links
from portal.core.db import db
from portal.directory.models import Service
from portal.directory.scope import links_of


def service_subject(key: str, **_others: Any) -> tuple[Service, Links] | None:
    """The service with this key and its links today, or None. Two statements."""
    service = db.session.scalars(select(Service).where(Service.key == key)).one_or_none()
    if service is None:
        return None
    links = links_of(service.id)
    return None if links is None else (service, links)
