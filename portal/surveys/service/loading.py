"""Loading a survey inside a verb, locked, and its questionnaire."""

from __future__ import annotations

from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core.db import db
from portal.core.errors import NotFound, Refused, Stale
from portal.surveys.models import Survey
from portal.surveys.rules.draft import SurveyState
from portal.surveys.rules.questionnaire import Questionnaire
from portal.surveys.rules.reading import read_questionnaire


def locked(survey_id: UUID) -> Survey:
    """The survey, which nobody else changes or answers until this verb ends. Raises NotFound.

    On PostgreSQL its row is locked; on SQLite the verb's own transaction already keeps others out.
    """
    survey = db.session.get(Survey, survey_id, with_for_update=True, populate_existing=True)
    if survey is None:
        raise NotFound("There is no such survey.")
    return survey


def managed(actor: Actor, survey_id: UUID, seen: int | None = None) -> Survey:
    """As `locked`, for those who manage it. Raises NotFound, Forbidden, or Stale (`seen`: an old version)."""
    survey = locked(survey_id)
    demand(actor, Permission.SURVEYS_MANAGE, Links(supplier=survey.supplier_id))
    if seen is not None and survey.version != seen:
        current = {name: getattr(survey, name) for name in ("title", "closes_on", "way", "anonymous")}
        raise Stale("Somebody else changed this survey first.", current, survey.version)
    return survey


def in_state(survey: Survey, state: SurveyState, otherwise: str) -> Survey:
    """The survey. Raises Refused, saying `otherwise`, where it stands differently."""
    if survey.state is not state:
        raise Refused(otherwise)
    return survey


def questionnaire_of(survey: Survey) -> Questionnaire:
    """The questionnaire as it was when the survey was written or sent."""
    return read_questionnaire(survey.definition, survey.questionnaire)
