"""What Alder's staff learned: a module passed, an external course with its file; a host team's course."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.storage.service import save
from portal.directory.models import HostTeam
from portal.workforce.learning.models import ClinicalSession, Completion
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.clinical import CourseDetails
from portal.workforce.learning.service.clinical import add_courses
from portal.workforce.learning.service.learning import answer, read_page
from portal.workforce.learning.service.recording import ExternalDone, record_external
from tests.integration.access import world

MODULE, COURSE = "ips-model", "data-protection"
TEAM = world.id_of("learning-team")
ATTEMPT, EXTERNAL = world.id_of("learning-attempt"), world.id_of("learning-external")
EVIDENCE = b"%PDF-1.4 what the course gave"


def fill() -> None:
    """Write them."""
    staff = world.actor("staff")
    one = catalogue().modules[MODULE]
    for number in range(1, len(one.pages) + 1):
        read_page(staff, MODULE, number)
    answer(staff, MODULE, [question.right for question in one.questions], ATTEMPT)
    done = ExternalDone(COURSE, clock.today(), "Seen", save("course.pdf", EVIDENCE))
    record_external(world.actor("manager"), world.id_of("staff"), done, EXTERNAL)
    service = world.id_of("service-draft")
    with operational() as session:
        session.add(HostTeam(id=TEAM, service_id=service, name="North"))
    add_courses(world.actor("eism"), service, [TEAM], CourseDetails("one-team", clock.today()))


def ids() -> dict[str, Any]:
    """The parts of addresses that name them."""
    query = select(Completion.code).where(Completion.person_id == world.id_of("staff"), Completion.code != "")
    return {
        "key": MODULE,
        "attempt_id": ATTEMPT,
        "completion_id": EXTERNAL,
        "person_id": world.id_of("staff"),
        "session_id": db.session.scalars(select(ClinicalSession.id)).one(),
        "code": db.session.scalars(query).one(),
    }
