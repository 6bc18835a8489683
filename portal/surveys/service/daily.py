"""Every day: surveys whose last day has passed are closed, and those who have not answered are reminded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import Refused
from portal.surveys.models import Survey, SurveyTry
from portal.surveys.rules.codes import WITHIN
from portal.surveys.rules.draft import SurveyState, Way
from portal.surveys.rules.reminding import due
from portal.surveys.service.loading import locked
from portal.surveys.service.sending import close_survey, tell, waiting_for

JOB = "surveys.daily"


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    close_passed()
    remind()
    with operational() as database:
        database.execute(delete(SurveyTry).where(SurveyTry.at <= clock.now() - WITHIN))


def close_passed() -> int:
    """Close every survey whose last day has passed. Returns how many."""
    query = select(Survey.id).where(Survey.state == SurveyState.OPEN, Survey.closes_on < clock.today())
    return sum(_close(survey_id) for survey_id in list(db.session.scalars(query.order_by(Survey.id))))


def _close(survey_id: UUID) -> bool:
    try:
        close_survey(PORTAL, survey_id)
    except Refused:  # another run was faster
        return False
    return True


def remind() -> int:
    """Write the reminders that are due today, each once. Returns how many mails."""
    query = select(Survey.id).where(Survey.state == SurveyState.OPEN, Survey.way == Way.INVITED)
    return sum(_remind(survey_id) for survey_id in list(db.session.scalars(query.order_by(Survey.id))))


def _remind(survey_id: UUID) -> int:
    today = clock.today()
    with act(PORTAL, "surveys.remind-due", ("survey", survey_id)) as work:
        survey = locked(survey_id)
        waiting = [
            (invitation, person)
            for invitation, person in waiting_for(survey_id)
            if survey.state is SurveyState.OPEN
            and due(invitation.invited_on, invitation.reminded_on, survey.closes_on, today)
        ]
        if not waiting:
            work.unchanged()
            return 0
        for invitation, person in waiting:
            invitation.reminded_on = today
            tell(person, survey, "reminder")
        work.note(told=len(waiting))
    return len(waiting)
