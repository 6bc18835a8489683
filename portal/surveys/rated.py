"""How many answers rate satisfaction, and how many well, in each closed survey: counts and nothing else.

Contracts count indicator 5 from these (OHID specification, section 12).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from portal.core.db import db
from portal.core.rules.satisfaction import SATISFIED, Satisfaction
from portal.surveys.models import AnonymousSheet, NamedSheet, Survey
from portal.surveys.queries import questionnaire_of
from portal.surveys.rules.draft import SurveyState

_VALUES = {one.value for one in Satisfaction}
_WELL = {one.value for one in SATISFIED}


@dataclass(frozen=True)
class RatedSurvey:
    """A closed survey: how many answers rate satisfaction, and how many of them good or excellent."""

    id: UUID
    title: str
    closed_on: date
    rated: int
    satisfied: int


def rated_surveys(supplier_id: UUID, first: date, last: date) -> list[RatedSurvey]:
    """A supplier's surveys that closed from a day to a day, both included, the first to close first.

    One statement, and two for each question that rates satisfaction (each questionnaire names its own).
    """
    query = (
        select(Survey)
        .where(
            Survey.supplier_id == supplier_id,
            Survey.state == SurveyState.CLOSED,
            Survey.closed_on >= first,
            Survey.closed_on <= last,
        )
        .order_by(Survey.closed_on, Survey.title, Survey.id)
    )
    surveys = list(db.session.scalars(query))
    asked: dict[str, list[UUID]] = {}
    for survey in surveys:
        question = questionnaire_of(survey).indicator
        if question is not None:
            asked.setdefault(question.key, []).append(survey.id)
    given = _answers(asked)
    return [
        RatedSurvey(one.id, one.title, one.closed_on, given[one.id].total(), _well(given[one.id]))
        for one in surveys
        if one.id in given and one.closed_on is not None
    ]


def _answers(asked: dict[str, list[UUID]]) -> dict[UUID, Counter[str]]:
    """Of each survey how often each rating was given; what is blank, or no rating, is left out."""
    found: dict[UUID, Counter[str]] = {id_: Counter() for ids in asked.values() for id_ in ids}
    for question, ids in asked.items():
        for table in (AnonymousSheet, NamedSheet):
            for survey_id, rating, count in _grouped(table, question, ids):
                if rating in _VALUES:
                    found[survey_id][rating] += count
    return found


def _grouped(
    table: type[AnonymousSheet | NamedSheet], question: str, ids: Sequence[UUID]
) -> list[tuple[UUID, str, int]]:
    rating = table.chosen[question].as_string()
    query = (
        select(table.survey_id, rating, func.count())
        .where(table.survey_id.in_(ids), rating.is_not(None))
        .group_by(table.survey_id, rating)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def _well(given: Counter[str]) -> int:
    return sum(count for rating, count in given.items() if rating in _WELL)
