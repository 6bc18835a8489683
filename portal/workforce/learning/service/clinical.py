"""Courses for the clinical staff of host teams: planning and recording them, changing, cancelling."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.act import Work, act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, demand_version
from portal.core.filters import day
from portal.directory.models import HostTeam
from portal.directory.service.loading import locked
from portal.workforce.learning.models import ClinicalAttendance, ClinicalSession
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.clinical import CourseDetails, Profession, course_problems

EDIT = Permission.CLINICAL_EDIT


def add_courses(
    actor: Actor, service_id: UUID, team_ids: Collection[UUID], details: CourseDetails
) -> list[UUID]:
    """A course for each of these host teams; with numbers it was held. Returns their ids.

    Raises NotFound, Forbidden or Invalid (course, on, teams, n_… of a profession).
    """
    with act(actor, "learning.add-clinical", ("service", service_id)) as work:
        locked(actor, EDIT, service_id)
        teams = _teams(service_id, team_ids)
        _demand_sound(details, len(teams))
        for team in teams:
            _demand_new(service_id, team, details)
        made = []
        for team in teams:
            row = ClinicalSession(
                id=uuid.uuid4(), service_id=service_id, team_id=team.id, team_name=team.name
            )
            _put(row, details)
            db.session.add(row)
            made.append(row.id)
        work.note(course=details.course, on=details.on, teams=len(teams), people=_people(details))
    return made


def edit_course(actor: Actor, session_id: UUID, details: CourseDetails, version: int) -> None:
    """Change a course, or count who came. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "learning.edit-clinical", ("clinical-course", session_id)) as work:
        row = _row(actor, session_id)
        before = details_of(row)
        _demand_version(row, version)
        _demand_sound(details, 1)
        if (details.course, details.on) != (before.course, before.on) and row.team is not None:
            _demand_new(row.service_id, row.team, details)
        _put(row, details)
        if details_of(row) == before:
            work.unchanged()
            return
        row.version += 1
        work.note(course=details.course, on=details.on, people=_people(details))


def cancel_course(actor: Actor, session_id: UUID, version: int) -> None:
    """Not held, or entered by mistake: it counts nowhere, and can be put back.

    Raises NotFound, Forbidden or Stale.
    """
    with act(actor, "learning.cancel-clinical", ("clinical-course", session_id)) as work:
        _cancel(_row(actor, session_id), version, work, cancelled=True)


def put_back_course(actor: Actor, session_id: UUID, version: int) -> None:
    """Undo a cancelling, with the numbers it had. Raises NotFound, Forbidden, Stale or Invalid (on)."""
    with act(actor, "learning.put-back-clinical", ("clinical-course", session_id)) as work:
        row = _row(actor, session_id)
        if row.cancelled and row.team is not None:
            _demand_new(row.service_id, row.team, details_of(row))
        _cancel(row, version, work, cancelled=False)


def details_of(row: ClinicalSession) -> CourseDetails:
    """A course as a form shows it."""
    return CourseDetails(row.course, row.on, row.attended)


def _cancel(row: ClinicalSession, version: int, work: Work, *, cancelled: bool) -> None:
    _demand_version(row, version)
    if row.cancelled is cancelled:
        work.unchanged()
        return
    row.cancelled = cancelled
    row.version += 1
    work.note(course=row.course, on=row.on)


def _put(row: ClinicalSession, details: CourseDetails) -> None:
    row.course, row.on = details.course, details.on
    standing = {one.profession: one for one in row.attendance}
    for profession, people in details.attended.items():
        one = standing.pop(profession, None)
        if not people:
            if one is not None:
                row.attendance.remove(one)
        elif one is None:
            row.attendance.append(ClinicalAttendance(profession=profession, people=people))
        else:
            one.people = people
    for one in standing.values():
        row.attendance.remove(one)


def _row(actor: Actor, session_id: UUID) -> ClinicalSession:
    """The course, its service locked, as it stands now."""
    row = db.session.get(ClinicalSession, session_id)
    if row is None:
        raise NotFound("This is no longer there.")
    locked(actor, EDIT, row.service_id)
    db.session.refresh(row)
    return row


def _demand_version(row: ClinicalSession, version: int) -> None:
    came = {profession.field: row.attended.get(profession) for profession in Profession}
    demand_version(version, row.version, {"course": row.course, "on": row.on, **came})


def _demand_sound(details: CourseDetails, teams: int) -> None:
    problems = course_problems(details, catalogue().clinical, teams, clock.today())
    if problems:
        raise Invalid(problems)


def _demand_new(service_id: UUID, team: HostTeam, details: CourseDetails) -> None:
    """The same course of a team on one day is entered once; the service is locked."""
    query = select(ClinicalSession.id).where(
        ClinicalSession.service_id == service_id,
        ClinicalSession.team_id == team.id,
        ClinicalSession.course == details.course,
        ClinicalSession.on == details.on,
        ClinicalSession.cancelled.is_(False),
    )
    if db.session.execute(query).first() is not None:
        raise Invalid({"on": f"This course of {team.name} on {day(details.on)} is entered already"})


def _teams(service_id: UUID, team_ids: Collection[UUID]) -> Sequence[HostTeam]:
    query = (
        select(HostTeam)
        .where(HostTeam.service_id == service_id, HostTeam.id.in_(set(team_ids)))
        .order_by(HostTeam.name, HostTeam.id)
    )
    found = db.session.scalars(query).all()
    if len(found) != len(set(team_ids)):
        raise Invalid({"teams": "Choose host teams from the list"})
    return found


def _people(details: CourseDetails) -> int:
    return sum(details.attended.values())
