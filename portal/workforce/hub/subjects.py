"""What access rules of routes ask of the hub: the vacancy in the address, with its service's links."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.accounts.rules.permissions import Links
from portal.core.db import db
from portal.directory.scope import linked_service
from portal.workforce.hub.models import Vacancy


def vacancy_subject(vacancy_id: UUID, **_others: Any) -> tuple[Vacancy, Links] | None:
    """The vacancy with this id and its service's links today, or None. Two statements."""
    vacancy = db.session.get(Vacancy, vacancy_id)
    service = linked_service(vacancy.service_id) if vacancy else None
    return None if vacancy is None or service is None else (vacancy, service.links)
