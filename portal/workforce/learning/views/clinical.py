"""Entering a course for clinical staff, changing it, cancelling it and putting it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.filters import day
from portal.core.form_pages import FormPage, form_page, version
from portal.directory.models import Service
from portal.directory.subjects import service_subject
from portal.workforce.learning.forms import CourseForm, NewCourseForm
from portal.workforce.learning.host_teams import teams_of
from portal.workforce.learning.models import ClinicalSession
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.clinical import CourseDetails, Profession
from portal.workforce.learning.service.clinical import (
    add_courses,
    cancel_course,
    edit_course,
    put_back_course,
)
from portal.workforce.learning.subjects import clinical_course_subject
from portal.workforce.learning.views.blueprint import blueprint
from portal.workforce.learning.views.host_teams import SERVICE

READ, EDIT = Permission.LEARNING_READ, Permission.CLINICAL_EDIT
COURSE = "/learning/host-teams/courses/<uuid:session_id>"
TEMPLATE = "workforce/learning/clinical_form.html"


@blueprint.route(SERVICE + "/new", methods=["GET", "POST"])
@access(May(EDIT, service_subject, seen_by=READ))
def new_clinical(key: str) -> ResponseReturnValue:
    """Plan a course for some host teams, or record one that was held."""
    service: Service = g.subject
    teams = teams_of(service.id)
    form = NewCourseForm([(str(one.id), one.name) for one in teams])
    if len(teams) == 1 and not form.is_submitted():
        form.teams.data = [str(teams[0].id)]

    def save() -> str:
        chosen = [UUID(one) for one in form.teams.data or ()]
        details = _details(form)
        made = add_courses(current_actor(), service.id, chosen, details)
        return f"{'Recorded' if any(details.attended.values()) else 'Planned'}: {_said(details, len(made))}."

    return form_page(form, _page(service, "Plan or record a course"), save)


@blueprint.route(COURSE, methods=["GET", "POST"])
@access(May(EDIT, clinical_course_subject, seen_by=READ))
def change_clinical(session_id: UUID) -> ResponseReturnValue:
    """Count who came, or change the course or its day."""
    row: ClinicalSession = g.subject
    counts = {one.field: row.attended.get(one) for one in Profession}
    form = CourseForm(data={"course": row.course, "on": row.on, "version": row.version, **counts})
    removal = (
        None if row.cancelled else (url_for(".cancel_clinical", session_id=row.id), "Cancel this course")
    )
    page = _page(row.service, f"Course for {row.where}", removal=removal)

    def save() -> str:
        details = _details(form)
        edit_course(current_actor(), row.id, details, version())
        return f"Saved: {_said(details, 1)}."

    return form_page(form, page, save)


@blueprint.post(COURSE + "/cancel")
@access(May(EDIT, clinical_course_subject, seen_by=READ))
def cancel_clinical(session_id: UUID) -> ResponseReturnValue:
    """It was not held, or entered by mistake."""
    return _done(
        lambda: cancel_course(current_actor(), session_id, version()), "Cancelled. You can put it back."
    )


@blueprint.post(COURSE + "/put-back")
@access(May(EDIT, clinical_course_subject, seen_by=READ))
def return_clinical(session_id: UUID) -> ResponseReturnValue:
    """Undo a cancelling."""
    return _done(lambda: put_back_course(current_actor(), session_id, version()), "The course is back.")


def _done(verb: Callable[[], None], said: str) -> ResponseReturnValue:
    row: ClinicalSession = g.subject
    key = row.service.key
    try:
        verb()
    except Stale as error:
        flash(f"{error.reason} Look at it once more, then try again.", "error")
    except Invalid as error:
        flash(error.reason + ".", "error")
    else:
        flash(said, "success")
    return redirect(url_for(".clinical", key=key), 303)


def _page(service: Service, title: str, removal: tuple[str, str] | None = None) -> FormPage:
    back = url_for(".clinical", key=service.key)
    return FormPage(
        title, back, f"Courses for host teams of {service.name}", removal=removal, template=TEMPLATE
    )


def _details(form: CourseForm) -> CourseDetails:
    assert form.on.data is not None  # the form asks for it
    return CourseDetails(form.course.data or "", form.on.data, form.attended)


def _said(details: CourseDetails, teams: int) -> str:
    found = f"{catalogue().title(details.course)}, {day(details.on)}"
    return f"{found}, for {teams} host teams" if teams > 1 else found
