"""Who is out of date, and the uptake of each course, for managers and those who support services."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.rules.paging import Paging
from portal.workforce.learning.listing import (
    LearnerLine,
    chosen,
    learner_lines,
    people_csv,
    uptake,
    uptake_csv,
)
from portal.workforce.learning.people import learners, services_within
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.standing import SOON_DAYS, State
from portal.workforce.learning.views.blueprint import blueprint, csv_file

READ = Permission.LEARNING_READ


@blueprint.get("/learning/people")
@access(May(READ))
def people() -> ResponseReturnValue:
    """Everybody whose learning I may see, whoever is out of date first."""
    everybody = learner_lines(learners(current_actor(), _service()))
    lines, filters = _filtered(everybody)
    paging = Paging.of(request.args.get("page"), len(lines))
    return render_template(
        "workforce/learning/people.html",
        lines=lines[paging.offset : paging.offset + paging.size],
        paging=paging,
        counts={state: sum(line.state is state for line in everybody) for state in State},
        filters=filters,
        services=services_within(current_actor()),
        known=catalogue(),
        soon_days=SOON_DAYS,
    )


@blueprint.get("/learning/people.csv")
@access(May(READ))
def people_file() -> ResponseReturnValue:
    lines, _ = _filtered(learner_lines(learners(current_actor(), _service())))
    return csv_file(people_csv(lines), "learning")


@blueprint.get("/learning/uptake")
@access(May(READ))
def uptake_report() -> ResponseReturnValue:
    """Each course: how many enrolled, how many hold it, of how many of whom it is required."""
    found = learners(current_actor(), _service())
    return render_template(
        "workforce/learning/uptake.html",
        lines=uptake(found),
        people=len(found),
        services=services_within(current_actor()),
        service=request.args.get("service", ""),
    )


@blueprint.get("/learning/uptake.csv")
@access(May(READ))
def uptake_file() -> ResponseReturnValue:
    return csv_file(uptake_csv(uptake(learners(current_actor(), _service()))), "learning-uptake")


def _service() -> UUID | None:
    """The service asked for, among those within reach; None where none is."""
    asked = request.args.get("service", "")
    if not asked:
        return None
    found = next((id_ for id_, _ in services_within(current_actor()) if str(id_) == asked), None)
    if found is None:
        raise NotFound("There is no service within your reach at this address.")
    return found


def _filtered(lines: list[LearnerLine]) -> tuple[list[LearnerLine], dict[str, str]]:
    words = request.args.get("q", "").strip()[:100]
    state = request.args.get("state", "")
    state = state if state in {one.value for one in State} else ""
    filters = {"q": words, "state": state, "service": request.args.get("service", "")}
    return chosen(lines, words, state), filters
