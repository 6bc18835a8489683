"""Writing a survey, sending it, reminding, closing."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused
from portal.core.mail import send_mail, words
from portal.core.urls import public_url
from portal.surveys import registry
from portal.surveys.audience import people_for
from portal.surveys.models import Survey, SurveyCode, SurveyInvitation
from portal.surveys.rules.codes import new_code
from portal.surveys.rules.draft import SurveyDraft, SurveyState, Way, closing_problem
from portal.surveys.service.loading import in_state, managed
from portal.surveys.service.mixing import mix_all

SENT = "This survey has been sent. What it asks, and what it promises, no longer changes."
NOT_OPEN = "This survey is not open."


def write_survey(actor: Actor, supplier_id: UUID, draft: SurveyDraft, survey_id: UUID | None = None) -> UUID:
    """Write a survey that nobody sees yet. Raises Forbidden or Invalid."""
    made = survey_id or uuid.uuid4()
    with act(actor, "surveys.write", ("survey", made)) as work:
        demand(actor, Permission.SURVEYS_MANAGE, Links(supplier=supplier_id))
        survey = Survey(id=made, supplier_id=supplier_id, created_at=clock.now())
        _fill(survey, draft)
        db.session.add(survey)
        work.note(questionnaire=draft.questionnaire, way=draft.way, anonymous=draft.anonymous)
    return made


def change_survey(actor: Actor, survey_id: UUID, draft: SurveyDraft, seen: int) -> None:
    """Change a survey that is not sent. Raises NotFound, Forbidden, Stale, Refused or Invalid."""
    with act(actor, "surveys.change", ("survey", survey_id)) as work:
        survey = in_state(managed(actor, survey_id, seen), SurveyState.DRAFT, SENT)
        _fill(survey, draft)
        survey.version += 1
        work.note(questionnaire=draft.questionnaire, way=draft.way, anonymous=draft.anonymous)


def discard_survey(actor: Actor, survey_id: UUID, seen: int) -> None:
    """Delete a survey that was never sent. Raises NotFound, Forbidden, Stale or Refused."""
    with act(actor, "surveys.discard", ("survey", survey_id)):
        in_state(managed(actor, survey_id, seen), SurveyState.DRAFT, SENT)
        db.session.execute(delete(Survey).where(Survey.id == survey_id))


def _fill(survey: Survey, draft: SurveyDraft) -> None:
    problems = draft.problems(registry.questionnaires().keys(), clock.today())
    if problems or draft.closes_on is None:
        raise Invalid(problems)
    survey.questionnaire, survey.definition = draft.questionnaire, registry.raw(draft.questionnaire)
    survey.title, survey.closes_on = draft.title, draft.closes_on
    survey.way, survey.anonymous = draft.way, draft.anonymous
    survey.roles = [role.value for role in draft.roles]
    survey.organisations = [str(one) for one in draft.organisations]
    survey.codes = draft.codes if draft.way is Way.CODES else None
    open_link = draft.way is not Way.INVITED
    survey.link_token = (survey.link_token or secrets.token_urlsafe(18)) if open_link else None


def send_survey(actor: Actor, survey_id: UUID, seen: int) -> int:
    """Open a survey: invite people by mail, or make its codes. Returns how many people were invited.

    Raises NotFound, Forbidden, Stale or Refused.
    """
    with act(actor, "surveys.send", ("survey", survey_id)) as work:
        survey = in_state(managed(actor, survey_id, seen), SurveyState.DRAFT, SENT)
        problem = closing_problem(survey.closes_on, clock.today())
        if problem:
            raise Refused(problem + ". Change it first.")
        survey.definition = registry.raw(survey.questionnaire)
        survey.state, survey.sent_on = SurveyState.OPEN, clock.today()
        survey.version += 1
        people = people_for(survey) if survey.way is Way.INVITED else []
        if survey.way is Way.INVITED and not people:
            raise Refused("Nobody holds these roles in these organisations today. Choose others first.")
        db.session.flush()
        _invite(survey, people)
        for code in _codes(survey.codes or 0):
            db.session.add(SurveyCode(survey_id=survey.id, code=code))
        work.note(people=len(people), codes=survey.codes or 0)
    return len(people)


def _codes(count: int) -> set[str]:
    found: set[str] = set()
    while len(found) < count:
        found.add(new_code(secrets.choice))
    return found


def _invite(survey: Survey, people: Iterable[Person]) -> None:
    for person in people:
        db.session.add(
            SurveyInvitation(
                survey_id=survey.id,
                person_id=person.id,
                anonymous=survey.anonymous,
                invited_on=clock.today(),
            )
        )
        tell(person, survey, "invited")


def tell(person: Person, survey: Survey, what: str) -> None:
    """Mail somebody: invited or reminder."""
    address = f"{public_url()}/surveys/{survey.id}/answer"
    subject, text = words(f"surveys/mails/{what}.txt", name=person.name, survey=survey, address=address)
    send_mail(person.email, subject, text)


def remind_survey(actor: Actor, survey_id: UUID) -> int:
    """Mail everybody who was invited and has not answered; once a day. Returns how many.

    Raises NotFound, Forbidden or Refused.
    """
    with act(actor, "surveys.remind", ("survey", survey_id)) as work:
        survey = in_state(managed(actor, survey_id), SurveyState.OPEN, NOT_OPEN)
        if survey.way is not Way.INVITED:
            raise Refused("Nobody was invited by name, so nobody can be reminded.")
        if clock.today() in (survey.reminded_on, survey.sent_on):
            raise Refused("They were written to today. Remind them tomorrow at the earliest.")
        waiting = waiting_for(survey_id)
        for invitation, person in waiting:
            invitation.reminded_on = clock.today()
            tell(person, survey, "reminder")
        survey.reminded_on = clock.today()
        work.note(told=len(waiting))
    return len(waiting)


def waiting_for(survey_id: UUID) -> list[tuple[SurveyInvitation, Person]]:
    """Who was invited and has not answered, of those who still have an account."""
    query = (
        select(SurveyInvitation, Person)
        .join(Person, Person.id == SurveyInvitation.person_id)
        .where(
            SurveyInvitation.survey_id == survey_id,
            SurveyInvitation.answered.is_(False),
            Person.disabled_at.is_(None),
        )
        .order_by(SurveyInvitation.person_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def close_survey(actor: Actor, survey_id: UUID, seen: int | None = None) -> None:
    """End a survey for good: results show. Raises NotFound, Forbidden, Stale or Refused."""
    with act(actor, "surveys.close", ("survey", survey_id)) as work:
        survey = in_state(managed(actor, survey_id, seen), SurveyState.OPEN, NOT_OPEN)
        survey.state, survey.closed_on = SurveyState.CLOSED, clock.today()
        survey.version += 1
        if survey.anonymous:
            mix_all(survey_id)
        work.note(answers=survey.answers)
