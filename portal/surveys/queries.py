"""Reads of surveys. A fixed number of statements each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from portal.accounts.models import Organisation, Person
from portal.core.db import db
from portal.core.rules.paging import Paging
from portal.core.rules.rate import Rate
from portal.core.rules.satisfaction import FEWEST
from portal.surveys.models import (
    AnonymousSheet,
    FocusGroup,
    NamedSheet,
    Survey,
    SurveyCode,
    SurveyInvitation,
    SurveyText,
    SurveyTheme,
    theme_texts,
)
from portal.surveys.rules.draft import SurveyState
from portal.surveys.rules.questionnaire import Answers, Kind, Question, Questionnaire
from portal.surveys.rules.rating import satisfaction_rate
from portal.surveys.rules.reading import read_questionnaire
from portal.surveys.rules.suppressing import Tally, tallies

APRIL_THE_FIRST = (4, 1)


def questionnaire_of(survey: Survey) -> Questionnaire:
    """The questionnaire as the survey keeps it."""
    return read_questionnaire(survey.definition, survey.questionnaire)


@dataclass(frozen=True)
class Mine:
    """A survey that somebody was invited to."""

    survey: Survey
    answered: bool


def mine(person_id: UUID | None, today: date) -> list[Mine]:
    """What somebody may answer today, to answer first, and what they have answered.

    What they answered with their name stays, since they can read it; the rest until the survey closes.
    """
    open_now = and_(Survey.state == SurveyState.OPEN, Survey.closes_on >= today)
    kept = and_(Survey.anonymous.is_(False), SurveyInvitation.answered)
    query = (
        select(Survey, SurveyInvitation.answered)
        .join(SurveyInvitation, SurveyInvitation.survey_id == Survey.id)
        .where(
            SurveyInvitation.person_id == person_id,
            or_(open_now, kept),
        )
        .order_by(SurveyInvitation.answered, Survey.closes_on, Survey.id)
    )
    return [Mine(row[0], row[1]) for row in db.session.execute(query)]


@dataclass(frozen=True)
class Counts:
    """How many may answer by name or by code, and how many of them have. None: anybody may."""

    asked: int
    answered: int


def counts(survey_ids: Sequence[UUID]) -> Mapping[UUID, Counts]:
    """Of surveys by invitation or by code. Two statements."""
    found: dict[UUID, Counts] = {}
    for table, done in ((SurveyInvitation, SurveyInvitation.answered), (SurveyCode, SurveyCode.used)):
        query = (
            select(table.survey_id, func.count(), func.sum(case((done, 1), else_=0)))
            .where(table.survey_id.in_(survey_ids))
            .group_by(table.survey_id)
        )
        found |= {row[0]: Counts(row[1], int(row[2])) for row in db.session.execute(query)}
    return found


def surveys_of(
    suppliers: Iterable[UUID], page: str | None, *, closed: bool = False
) -> tuple[list[Survey], Paging]:
    """One page of the suppliers' surveys, the last to close first; or only the closed ones."""
    wanted: list[ColumnElement[bool]] = [Survey.supplier_id.in_(list(suppliers))]
    if closed:
        wanted.append(Survey.state == SurveyState.CLOSED)
    total = db.session.execute(select(func.count()).select_from(Survey).where(*wanted)).scalar_one()
    paging = Paging.of(page, total)
    query = select(Survey).where(*wanted).order_by(Survey.closes_on.desc(), Survey.title, Survey.id)
    return list(db.session.scalars(query.limit(paging.size).offset(paging.offset))), paging


def by_token(token: str) -> Survey | None:
    """The survey with this open link."""
    return db.session.scalars(select(Survey).where(Survey.link_token == token)).one_or_none()


def codes_of(survey_id: UUID) -> list[SurveyCode]:
    """The codes of a survey, in the order of the alphabet."""
    query = select(SurveyCode).where(SurveyCode.survey_id == survey_id).order_by(SurveyCode.code)
    return list(db.session.scalars(query))


def sheets_of(survey: Survey) -> list[Answers]:
    """What was chosen, in no order."""
    table = AnonymousSheet if survey.anonymous else NamedSheet
    chosen = db.session.scalars(select(table.chosen).where(table.survey_id == survey.id))
    return [_answers(one) for one in chosen]


def _answers(chosen: Mapping[str, object]) -> Answers:
    return {
        key: tuple(given) if isinstance(given, list | tuple) else str(given) for key, given in chosen.items()
    }


@dataclass(frozen=True)
class Written:
    """What was written to a question: none of the texts where fewer than five wrote."""

    question: Question
    count: int
    texts: tuple[SurveyText, ...]


@dataclass(frozen=True)
class Results:
    """The results of a closed survey."""

    answers: int
    tallies: tuple[Tally, ...]
    written: tuple[Written, ...]


