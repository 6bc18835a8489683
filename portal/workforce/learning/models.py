"""Who learns what: enrolments, pages read, attempts at quizzes, completions."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import EnumText, Identified, Model
from portal.core.frozen import FROZEN, Frozen
from portal.directory.models import HostTeam, Service
from portal.workforce.learning.rules.clinical import CourseState, Profession, state_of


class How(StrEnum):
    """How a course was completed."""

    MODULE = "module"
    EXTERNAL = "external"


class Enrolment(Identified, Model):
    """A person takes a module, in the version it had when they began."""

    __tablename__ = "learning_enrolments"
    __table_args__ = (UniqueConstraint("person_id", "module", "version"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    module: Mapped[str] = mapped_column(String(80), index=True)
    version: Mapped[int]
    started_at: Mapped[datetime]


class PageRead(Identified, Model):
    """A page that was read, by its number from 1."""

    __tablename__ = "learning_pages_read"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "page"),
        CheckConstraint("page >= 1", name="page_from_one"),
    )

    enrolment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learning_enrolments.id"))
    page: Mapped[int]
    at: Mapped[datetime]


class QuizAttempt(Identified, Model):
    """Answers to a quiz as they were given (places from 0, in the order of the questions). Never changes."""

    __tablename__ = "learning_attempts"
    __table_args__ = (
        CheckConstraint("score >= 0 AND score <= out_of", name="score_within"),
        Index("ix_learning_attempts_enrolment_at", "enrolment_id", "at"),
    )

    enrolment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("learning_enrolments.id"))
    answers: Mapped[str] = mapped_column(String(40))  # 2,0,1
    score: Mapped[int]
    out_of: Mapped[int]
    passed: Mapped[bool]
    at: Mapped[datetime]

    @property
    def chosen(self) -> tuple[int, ...]:
        """The places of the answers chosen."""
        return tuple(int(part) for part in self.answers.split(","))


class Completion(Identified, Model):
    """A course that was completed. One recorded by mistake is withdrawn, never removed.

    A module has its version and a certificate's code; an external course a note or a file instead.
    """

    __tablename__ = "learning_completions"
    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= completed_on", name="dates_in_order"),
        CheckConstraint(
            "(how = 'module') = (version IS NOT NULL AND code IS NOT NULL)", name="module_has_code"
        ),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody"),
        Index("ix_learning_completions_person_course", "person_id", "course"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    course: Mapped[str] = mapped_column(String(80), index=True)
    how: Mapped[How] = mapped_column(EnumText(How))
    version: Mapped[int | None]
    completed_on: Mapped[date]
    expires_on: Mapped[date | None]
    code: Mapped[str | None] = mapped_column(String(24), unique=True)
    note: Mapped[str] = mapped_column(Text, default="")
    attachment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attachments.id"))
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class ChosenSet(Model):
    """The required set that a manager chose for a person, from a day on, instead of their role's own."""

    __tablename__ = "learning_chosen_sets"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    set_key: Mapped[str] = mapped_column(String(80))
    since: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)


class ClinicalSession(Identified, Model):
    """A course for the clinical staff of a host team. `team_name` is kept for when the team is no more."""

    __tablename__ = "learning_clinical_sessions"
    __table_args__ = (Index("ix_learning_clinical_sessions_service", "service_id", "on_day"),)

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"))
    team_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("host_teams.id", ondelete="SET NULL"), index=True
    )
    team_name: Mapped[str] = mapped_column(String(160))
    course: Mapped[str] = mapped_column(String(80))
    on: Mapped[date] = mapped_column("on_day")  # ON is a word of SQL
    cancelled: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    service: Mapped[Service] = relationship()
    team: Mapped[HostTeam | None] = relationship()
    attendance: Mapped[list[ClinicalAttendance]] = relationship(cascade="all, delete-orphan")

    @property
    def people(self) -> int:
        """How many clinical staff came."""
        return sum(one.people for one in self.attendance)

    @property
    def attended(self) -> dict[Profession, int]:
        """How many came of each profession."""
        return {one.profession: one.people for one in self.attendance}

    @property
    def where(self) -> str:
        """The team's name as it is now; as it was, where it is no more."""
        return self.team.name if self.team else self.team_name

    def state(self, today: date) -> CourseState:
        return state_of(self.on, self.people, today, cancelled=self.cancelled)


class ClinicalAttendance(Model):
    """How many of a profession came to a course: a number, nobody's name."""

    __tablename__ = "learning_clinical_attendance"
    __table_args__ = (CheckConstraint("people > 0", name="somebody"),)

    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("learning_clinical_sessions.id"), primary_key=True
    )
    profession: Mapped[Profession] = mapped_column(EnumText(Profession), primary_key=True)
    people: Mapped[int]


FROZEN[QuizAttempt.__tablename__] = Frozen(
    "an attempt at a quiz never changes",
    ("id", "enrolment_id", "answers", "score", "out_of", "passed", "at"),
)
FROZEN[Completion.__tablename__] = Frozen(
    "a completion is withdrawn, never changed",
    ("id", "person_id", "course", "how", "version", "completed_on", "expires_on", "code", "note",
     "attachment_id", "recorded_by", "recorded_at"),
    ("withdrawn_at", "withdrawn_by"),
)  # fmt: skip
