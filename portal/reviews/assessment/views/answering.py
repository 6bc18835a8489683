"""The provider's page of answers: every open question and differing proposal in one place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Invalid, Refused, Stale
from portal.core.filters import plural
from portal.core.forms import sent_version
from portal.reviews.assessment import queries
from portal.reviews.assessment.answers_page import Read, answers, problems_in, to_save
from portal.reviews.assessment.loading import proposals_of
from portal.reviews.assessment.rules.workflow import Action
from portal.reviews.assessment.service.answering import save_answers
from portal.reviews.assessment.service.moving import advance
from portal.reviews.assessment.subjects import MayRead
from portal.reviews.assessment.views.blueprint import Desk, blueprint, desk, to_assessment

ADDRESS = "/assessments/<uuid:assessment_id>/answers"


@blueprint.get(ADDRESS, endpoint="answers")
@access(MayRead())
def answer_page(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    if not here.may(Action.ANSWER_QUESTION):
        return to_assessment(assessment_id)
    return _page(here)


@blueprint.post(ADDRESS)
@access(MayRead())
def answer_all(assessment_id: UUID) -> ResponseReturnValue:
    """Save what was answered, all or none; with the button “send”, hand it to the guide as well."""
    here = desk()
    page = answers(_read(here), request.form)
    problems = problems_in(page)
    if problems:
        return _page(here, problems=problems), 400
    try:
        count = save_answers(current_actor(), assessment_id, *to_save(page))
    except Invalid as error:
        return _page(here, problems=error.problems), 400
    except Stale as error:
        return _page(here, theirs=error.current), 409
    if request.form.get("button") == "send":
        return _send(assessment_id)
    flash(f"Saved: {plural(count, 'answer')} changed." if count else "Nothing had changed.", "success")
    return redirect(url_for(".answers", assessment_id=assessment_id), 303)


def _send(assessment_id: UUID) -> ResponseReturnValue:
    try:
        advance(current_actor(), assessment_id, Action.REPLY, sent_version())
    except (Refused, Stale) as error:
        flash(f"Your answers are saved, but not sent. {error.reason}", "info")
        return redirect(url_for(".answers", assessment_id=assessment_id), 303)
    flash("Sent. The guide has been told.", "success")
    return to_assessment(assessment_id)


def _read(here: Desk) -> Read:
    """In a returned draft the ratings themselves are changed, so only questions are answered there."""
    assessment = here.found.assessment
    proposals = {} if here.may(Action.EDIT) else proposals_of(assessment.id)
    return Read(here.found.scale, here.ratings, proposals, queries.talk(assessment.id), assessment.round)


def _page(here: Desk, *, problems: dict[str, str] | None = None, theirs: Any = None) -> str:
    problems, theirs = problems or {}, theirs or {}
    form = request.form if request.method == "POST" else None
    page = answers(_read(here), form, newest=bool(theirs))
    return render_template(
        "assessment/answers.html",
        desk=here,
        page=page,
        problems=problems,
        theirs=theirs,
        errors=[{"text": text, "href": f"#{name}"} for name, text in problems.items()],
        blocked=here.actions.get(Action.REPLY),
    )
