"""Answering. An anonymous answer is written so that nothing ties it to whoever gave it."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, func, select, text

from portal.accounts.rules.actors import NOBODY, Actor
from portal.accounts.service.throttling import TooManyTries
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.surveys.models import (
    NamedSheet,
    Survey,
    SurveyCode,
    SurveyInvitation,
    SurveyText,
    SurveyTry,
)
from portal.surveys.rules import codes
from portal.surveys.rules.answering import cleaned, parted, problems
from portal.surveys.rules.draft import SurveyState, Way
from portal.surveys.service.loading import locked, questionnaire_of
from portal.surveys.service.mixing import mix_in

_LOCK = 7_051_844  # PostgreSQL advisory lock: tries are counted one after the other
OVER = "This survey has closed."
CODE = "Enter a code that has not been used, like ABCDE-23456"


def answer(actor: Actor, survey_id: UUID, raw: Mapping[str, object]) -> None:
    """The answer of somebody invited; one each. Raises NotFound, Refused or Invalid."""
    with act(actor, "surveys.answer", ("survey", survey_id)):
        survey = _open(locked(survey_id))
        invitation = db.session.get(SurveyInvitation, (survey_id, actor.person_id), populate_existing=True)
        if invitation is None or actor.person_id is None:
            raise NotFound("There is no survey for you at this address.")
        if invitation.answered:
            raise Refused("You have answered this survey. Each person answers once.")
        invitation.answered = True
        _keep(survey, raw, actor.person_id)


def answer_by_link(survey_id: UUID, raw: Mapping[str, object], code: str, client: str) -> None:
    """An answer by open link, from a computer (its network address, never kept).

    Raises NotFound, Refused, Invalid or TooManyTries.
    """
    _count(client)
    with act(NOBODY, "surveys.answer-by-link", ("survey", survey_id)):
        survey = _open(locked(survey_id))
        if survey.way is Way.INVITED:
            raise NotFound("There is no survey at this address.")
        if survey.way is Way.CODES:
            row = db.session.get(SurveyCode, (survey_id, codes.normal(code)), populate_existing=True)
            if row is None or row.used:
                raise Invalid({"code": CODE})
            row.used = True
        _keep(survey, raw, None)


def _open(survey: Survey) -> Survey:
    if survey.state is SurveyState.DRAFT:
        raise NotFound("There is no such survey.")
    if survey.state is SurveyState.CLOSED or survey.closes_on < clock.today():
        raise Refused(OVER)
    return survey


def _keep(survey: Survey, raw: Mapping[str, object], person_id: UUID | None) -> None:
    questionnaire = questionnaire_of(survey)
    answers = cleaned(questionnaire, raw)
    wrong = problems(questionnaire.questions, answers)
    if wrong:
        raise Invalid(wrong)
    if not answers:
        raise Invalid({"form": "Answer at least one question"})
    chosen, written = parted(questionnaire, answers)
    survey.answers += 1
    if survey.anonymous:
        mix_in(survey.id, chosen, written)
    elif person_id is not None:
        _keep_named(survey.id, dict(chosen), written, person_id)


def _keep_named(survey_id: UUID, chosen: dict[str, Any], written: dict[str, str], person_id: UUID) -> None:
    texts = {question: uuid.uuid4() for question in written}
    for question, key in texts.items():
        db.session.add(SurveyText(id=key, survey_id=survey_id, question=question, text=written[question]))
    db.session.add(
        NamedSheet(
            survey_id=survey_id,
            person_id=person_id,
            chosen=chosen,
            texts={question: str(key) for question, key in texts.items()},
            answered_at=clock.now(),
        )
    )


def _count(client: str) -> None:
    """Count something sent by open link. Raises TooManyTries."""
    key = str(current_app.secret_key).encode()
    sender = hmac.new(key, client.encode(), hashlib.sha256).hexdigest()
    since = clock.now() - codes.WITHIN
    with operational() as database:
        if database.get_bind().dialect.name == "postgresql":
            database.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        database.execute(delete(SurveyTry).where(SurveyTry.at <= since))
        counting = select(func.count()).where(SurveyTry.client_digest == sender)
        too_many = codes.refused(database.execute(counting).scalar_one())
        if not too_many:
            database.add(SurveyTry(client_digest=sender, at=clock.now()))
    if too_many:
        raise TooManyTries(codes.REFUSAL)
