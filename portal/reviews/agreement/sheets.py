"""The only door to calibration sheets: one's own at any time, everybody's once the exercise is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.core.db import db
from portal.core.errors import NotFound
from portal.reviews.agreement.loading import LoadedExercise
from portal.reviews.agreement.models import CalibrationSheet
from portal.reviews.agreement.rules.calibration import ExerciseState


@dataclass(frozen=True)
class Invited:
    """Somebody who was invited or began to rate: their name, and whether they have handed in."""

    person_id: UUID
    name: str
    submitted_at: datetime | None


@dataclass(frozen=True)
class SubmittedSheet:
    """A sheet that was handed in, with its author's name."""

    person_id: UUID
    name: str
    ratings: dict[str, int | None]
    rationales: dict[str, str]


def own_sheet(actor: Actor, found: LoadedExercise) -> CalibrationSheet | None:
    """The actor's own sheet, or None where there is none yet. One statement."""
    query = select(CalibrationSheet).where(
        CalibrationSheet.exercise_id == found.id, CalibrationSheet.person_id == actor.person_id
    )
    return db.session.execute(query).scalar_one_or_none()


def invited_to(found: LoadedExercise) -> list[Invited]:
    """Who was invited or began, by name, and whether they have handed in: nothing of their ratings."""
    query = (
        select(CalibrationSheet.person_id, Person.name, CalibrationSheet.submitted_at)
        .join(Person, Person.id == CalibrationSheet.person_id)
        .where(CalibrationSheet.exercise_id == found.id)
        .order_by(Person.name, Person.id)
    )
    return [Invited(*row) for row in db.session.execute(query)]


def all_sheets(found: LoadedExercise) -> list[SubmittedSheet]:
    """Every sheet that was handed in, by name. One statement. Raises NotFound until it is closed."""
    if found.state is not ExerciseState.CLOSED:
        raise NotFound("The ratings are shown when the exercise is closed.")
    query = (
        select(CalibrationSheet, Person.name)
        .join(Person, Person.id == CalibrationSheet.person_id)
        .where(CalibrationSheet.exercise_id == found.id, CalibrationSheet.submitted_at.is_not(None))
        .order_by(Person.name, Person.id)
    )
    return [
        SubmittedSheet(row.person_id, name, dict(row.ratings), dict(row.rationales))
        for row, name in db.session.execute(query)
    ]
