"""Reads of surveys that promise nothing: who answered, and what each of them answered.

Of an anonymous survey there is nothing here to read: its rows lead to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.rules.paging import Paging
from portal.surveys.models import NamedSheet, Survey, SurveyInvitation, SurveyText
from portal.surveys.queries import questionnaire_of
from portal.surveys.rules.questionnaire import Question, Questionnaire


@dataclass(frozen=True)
class Sheet:
    """What somebody answered: of each question what was chosen, in words, or what was written."""

    person_id: UUID
    name: str
    answered_at: datetime
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """Somebody who was invited, and when they answered; None: not yet."""

    person_id: UUID
    name: str
    answered_at: datetime | None


def asked(survey: Survey, page: str | None) -> tuple[list[Asked], Paging]:
    """One page of those invited, by name. Two statements."""
    own = SurveyInvitation.survey_id == survey.id
    total = db.session.scalar(select(func.count()).select_from(SurveyInvitation).where(own)) or 0
    paging = Paging.of(page, total)
    query = (
        select(Person.id, Person.name, NamedSheet.answered_at)
        .join(SurveyInvitation, SurveyInvitation.person_id == Person.id)
        .outerjoin(NamedSheet, _sheet_of_invitation())
        .where(own)
        .order_by(Person.name, Person.id)
        .limit(paging.size)
        .offset(paging.offset)
    )
    return [Asked(*row) for row in db.session.execute(query)], paging


def sheet(survey: Survey, person_id: UUID | None) -> Sheet | None:
    """What somebody answered; None where they have not. Two statements."""
    row = db.session.execute(_sheets(survey).where(NamedSheet.person_id == person_id)).one_or_none()
    return _read(survey, [row])[0] if row else None


def sheets(survey: Survey) -> list[Sheet]:
    """What everybody answered, by name. Two statements."""
    return _read(survey, db.session.execute(_sheets(survey).order_by(Person.name, Person.id)).all())


def _sheet_of_invitation() -> ColumnElement[bool]:
    return and_(
        NamedSheet.survey_id == SurveyInvitation.survey_id,
        NamedSheet.person_id == SurveyInvitation.person_id,
    )


def _sheets(survey: Survey) -> Select[Any]:
    columns: tuple[Any, ...] = (NamedSheet, Person.name)
    query = select(*columns).join(Person, Person.id == NamedSheet.person_id)
    return query.where(NamedSheet.survey_id == survey.id)


def _read(survey: Survey, rows: Sequence[Row[Any]]) -> list[Sheet]:
    questionnaire = questionnaire_of(survey)
    keys = [UUID(key) for row in rows for key in row.NamedSheet.texts.values()]
    query = select(SurveyText.id, SurveyText.text).where(SurveyText.survey_id == survey.id)
    if len(rows) == 1:
        query = query.where(SurveyText.id.in_(keys))
    texts = {str(row.id): row.text for row in db.session.execute(query)} if keys else {}
    return [
        Sheet(
            row.NamedSheet.person_id,
            row.name,
            row.NamedSheet.answered_at,
            _words(questionnaire, row.NamedSheet, texts),
        )
        for row in rows
    ]


def _words(
    questionnaire: Questionnaire, found: NamedSheet, texts: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {
        key: (texts[text_id],) for key, text_id in found.texts.items() if text_id in texts
    }
    for question in questionnaire.questions:
        if question.key in found.chosen:
            words[question.key] = _chosen(question, found.chosen[question.key])
    return words


def _chosen(question: Question, given: object) -> tuple[str, ...]:
    keys = given if isinstance(given, list | tuple) else (given,)
    return tuple(option.text for option in question.options if option.key in keys)
