"""A service's last final assessment, for lists and homes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from portal.core.db import db
from portal.directory.models import ServiceStanding


@dataclass(frozen=True)
class Standing:
    """What a list says of a service's last final assessment."""

    assessment_id: UUID
    kind_title: str
    scale_title: str
    total: int
    maximum: int
    band_key: str | None
    band_title: str | None
    final_on: date


def note(service_id: UUID, standing: Standing) -> None:
    """Store it, unless a later one stands already. Called inside the verb that is the cause."""
    row = db.session.get(ServiceStanding, service_id)
    if row is None:
        db.session.add(ServiceStanding(service_id=service_id, **asdict(standing)))
    elif standing.final_on >= row.final_on:
        for name, value in asdict(standing).items():
            setattr(row, name, value)


def correct(service_id: UUID, standing: Standing) -> None:
    """Put a corrected result in place of itself; where another assessment stands, nothing changes."""
    row = db.session.get(ServiceStanding, service_id)
    if row is not None and row.assessment_id == standing.assessment_id:
        for name, value in asdict(standing).items():
            setattr(row, name, value)
