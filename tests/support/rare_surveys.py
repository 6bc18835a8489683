"""Surveys in states that the demonstration does not hold: a draft, and open links that only we know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.db import db
from portal.demonstration.people import LEAD_MANAGER, SUPPLIER
from portal.demonstration.script import actor
from portal.surveys.models import Survey
from portal.surveys.rules.draft import SurveyDraft, Way
from portal.surveys.service.sending import send_survey, write_survey


def add() -> dict[str, str]:
    """Write them. Returns the draft's id and the tokens of the links."""
    lead, closes_on = actor(LEAD_MANAGER.id), clock.today() + timedelta(days=20)
    draft = SurveyDraft(
        "data-tool-feedback", "A draft", Way.INVITED, True, closes_on, roles=(Role.PROVIDER_STAFF,)
    )
    by_link = replace(draft, title="By link", way=Way.LINK)
    by_code = replace(draft, title="By code", way=Way.CODES, codes=3)
    facts = {"survey draft": str(write_survey(lead, SUPPLIER.id, draft))}
    for name, one in (("survey link", by_link), ("survey codes", by_code)):
        made = write_survey(lead, SUPPLIER.id, one)
        send_survey(lead, made, 1)
        facts[name] = db.session.get_one(Survey, made).link_token or ""
        facts[f"{name} id"] = str(made)
    return facts
