"""Surveys and what is answered. The promise that a survey is anonymous is kept here, by the tables.

What is answered anonymously has no column that leads to a person, to a moment or to another answer: who
has answered stands in `survey_invitations`, without the answer's key. Keys are random, and SQLite keeps
the rows by key, not in the order in which they came. `service.mixing` writes no answer alone, so that the
engine's own marks (which transaction wrote a row, and where it lies) do not tell it either.
See docs/decisions/surveys-beside-events.md.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, EnumText, Identified, Model
from portal.surveys.rules.draft import SurveyState, Way


class Survey(Identified, Model):
    """A questionnaire sent out. `definition` is the questionnaire as it was when it was sent."""

    __tablename__ = "surveys"
    __table_args__ = (
        UniqueConstraint("id", "anonymous"),  # what other tables keep the promise with
        CheckConstraint("anonymous OR way = 'invited'", name="open_links_are_anonymous"),
        CheckConstraint("(way = 'invited') = (link_token IS NULL)", name="open_links_have_a_token"),
        CheckConstraint("(state = 'draft') = (sent_on IS NULL)", name="sent_has_its_day"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_its_day"),
        CheckConstraint("answers >= 0", name="answers_not_negative"),
        Index("ix_surveys_closed", "supplier_id", "closed_on"),
    )

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    questionnaire: Mapped[str] = mapped_column(String(80))
    definition: Mapped[dict[str, Any]]
    title: Mapped[str] = mapped_column(String(160))
    way: Mapped[Way] = mapped_column(EnumText(Way))
    anonymous: Mapped[bool]
    link_token: Mapped[str | None] = mapped_column(String(40), unique=True)
    roles: Mapped[list[Any]]
    organisations: Mapped[list[Any]]
    codes: Mapped[int | None]
    closes_on: Mapped[date]
    state: Mapped[SurveyState] = mapped_column(EnumText(SurveyState), default=SurveyState.DRAFT)
    created_at: Mapped[datetime]
    sent_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    reminded_on: Mapped[date | None]  # by hand: once a day
    answers: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class SurveyInvitation(Model):
    """Somebody who may answer, and whether they have: never which answer is theirs.

    `anonymous` is the promise that was made to them: while the row stands the survey cannot change it.
    """

    __tablename__ = "survey_invitations"
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "anonymous"], ["surveys.id", "surveys.anonymous"]),
        Index("ix_survey_invitations_person", "person_id"),
    )

    survey_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    anonymous: Mapped[bool]
    invited_on: Mapped[date]
    answered: Mapped[bool] = mapped_column(default=False)
    reminded_on: Mapped[date | None]


class SurveyCode(Model):
    """A code for one answer by open link, and whether it was used: never for which answer."""

    __tablename__ = "survey_codes"

    survey_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    used: Mapped[bool] = mapped_column(default=False)


class AnonymousSheet(Model):
    """What one person chose. Nothing else of them."""

    __tablename__ = "survey_anonymous_sheets"
    __table_args__ = (
        Index("ix_survey_anonymous_sheets_survey", "survey_id", "id"),  # drawing some by chance
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("surveys.id"))
    chosen: Mapped[dict[str, Any]]


class SurveyText(Model):
    """What one person wrote to one question, apart from their other answers (see `NamedSheet.texts`)."""

    __tablename__ = "survey_texts"
    __table_args__ = (
        Index("ix_survey_texts_survey", "survey_id", "id"),  # drawing some by chance
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("surveys.id"))
    question: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)


class NamedSheet(Identified, Model):
    """What somebody chose in a survey that promises nothing. No anonymous survey can have one."""

    __tablename__ = "survey_named_sheets"
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "anonymous"], ["surveys.id", "surveys.anonymous"]),
        CheckConstraint("NOT anonymous", name="never_of_an_anonymous_survey"),
        UniqueConstraint("survey_id", "person_id"),
    )

    survey_id: Mapped[uuid.UUID]
    anonymous: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    chosen: Mapped[dict[str, Any]]
    texts: Mapped[dict[str, Any]]  # question: id of the text
    answered_at: Mapped[datetime]


theme_texts = Table(
    "survey_theme_texts",
    Base.metadata,
    Column("theme_id", ForeignKey("survey_themes.id"), primary_key=True),
    Column("text_id", ForeignKey("survey_texts.id"), primary_key=True, index=True),
)


class SurveyTheme(Identified, Model):
    """A theme that somebody found in what was written, and in which texts."""

    __tablename__ = "survey_themes"

    survey_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("surveys.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    found_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    found_on: Mapped[date]


class FocusGroup(Identified, Model):
    """The record of a session."""

    __tablename__ = "focus_groups"
    __table_args__ = (CheckConstraint("people > 0", name="somebody_came"),)

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    survey_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("surveys.id"), index=True)
    topic: Mapped[str] = mapped_column(String(160))
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(160))
    people: Mapped[int]
    notes: Mapped[str] = mapped_column(Text)
    themes: Mapped[list[Any]]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)


class SurveyTry(Identified, Model):
    """Something sent by open link, counted to slow programs and guessing. A digest, no address."""

    __tablename__ = "survey_tries"
    __table_args__ = (Index("ix_survey_tries_at", "at"),)

    client_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