def results(survey: Survey) -> Results:
    """Counts, with small groups left out, and what was written, in the order of random keys."""
    questionnaire = questionnaire_of(survey)
    query = select(SurveyText).where(SurveyText.survey_id == survey.id).order_by(SurveyText.id)
    texts = list(db.session.scalars(query))
    written = []
    for question in questionnaire.questions:
        if question.kind is Kind.TEXT:
            own = tuple(text for text in texts if text.question == question.key)
            written.append(Written(question, len(own), own if len(own) >= FEWEST else ()))
    return Results(survey.answers, tallies(questionnaire, sheets_of(survey)), tuple(written))


def written_to(survey: Survey, key: str, page: str | None) -> tuple[list[SurveyText], Paging] | None:
    """One page of what was written to a question, by random keys; None where fewer than five wrote."""
    own = (SurveyText.survey_id == survey.id) & (SurveyText.question == key)
    total = db.session.execute(select(func.count()).select_from(SurveyText).where(own)).scalar_one()
    if total < FEWEST:
        return None
    paging = Paging.of(page, total)
    query = select(SurveyText).where(own).order_by(SurveyText.id)
    return list(db.session.scalars(query.limit(paging.size).offset(paging.offset))), paging


def names_of_texts(survey: Survey) -> dict[UUID, str]:
    """Who wrote what, in a survey that promises nothing; of an anonymous one nothing is known."""
    query = (
        select(NamedSheet.texts, Person.name)
        .join(Person, Person.id == NamedSheet.person_id)
        .where(NamedSheet.survey_id == survey.id)
    )
    return {UUID(key): name for texts, name in db.session.execute(query) for key in texts.values()}


@dataclass(frozen=True)
class Theme:
    """A theme and in which texts it was found."""

    theme: SurveyTheme
    found_by: str
    texts: frozenset[UUID]


def themes(survey_id: UUID) -> list[Theme]:
    """The themes of a survey, the most frequent first."""
    query = (
        select(SurveyTheme, Person.name)
        .join(Person, Person.id == SurveyTheme.found_by)
        .where(SurveyTheme.survey_id == survey_id)
    )
    rows = db.session.execute(query).all()
    links = select(theme_texts.c.theme_id, theme_texts.c.text_id).where(
        theme_texts.c.theme_id.in_([theme.id for theme, _ in rows])
    )
    found: dict[UUID, set[UUID]] = {}
    for theme_id, text_id in db.session.execute(links):
        found.setdefault(theme_id, set()).add(text_id)
    made = [Theme(theme, name, frozenset(found.get(theme.id, ()))) for theme, name in rows]
    return sorted(made, key=lambda one: (-len(one.texts), one.theme.name.lower()))


def focus_groups(suppliers: Iterable[UUID], page: str | None) -> tuple[list[FocusGroup], Paging]:
    """One page of the suppliers' focus groups, the last first."""
    own = FocusGroup.supplier_id.in_(list(suppliers))
    total = db.session.execute(select(func.count()).select_from(FocusGroup).where(own)).scalar_one()
    paging = Paging.of(page, total)
    query = select(FocusGroup).where(own).order_by(FocusGroup.held_on.desc(), FocusGroup.topic, FocusGroup.id)
    return list(db.session.scalars(query.limit(paging.size).offset(paging.offset))), paging


def survey_titles(supplier_id: UUID) -> list[tuple[UUID, str]]:
    """The surveys that a focus group can belong to, the last first."""
    query = select(Survey.id, Survey.title).where(Survey.supplier_id == supplier_id)
    return [
        (row[0], row[1]) for row in db.session.execute(query.order_by(Survey.closes_on.desc(), Survey.id))
    ]


def organisation_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of organisations, by id."""
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(list(ids)))
    return {row[0]: row[1] for row in db.session.execute(query)}


def satisfaction(supplier_id: UUID, financial_year: int) -> Rate:
    """Indicator 5: answers of good or excellent, of all that rate satisfaction; the denominator is their
    number. Blank answers are on neither side (contract, indicators and bands, 5).

    Of the supplier's surveys that closed in the year that starts in April of `financial_year`, since an
    anonymous answer has no date of its own. A survey with fewer than five such answers is left out.
    """
    query = select(Survey).where(
        Survey.supplier_id == supplier_id,
        Survey.state == SurveyState.CLOSED,
        Survey.closed_on >= date(financial_year, *APRIL_THE_FIRST),
        Survey.closed_on < date(financial_year + 1, *APRIL_THE_FIRST),
    )
    return satisfaction_rate(_ratings(survey) for survey in db.session.scalars(query))


def _ratings(survey: Survey) -> list[str]:
    question = questionnaire_of(survey).indicator
    if question is None:
        return []
    return [str(sheet[question.key]) for sheet in sheets_of(survey) if question.key in sheet]
