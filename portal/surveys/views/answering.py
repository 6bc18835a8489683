"""Answering a survey, page by page. Nothing is kept before the last page is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.accounts.service.throttling import TooManyTries
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, Refused
from portal.core.forms import summary
from portal.core.rules.whole import whole
from portal.surveys import queries
from portal.surveys.forms import AnswerBase, answer_form
from portal.surveys.models import Survey
from portal.surveys.rules.answering import cleaned, problems
from portal.surveys.rules.codes import LENGTH, normal
from portal.surveys.rules.draft import SurveyState, Way
from portal.surveys.rules.questionnaire import Questionnaire
from portal.surveys.service import answering
from portal.surveys.subjects import HoldsLink, Invited
from portal.surveys.views.blueprint import AT, blueprint

CODE_NEEDED = "Enter your invitation code, like ABCDE-23456"
BY_LINK = "/surveys/open/<string:token>"
Send = Callable[[Mapping[str, object], AnswerBase], None]


@blueprint.get("/surveys")
@access(SignedIn())
def index() -> ResponseReturnValue:
    """The surveys that somebody was invited to."""
    rows = queries.mine(current_actor().person_id, clock.today())
    return render_template("surveys/index.html", rows=rows)


@blueprint.route(AT + "/answer", methods=["GET", "POST"])
@access(Invited())
def answer(survey_id: UUID) -> ResponseReturnValue:
    """The questions, for somebody invited by name."""
    survey, invitation = g.subject
    thanks = url_for(".thanks", survey_id=survey_id)
    if invitation.answered:
        return redirect(thanks, 303)

    def send(raw: Mapping[str, object], _form: AnswerBase) -> None:
        answering.answer(current_actor(), survey_id, raw)

    return _pages(survey, send, thanks)


@blueprint.get(AT + "/thanks")
@access(Invited())
def thanks(survey_id: UUID) -> ResponseReturnValue:
    survey, invitation = g.subject
    if not invitation.answered:
        return redirect(url_for(".answer", survey_id=survey_id), 303)
    return render_template("surveys/thanks.html", survey=survey)


@blueprint.route(BY_LINK, methods=["GET", "POST"])
@access(HoldsLink())
def answer_by_link(token: str) -> ResponseReturnValue:
    """The questions, for whoever holds the link. What a program filled in goes nowhere."""
    survey: Survey = g.subject

    def send(raw: Mapping[str, object], form: AnswerBase) -> None:
        if not form.website.data:
            answering.answer_by_link(survey.id, raw, form.code.data or "", request.remote_addr or "")

    return _pages(survey, send, url_for(".thanks_by_link", token=token))


@blueprint.get(BY_LINK + "/thanks")
@access(HoldsLink())
def thanks_by_link(token: str) -> ResponseReturnValue:
    return render_template("surveys/thanks.html", survey=g.subject)


@dataclass
class _Step:
    """Which section is shown, and the status of the page."""

    section: int
    status: int = 200


def _pages(survey: Survey, send: Send, thanks: str) -> ResponseReturnValue:
    if survey.state is SurveyState.CLOSED or survey.closes_on < clock.today():
        return render_template("surveys/over.html", survey=survey)
    questionnaire = queries.questionnaire_of(survey)
    form = answer_form(questionnaire)
    last = len(questionnaire.sections) - 1
    step = _Step(min(whole(form.section.data) or 0, last))
    if request.method == "POST":
        with_code = survey.way is Way.CODES
        sent = form.validate_on_submit() and _moved(questionnaire, form, step, send, with_code)
        if sent:
            return redirect(thanks, 303)
    return _shown(survey, questionnaire, form, step)


def _moved(questionnaire: Questionnaire, form: AnswerBase, step: _Step, send: Send, with_code: bool) -> bool:
    """Go back, go on, or send. True once it was sent.

    What is no code at all is said on the first page; whether it is good only once all is sent, so that
    nobody can try codes without being counted.
    """
    raw = {question.key: form[question.key].data for question in questionnaire.questions}
    if request.form.get("go") == "back":
        step.section = max(0, step.section - 1)
        return False
    here = questionnaire.sections[step.section].questions
    wrong = problems(here, cleaned(questionnaire, raw))
    if with_code and step.section == 0 and len(normal(form.code.data or "")) != LENGTH:
        wrong = {"code": CODE_NEEDED} | wrong
    if wrong:
        form.take(Invalid(wrong))
        step.status = 400
        return False
    if step.section < len(questionnaire.sections) - 1:
        step.section += 1
        return False
    try:
        send(raw, form)
    except Invalid as error:
        form.take(error)
        step.section, step.status = _place(questionnaire, error, step.section), 400
        return False
    except (Refused, TooManyTries) as error:
        form.form_errors.append(error.reason)
        step.status = 409 if isinstance(error, Refused) else 429
        return False
    return True


def _place(questionnaire: Questionnaire, error: Invalid, here: int) -> int:
    """The first section with a problem; the code stands on the first page."""
    if "code" in error.problems:
        return 0
    for place, section in enumerate(questionnaire.sections):
        if any(question.key in error.problems for question in section.questions):
            return place
    return here


def _shown(
    survey: Survey, questionnaire: Questionnaire, form: AnswerBase, step: _Step
) -> ResponseReturnValue:
    section = questionnaire.sections[step.section]
    own = {question.key for question in section.questions}
    elsewhere = [(key, value) for key, value in _typed(questionnaire, form) if key not in own]
    with_code = survey.way is Way.CODES
    if with_code and step.section:
        elsewhere.append(("code", form.code.data or ""))
    page = render_template(
        "surveys/answer.html",
        survey=survey,
        questionnaire=questionnaire,
        section=section,
        place=step.section,
        count=len(questionnaire.sections),
        form=form,
        elsewhere=elsewhere,
        with_code=with_code and not step.section,
        errors=summary(form),
    )
    return page, max(step.status, form.status)


def _typed(questionnaire: Questionnaire, form: AnswerBase) -> list[tuple[str, Any]]:
    """Every answer as hidden fields carry it from page to page."""
    found: list[tuple[str, Any]] = []
    for question in questionnaire.questions:
        data = form[question.key].data
        found += [(question.key, one) for one in (data if isinstance(data, list) else [data]) if one]
    return found
