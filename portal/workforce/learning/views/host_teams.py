"""Courses for the clinical staff of host teams: who was trained, what is planned, entering a course."""

from __future__ import annotations

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core import clock
from portal.core.access import access
from portal.core.rules.paging import Paging
from portal.core.rules.rate import rate
from portal.directory.models import Service
from portal.directory.subjects import service_subject
from portal.workforce.learning.host_teams import (
    ServiceLine,
    by_profession,
    courses_csv,
    courses_of,
    line_of,
    service_lines,
    teams_csv,
    teams_of,
)
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.views.blueprint import blueprint, csv_file

READ, EDIT = Permission.LEARNING_READ, Permission.CLINICAL_EDIT
SERVICE = "/services/<key>/clinical-courses"


@blueprint.get("/learning/host-teams")
@access(May(READ))
def host_teams() -> ResponseReturnValue:
    """Each service within reach: how many of its host teams were trained, and when."""
    everywhere = service_lines(current_actor(), clock.today())
    lines, filters = _filtered(everywhere)
    paging = Paging.of(request.args.get("page"), len(lines))
    teams = sum(len(one.teams) for one in everywhere)
    return render_template(
        "workforce/learning/host_teams.html",
        lines=lines[paging.offset : paging.offset + paging.size],
        paging=paging,
        filters=filters,
        several=len(everywhere) > 1,
        trained=rate(sum(int(one.trained.numerator) for one in everywhere), teams),
        people=sum(one.people for one in everywhere),
        without=sum(not one.teams for one in everywhere),
    )


@blueprint.get("/learning/host-teams.csv")
@access(May(READ))
def host_teams_file() -> ResponseReturnValue:
    """A row for each host team."""
    lines, _ = _filtered(service_lines(current_actor(), clock.today()))
    return csv_file(teams_csv(lines), "clinical-courses-by-host-team")


@blueprint.get("/learning/host-teams/courses")
@access(May(READ))
def clinical_outlines() -> ResponseReturnValue:
    """What each course is about, for whoever holds it."""
    return render_template("workforce/learning/clinical_outlines.html", courses=catalogue().clinical.values())


@blueprint.get(SERVICE)
@access(May(READ, service_subject))
def clinical(key: str) -> ResponseReturnValue:
    """A service's host teams and their courses, the newest first."""
    service: Service = g.subject
    today, courses = clock.today(), courses_of(service.id)
    paging = Paging.of(request.args.get("page"), len(courses))
    return render_template(
        "workforce/learning/clinical.html",
        service=service,
        line=line_of(service, teams_of(service.id), courses, today),
        courses=courses[paging.offset : paging.offset + paging.size],
        paging=paging,
        professions=by_profession(courses, today),
        editing=allowed(current_actor(), EDIT, g.links),
        teams_edited=allowed(current_actor(), Permission.SERVICE_EDIT, g.links),
        known=catalogue(),
        today=today,
    )


@blueprint.get(SERVICE + ".csv")
@access(May(READ, service_subject))
def clinical_file(key: str) -> ResponseReturnValue:
    """A row for each course, with a column for each profession."""
    service: Service = g.subject
    data = courses_csv(courses_of(service.id), clock.today())
    return csv_file(data, f"{service.key}-clinical-courses")


def _filtered(lines: list[ServiceLine]) -> tuple[list[ServiceLine], dict[str, str]]:
    words = request.args.get("q", "").strip()[:100]
    show = "untrained" if request.args.get("show") == "untrained" else ""
    found = [
        one for one in lines if words.casefold() in one.name.casefold() and not (show and one.all_trained)
    ]
    return found, {"q": words, "show": show}
