"""Finding what the routes of surveys are about, and who may answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import g
from sqlalchemy import select

from portal.accounts.access import person_signed_in
from portal.accounts.current import current_actor
from portal.accounts.models import Organisation
from portal.accounts.rules.permissions import Links, Permission, Reach, reaches
from portal.accounts.rules.roles import OrganisationKind
from portal.core.db import db
from portal.core.errors import NotFound
from portal.surveys.models import FocusGroup, Survey, SurveyInvitation, SurveyTheme
from portal.surveys.queries import by_token
from portal.surveys.rules.draft import SurveyState


def survey_subject(survey_id: UUID, **_: object) -> tuple[Survey, Links] | None:
    """The survey, linked to its supplier."""
    survey = db.session.get(Survey, survey_id)
    return (survey, Links(supplier=survey.supplier_id)) if survey else None


def named_subject(survey_id: UUID, **_: object) -> tuple[Survey, Links] | None:
    """A survey that was sent and promises nothing: of an anonymous one nobody's answers can be read."""
    found = survey_subject(survey_id)
    sent = found is not None and found[0].state is not SurveyState.DRAFT
    return found if sent and found and not found[0].anonymous else None


def results_subject(survey_id: UUID) -> tuple[Survey, Links] | None:
    """A survey that was sent: of a draft there are no results to read."""
    found = survey_subject(survey_id)
    return found if found and found[0].state is not SurveyState.DRAFT else None


def theme_subject(survey_id: UUID, theme_id: UUID) -> tuple[Survey, Links] | None:
    """The survey of a theme."""
    theme = db.session.get(SurveyTheme, theme_id)
    return survey_subject(survey_id) if theme and theme.survey_id == survey_id else None


def focus_group_subject(group_id: UUID) -> tuple[FocusGroup, Links] | None:
    """A focus group, linked to its supplier."""
    group = db.session.get(FocusGroup, group_id)
    return (group, Links(supplier=group.supplier_id)) if group else None


def own_suppliers(permission: Permission) -> list[UUID]:
    """The suppliers over whose surveys the actor holds a permission."""
    held = reaches(current_actor(), permission)
    if any(reach is Reach.EVERY for _, reach in held):
        query = select(Organisation.id).where(Organisation.kind == OrganisationKind.SUPPLIER)
        return list(db.session.scalars(query.order_by(Organisation.name, Organisation.id)))
    return sorted({membership.organisation_id for membership, _ in held})


class Invited:
    """Whoever was invited to a survey that is or was open."""

    words = "Whoever was invited to the survey"

    def check(self, arguments: Mapping[str, Any]) -> tuple[Survey, SurveyInvitation]:
        actor = person_signed_in()
        query = (
            select(Survey, SurveyInvitation)
            .join(SurveyInvitation, SurveyInvitation.survey_id == Survey.id)
            .where(Survey.id == arguments["survey_id"], SurveyInvitation.person_id == actor.person_id)
        )
        row = db.session.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no survey for you at this address.")
        return row[0], row[1]


class HoldsLink:
    """Whoever holds the link of an open survey: the secret in it is the invitation."""

    words = "Anyone: whoever holds the survey’s link"

    def check(self, arguments: Mapping[str, Any]) -> Survey:
        survey = by_token(arguments["token"])
        if survey is None or survey.state is SurveyState.DRAFT:
            raise NotFound("There is no survey at this address.")
        g.links = Links(supplier=survey.supplier_id)
        return survey
