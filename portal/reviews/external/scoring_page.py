"""What a reviewer's own sheet shows beside the ratings, as plain data: never what another has rated."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.reviews.assessment.task_list import Task, TaskList
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.independence import TEAM
from portal.reviews.external.rules.workflow import BEFORE_UNBLINDING, Stage


@dataclass(frozen=True)
class Lock:
    """A member of the team, and whether they have locked: nothing else is told of another's sheet."""

    name: str
    capacity: str
    locked: bool
    own: bool


def locks(found: LoadedReview, person_id: UUID | None) -> tuple[Lock, ...]:
    """Who of the team has locked, lead reviewer first."""
    return tuple(
        Lock(one.name, one.capacity.title.lower(), one.locked, one.person_id == person_id)
        for one in found.of(*TEAM)
    )


@dataclass(frozen=True)
class Open:
    """What keeps a sheet from being locked."""

    missing: tuple[Task, ...]
    unexplained: tuple[Task, ...]

    @property
    def nothing(self) -> bool:
        return not self.missing and not self.unexplained


def open_tasks(tasks: TaskList) -> Open:
    """The items to rate, and those whose rating differs from its suggestion without a reason."""
    return Open(
        missing=tuple(task for task in tasks.tasks if task.rating is None),
        unexplained=tuple(task for task in tasks.tasks if task.needs_reason),
    )


def standing(found: LoadedReview, locked: bool) -> str:
    """Where the sheet stands, in a sentence; empty while it can be rated and locked."""
    stage = found.stage
    if locked and stage in BEFORE_UNBLINDING:
        return (
            "Your ratings are locked and stay as they are. Consensus opens when both reviewers have locked."
        )
    if locked:
        return "Your ratings are locked and stay as they are."
    if stage in (Stage.PLANNED, Stage.PREPARING):
        return "You can rate from the day the lead reviewer begins fieldwork."
    if stage is Stage.FIELDWORK:
        return "You can rate now, and lock when the lead reviewer has closed fieldwork."
    if stage is Stage.SCORING:
        return ""
    return "This sheet was not locked, so it is closed."
