"""Surveys for tests: one of each way, sent, answered and closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from portal.accounts.models import Membership, Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.surveys.models import Survey
from portal.surveys.rules.draft import SurveyDraft, Way
from portal.surveys.service.answering import answer
from portal.surveys.service.sending import close_survey, send_survey, write_survey
from tests.support.assessing import actor, id_of

YEARLY = "yearly-satisfaction"


def draft(**other: Any) -> SurveyDraft:
    """A survey to all provider staff of the contract, open for three weeks."""
    closes_on = clock.today() + timedelta(days=21)
    usual = SurveyDraft(YEARLY, "Yearly survey", Way.INVITED, True, closes_on, (Role.PROVIDER_STAFF,))
    return replace(usual, **other)


def survey(sent: bool = True, by: str = "lead", **other: Any) -> UUID:
    """A survey of the world's supplier."""
    made = write_survey(actor(by), id_of("support"), draft(**other))
    if sent:
        send_survey(actor(by), made, 1)
    return made


def fresh(survey_id: UUID) -> Survey:
    """The survey as the database has it."""
    db.session.rollback()
    return db.session.get_one(Survey, survey_id, populate_existing=True)


def staff(count: int, organisation: UUID | None = None) -> list[Actor]:
    """So many more people of a provider's staff."""
    people = []
    with operational() as session:
        for number in range(count):
            person = Person(
                id=uuid4(),
                email=f"staff-{number}-{uuid4().hex[:6]}@example.org",
                name=f"Staff {number}",
                created_at=clock.now(),
            )
            session.add(person)
            session.flush()
            session.add(
                Membership(
                    person_id=person.id,
                    organisation_id=organisation or id_of("alder"),
                    role=Role.PROVIDER_STAFF,
                    starts=clock.today() - timedelta(days=9),
                )
            )
            people.append(Actor(person.id, person.name))
    return people


def answered(answers: list[dict[str, object]], **other: Any) -> UUID:
    """A survey that staff answered so, still open."""
    people = staff(len(answers))
    made = survey(**other)
    for person, given in zip(people, answers, strict=True):
        answer(person, made, given)
    return made


def closed(answers: list[dict[str, object]], **other: Any) -> UUID:
    """As `answered`, and closed."""
    made = answered(answers, **other)
    close_survey(actor("lead"), made)
    return made
