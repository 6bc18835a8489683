"""A calibration case of the world of reviews, created and opened."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.core.audit.models import AuditRow
from portal.core.db import db
from portal.reviews.agreement.loading import LoadedExercise, load_exercise
from portal.reviews.agreement.rules.calibration import ExerciseDraft, SheetDraft
from portal.reviews.agreement.service.exercises import (
    create_exercise,
    open_exercise,
)
from tests.support.assessing import actor, id_of, item_key
from tests.support.reviewing import REVIEWERS

KEYS = (item_key(1), item_key(2), item_key(13))
CASE = ExerciseDraft("A first year", "ips-25", "Four specialists, 96 clients.", KEYS)
INVITED = ("eism", "stand-in", "far-eism", *REVIEWERS)


def draft(rating: int | None = 4, why: str = "", **other: int | None) -> SheetDraft:
    """Ratings of the three items: one for all, but for some by place (`_0=4`), with one reason."""
    ratings = dict.fromkeys(KEYS, rating) | {KEYS[int(place[1:])]: value for place, value in other.items()}
    return SheetDraft(ratings, dict.fromkeys(KEYS, why))


def created() -> UUID:
    """A draft of the case."""
    return create_exercise(actor("lead"), id_of("support"), CASE)


def opened() -> UUID:
    """The case, open, with everybody invited."""
    exercise_id = created()
    open_exercise(actor("lead"), exercise_id, 1)
    return exercise_id


def fresh(exercise_id: UUID) -> LoadedExercise:
    """The exercise as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    found = load_exercise(exercise_id)
    assert found is not None
    return found


def last_verb() -> str:
    """The verb of the audit’s last row."""
    db.session.rollback()
    return db.session.scalars(select(AuditRow.verb).order_by(AuditRow.number.desc()).limit(1)).one()
