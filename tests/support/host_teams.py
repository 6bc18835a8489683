"""Host teams of the tests' first service, and courses for their clinical staff."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from portal.core.act import operational
from portal.core.db import db
from portal.directory.models import HostTeam
from portal.workforce.learning.rules.clinical import CourseDetails, Profession
from portal.workforce.learning.service.clinical import add_courses
from tests.support.assessing import SERVICE, actor
from tests.support.staffing import day

COURSE = "one-team"


def teams(*names: str, service_id: UUID = SERVICE) -> list[UUID]:
    """Host teams with these names, in their order."""
    with operational() as session:
        session.add_all(HostTeam(service_id=service_id, name=name) for name in names)
    query = select(HostTeam.name, HostTeam.id).where(HostTeam.service_id == service_id)
    known = {row.name: row.id for row in db.session.execute(query)}
    return [known[name] for name in names]


def course(
    team_id: UUID, on: int, attended: Mapping[Profession, int] | None = None, key: str = COURSE
) -> UUID:
    """A course so many days from today."""
    return add_courses(actor("manager"), SERVICE, [team_id], CourseDetails(key, day(on), attended or {}))[0]
