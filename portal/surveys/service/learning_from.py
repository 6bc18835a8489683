"""What people make of the answers: themes of what was written, and records of focus groups."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Stale
from portal.surveys.models import FocusGroup, Survey, SurveyText, SurveyTheme, theme_texts
from portal.surveys.rules.draft import SurveyState
from portal.surveys.rules.groups import GroupRecord
from portal.surveys.service.loading import in_state, managed

LONGEST_THEME = 120
_EARLY = "Themes are recorded once the survey has closed."


def add_theme(actor: Actor, survey_id: UUID, name: str, texts: Collection[UUID]) -> UUID:
    """Record a theme and in which texts it was found. Raises NotFound, Forbidden, Refused or Invalid."""
    theme_id, person_id = uuid.uuid4(), _somebody(actor)
    with act(actor, "surveys.add-theme", ("survey", survey_id)) as work:
        in_state(managed(actor, survey_id), SurveyState.CLOSED, _EARLY)
        wanted = set(texts)
        there = select(func.count()).where(SurveyText.survey_id == survey_id, SurveyText.id.in_(wanted))
        problems = {}
        if not name or len(name) > LONGEST_THEME:
            problems["name"] = f"Enter the theme, in {LONGEST_THEME} characters or fewer"
        if not wanted or db.session.execute(there).scalar_one() != len(wanted):
            problems["texts"] = "Choose the answers in which you found it"
        if problems:
            raise Invalid(problems)
        theme = SurveyTheme(
            id=theme_id, survey_id=survey_id, name=name, found_by=person_id, found_on=clock.today()
        )
        db.session.add(theme)
        db.session.flush()
        rows = [{"theme_id": theme_id, "text_id": text_id} for text_id in sorted(wanted)]
        db.session.execute(insert(theme_texts), rows)
        work.note(theme=theme_id, texts=len(wanted))
    return theme_id


def remove_theme(actor: Actor, survey_id: UUID, theme_id: UUID) -> None:
    """Take a theme away; what was written stays. Raises NotFound or Forbidden."""
    with act(actor, "surveys.remove-theme", ("survey", survey_id)) as work:
        managed(actor, survey_id)
        theme = db.session.get(SurveyTheme, theme_id)
        if theme is None or theme.survey_id != survey_id:
            raise NotFound("There is no such theme.")
        db.session.execute(delete(theme_texts).where(theme_texts.c.theme_id == theme_id))
        db.session.delete(theme)
        work.note(theme=theme_id)


def record_group(actor: Actor, supplier_id: UUID, record: GroupRecord, group_id: UUID | None = None) -> UUID:
    """Record a focus group. Raises Forbidden or Invalid."""
    made, person_id = group_id or uuid.uuid4(), _somebody(actor)
    with act(actor, "surveys.record-group", ("focus-group", made)) as work:
        demand(actor, Permission.SURVEYS_MANAGE, Links(supplier=supplier_id))
        group = FocusGroup(id=made, supplier_id=supplier_id, recorded_by=person_id)
        _fill(group, record)
        db.session.add(group)
        work.note(people=record.people, themes=len(record.themes))
    return made


def change_group(actor: Actor, group_id: UUID, record: GroupRecord, seen: int) -> None:
    """Change the record of a focus group. Raises NotFound, Forbidden, Stale or Invalid."""
    with act(actor, "surveys.change-group", ("focus-group", group_id)) as work:
        group = db.session.get(FocusGroup, group_id, with_for_update=True, populate_existing=True)
        if group is None:
            raise NotFound("There is no such focus group.")
        demand(actor, Permission.SURVEYS_MANAGE, Links(supplier=group.supplier_id))
        if group.version != seen:
            now = {name: getattr(group, name) for name in ("topic", "held_on", "place", "people", "notes")}
            raise Stale("Somebody else changed this record first.", now, group.version)
        _fill(group, record)
        group.version += 1
        work.note(people=record.people, themes=len(record.themes))


def _fill(group: FocusGroup, record: GroupRecord) -> None:
    problems = record.problems(clock.today())
    if record.survey_id is not None:
        survey = db.session.get(Survey, record.survey_id)
        if survey is None or survey.supplier_id != group.supplier_id:
            problems["survey_id"] = "Choose a survey from the list"
    if problems or record.held_on is None or record.people is None:
        raise Invalid(problems)
    group.topic, group.held_on, group.place = record.topic, record.held_on, record.place
    group.people, group.notes, group.themes = record.people, record.notes, list(record.themes)
    group.survey_id = record.survey_id


def _somebody(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise Forbidden("Only a person records this.")
    return actor.person_id
