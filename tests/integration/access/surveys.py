"""North’s surveys in the world of attacks: a draft, one for Alder’s staff, an open link, closed, named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.surveys.models import Survey, SurveyText, SurveyTheme
from portal.surveys.rules.draft import SurveyDraft, Way
from portal.surveys.rules.groups import GroupRecord
from portal.surveys.service.answering import answer
from portal.surveys.service.learning_from import add_theme, record_group
from portal.surveys.service.sending import close_survey, send_survey, write_survey
from tests.integration.access import world

DRAFT, OPEN, LINK, CLOSED, NAMED = (
    "survey-draft",
    "survey-open",
    "survey-link",
    "survey-closed",
    "survey-named",
)
TOKEN = "the-link-of-the-open-survey"


def fill() -> None:
    """Write them."""
    eism, north = world.actor("eism"), world.id_of("north")
    closes_on = clock.today() + timedelta(days=30)
    for name in (DRAFT, OPEN, LINK, CLOSED, NAMED):
        way = Way.LINK if name == LINK else Way.INVITED
        key = "data-tool-feedback" if name == LINK else "yearly-satisfaction"
        roles, alder = (Role.PROVIDER_STAFF,), (world.id_of("alder"),)
        draft = SurveyDraft(
            key, name, way, anonymous=name != NAMED, closes_on=closes_on, roles=roles, organisations=alder
        )
        write_survey(eism, north, draft, world.id_of(name))
        if name != DRAFT:
            send_survey(eism, world.id_of(name), 1)
    with operational() as session:
        session.execute(update(Survey).where(Survey.id == world.id_of(LINK)).values(link_token=TOKEN))
    closed = world.id_of(CLOSED)
    answer(world.actor("staff"), closed, {"overall": "good", "helped": "Much"})
    close_survey(eism, closed)
    answer(world.actor("staff"), world.id_of(NAMED), {"overall": "good", "helped": "Cornflower"})
    texts = select(SurveyText.id).where(SurveyText.survey_id == closed)
    add_theme(eism, closed, "Employers", list(db.session.scalars(texts)))
    record = GroupRecord("Data tool", clock.today(), "Online", 6, "What was said")
    record_group(eism, north, record, world.id_of("survey-group"))


def ids(on: str) -> dict[str, Any]:
    """What addresses of a survey need."""
    theme = db.session.scalars(select(SurveyTheme.id)).first()
    ids = {"survey_id": world.id_of(on), "group_id": world.id_of(on), "theme_id": theme}
    return ids | {"person_id": world.id_of("staff")}
