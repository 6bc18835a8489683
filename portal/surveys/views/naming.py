"""Surveys that promise nothing: who has answered, and what each of them answered."""

from __future__ import annotations

from uuid import UUID

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import NotFound
from portal.surveys import named, queries
from portal.surveys.export import answers_csv
from portal.surveys.models import Survey
from portal.surveys.rules.draft import SurveyState
from portal.surveys.subjects import Invited, named_subject
from portal.surveys.views.blueprint import AT, MANAGE, RESULTS, blueprint, csv_file

NAMED = May(MANAGE, named_subject, seen_by=RESULTS)
NOTHING = "There is no answer of this person to read."


@blueprint.get(AT + "/people")
@access(NAMED)
def people(survey_id: UUID) -> ResponseReturnValue:
    """Who was invited, and when they answered."""
    survey: Survey = g.subject
    rows, paging = named.asked(survey, request.args.get("page"))
    counts = queries.counts([survey_id])[survey_id]
    return render_template("surveys/people.html", survey=survey, rows=rows, paging=paging, counts=counts)


@blueprint.get(AT + "/people.csv")
@access(NAMED)
def people_file(survey_id: UUID) -> Response:
    """Every answer with its name: a row for each person."""
    survey: Survey = g.subject
    data = answers_csv(queries.questionnaire_of(survey), named.sheets(survey))
    return csv_file(data, "survey-answers.csv")


@blueprint.get(AT + "/people/<uuid:person_id>")
@access(NAMED)
def person(survey_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """What somebody answered, for those who sent the survey."""
    return _sheet_page(g.subject, person_id, own=False)


@blueprint.get(AT + "/mine")
@access(Invited())
def own_answers(survey_id: UUID) -> ResponseReturnValue:
    """What one has answered oneself."""
    survey, _ = g.subject
    return _sheet_page(survey, current_actor().person_id, own=True)


def _sheet_page(survey: Survey, person_id: UUID | None, *, own: bool) -> ResponseReturnValue:
    found = named.sheet(survey, person_id)
    if found is None:
        raise NotFound(NOTHING)
    return render_template(
        "surveys/sheet.html",
        survey=survey,
        sheet=found,
        own=own,
        closed=survey.state is SurveyState.CLOSED,
        questionnaire=queries.questionnaire_of(survey),
    )
