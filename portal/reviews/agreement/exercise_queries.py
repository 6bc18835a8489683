"""Named reads of calibration exercises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, reaches
from portal.core import clock
from portal.core.db import db
from portal.reviews.agreement.models import CalibrationExercise, CalibrationSheet
from portal.reviews.agreement.rules.calibration import ExerciseState


@dataclass(frozen=True)
class ExerciseRow:
    """An exercise in the list: `handed_in` of `invited` people, and when the actor handed in."""

    id: UUID
    title: str
    scale_key: str
    state: ExerciseState
    opens_on: date | None
    closes_on: date | None
    invited: int
    handed_in: int
    own_at: datetime | None


def exercises_of(actor: Actor) -> list[ExerciseRow]:
    """The exercises that the actor may see, latest first. One statement."""
    exercise = CalibrationExercise
    sheets = (
        select(
            CalibrationSheet.exercise_id,
            func.count().filter(CalibrationSheet.invited).label("invited"),
            func.count(CalibrationSheet.submitted_at).filter(CalibrationSheet.invited).label("handed_in"),
            func.max(CalibrationSheet.submitted_at)
            .filter(CalibrationSheet.person_id == actor.person_id)
            .label("own_at"),
        )
        .group_by(CalibrationSheet.exercise_id)
        .subquery()
    )
    read = suppliers_of(actor, Permission.AGREEMENT_READ)
    manage = suppliers_of(actor, Permission.CALIBRATION_MANAGE)
    query = (
        select(
            exercise.id,
            exercise.title,
            exercise.scale_key,
            exercise.state,
            exercise.opens_on,
            exercise.closes_on,
            func.coalesce(sheets.c.invited, 0),
            func.coalesce(sheets.c.handed_in, 0),
            sheets.c.own_at,
        )
        .outerjoin(sheets, sheets.c.exercise_id == exercise.id)
        .where(
            or_(
                and_(exercise.supplier_id.in_(read), exercise.state != ExerciseState.DRAFT),
                exercise.supplier_id.in_(manage),
            )
        )
        .order_by(exercise.created_at.desc(), exercise.id)
    )
    return [ExerciseRow(*row) for row in db.session.execute(query)]


@dataclass(frozen=True)
class CaseToRate:
    """An open exercise that somebody was invited to and has not handed in."""

    id: UUID
    title: str
    closes_on: date | None


def cases_to_rate(actor: Actor) -> list[CaseToRate]:
    """The cases that wait for the actor's ratings, the earliest last day first. One statement."""
    exercise, today = CalibrationExercise, clock.today()
    query = (
        select(exercise.id, exercise.title, exercise.closes_on)
        .join(CalibrationSheet, CalibrationSheet.exercise_id == exercise.id)
        .where(
            CalibrationSheet.person_id == actor.person_id,
            CalibrationSheet.submitted_at.is_(None),
            exercise.state == ExerciseState.OPEN,
            exercise.supplier_id.in_(suppliers_of(actor, Permission.AGREEMENT_READ)),
            or_(exercise.opens_on.is_(None), exercise.opens_on <= today),
            or_(exercise.closes_on.is_(None), exercise.closes_on >= today),
        )
        .order_by(exercise.closes_on.is_(None), exercise.closes_on, exercise.title)
    )
    return [CaseToRate(*row) for row in db.session.execute(query)]


def suppliers_of(actor: Actor, permission: Permission) -> frozenset[UUID]:
    """The organisations in which the actor holds this permission; all its roles are held in suppliers."""
    return frozenset(held.organisation_id for held, _ in reaches(actor, permission))


def supplier_names(actor: Actor) -> list[tuple[UUID, str]]:
    """The suppliers for which the actor may set exercises, by name. One statement."""
    query = (
        select(Organisation.id, Organisation.name)
        .where(Organisation.id.in_(suppliers_of(actor, Permission.CALIBRATION_MANAGE)))
        .order_by(Organisation.name)
    )
    return [(row.id, row.name) for row in db.session.execute(query)]
