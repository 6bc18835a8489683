"""Finding a calibration exercise and what is needed to judge a right on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.access import person_signed_in
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, allowed, demand
from portal.core.db import db
from portal.core.errors import NotFound, Stale
from portal.reviews.agreement.models import CalibrationExercise
from portal.reviews.agreement.rules.calibration import ExerciseState, items_of
from portal.reviews.assessment.definitions import scale_at
from portal.scales.rules.definition import Item, Scale


@dataclass(frozen=True)
class LoadedExercise:
    """An exercise with its scale."""

    exercise: CalibrationExercise

    @property
    def id(self) -> UUID:
        return self.exercise.id

    @property
    def state(self) -> ExerciseState:
        return self.exercise.state

    @property
    def links(self) -> Links:
        return Links(supplier=self.exercise.supplier_id)

    @cached_property
    def scale(self) -> Scale:
        return scale_at(self.exercise.scale_key, self.exercise.scale_digest)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items to rate, in the order of the scale."""
        return items_of(self.scale, self.exercise.item_keys)


def load_exercise(exercise_id: UUID, *, fresh: bool = False) -> LoadedExercise | None:
    """The exercise, or None. `fresh` reads and locks its row inside a verb's transaction. One statement."""
    query = select(CalibrationExercise).where(CalibrationExercise.id == exercise_id)
    if fresh:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = db.session.execute(query).scalar_one_or_none()
    return None if row is None else LoadedExercise(row)


def may_see(actor: Actor, found: LoadedExercise) -> bool:
    """The supplier's reviewers; a draft is seen by those who manage it only."""
    wanted = (
        Permission.CALIBRATION_MANAGE if found.state is ExerciseState.DRAFT else Permission.AGREEMENT_READ
    )
    return allowed(actor, wanted, found.links)


def exercise_for(
    actor: Actor, exercise_id: UUID, permission: Permission, expected_version: int | None = None
) -> LoadedExercise:
    """For verbs: load inside the transaction and check right and version.

    Raises NotFound, Forbidden or Stale.
    """
    found = load_exercise(exercise_id, fresh=True)
    if found is None or not (actor.is_portal or may_see(actor, found)):
        raise NotFound("There is no such exercise that you may see.")
    demand(actor, permission, found.links)
    if expected_version is not None and found.exercise.version != expected_version:
        raise Stale("Somebody else changed this exercise first.", {}, found.exercise.version)
    return found


class MaySeeExercise:
    """Whoever may see this exercise in its state; with `managing`, who may also change it."""

    def __init__(self, *, managing: bool = False) -> None:
        self.permission = Permission.CALIBRATION_MANAGE if managing else Permission.AGREEMENT_READ
        self.words = f"Whoever may {self.permission.value} at the exercise’s supplier (drafts: who manages)"

    def check(self, arguments: Mapping[str, Any]) -> LoadedExercise:
        actor = person_signed_in()
        found = load_exercise(arguments["exercise_id"])
        if found is None or not may_see(actor, found):
            raise NotFound("There is no exercise at this address that you may see.")
        demand(actor, self.permission, found.links)
        return found
