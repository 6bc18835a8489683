"""Courses for the clinical staff of host teams: held, planned, one not counted yet, one cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from portal.core import clock
from portal.demonstration.people import EISM, SHOWCASE
from portal.demonstration.places import manager_of
from portal.demonstration.script import Step, actor, moment
from portal.demonstration.services import DemoService, host_teams
from portal.workforce.learning.host_teams import courses_of, teams_of
from portal.workforce.learning.rules.clinical import CourseDetails, CourseState, Profession
from portal.workforce.learning.service.clinical import add_courses, cancel_course

KEY_WORKERS, NURSES, DOCTORS = Profession.KEY_WORKER, Profession.NURSING, Profession.MEDICAL
CAME: tuple[Mapping[Profession, int], ...] = (
    {KEY_WORKERS: 6, NURSES: 3, DOCTORS: 1, Profession.LEADER: 1},
    {KEY_WORKERS: 4, Profession.PSYCHOLOGY: 2, Profession.PEER: 2},
    {KEY_WORKERS: 5, NURSES: 2, Profession.SOCIAL: 1},
)
ONE_IN = 3  # every third service elsewhere has held courses
NOBODY: Mapping[Profession, int] = {}


def steps(wanted: Sequence[DemoService], anchor: date, size: str) -> Iterator[Step]:
    """The showcase’s service with most host teams does all there is to do; the next was trained long ago."""
    own = sorted((one for one in wanted if one.provider == SHOWCASE), key=lambda one: -len(host_teams(one)))
    first, second, *_ = own
    yield _step(first, anchor, 200, "ips-for-clinical-teams", CAME[0], 1)
    yield _step(first, anchor, 35, "one-team", CAME[1], 2)
    yield _step(first, anchor, 6, "talking-about-work", NOBODY, 1)
    yield _step(first, anchor, 48, "outreach-and-in-work", NOBODY, 1)
    yield Step(moment(anchor, 47, 9), partial(_cancel, first))
    yield _step(first, anchor, -20, "leading-integration", NOBODY, 9)
    yield _step(second, anchor, 400, "ips-for-clinical-teams", CAME[2], 1)
    if size == "full":
        for place, service in enumerate(wanted[::ONE_IN]):
            if service.provider != SHOWCASE:
                days = 30 + 23 * (place % 20)
                yield _step(service, anchor, days, "ips-for-clinical-teams", CAME[place % 3], 2)


def _step(
    service: DemoService, anchor: date, days: int, course: str, came: Mapping[Profession, int], teams: int
) -> Step:
    """A course so many days before the anchor, entered the day after; one to come a week ago."""
    details = CourseDetails(course, anchor - timedelta(days=days), came)
    at = moment(anchor, days - 1 if days > 0 else 7, 9)
    return Step(at, partial(_add, service, details, teams))


def _add(service: DemoService, details: CourseDetails, teams: int) -> None:
    ids = [one.id for one in teams_of(service.id)][:teams]
    by = actor(EISM.id if service.provider == SHOWCASE else manager_of(service.provider))
    for batch in [[one] for one in ids] if details.attended else [ids]:
        add_courses(by, service.id, batch, details)


def _cancel(service: DemoService) -> None:
    """The one that nobody was counted at."""
    row = next(one for one in courses_of(service.id) if one.state(clock.today()) is CourseState.UNCOUNTED)
    cancel_course(actor(EISM.id), row.id, row.version)
