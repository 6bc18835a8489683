"""The task list of an assessment as plain data: sections, items, progress and where to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.reviews.assessment.loading import proposed
from portal.reviews.assessment.models import Proposal
from portal.reviews.assessment.queries import LastTimes
from portal.reviews.assessment.rules.rating_row import RatingRow, explained
from portal.reviews.assessment.rules.settlement import Response, differs
from portal.scales.rules.definition import Item, Scale
from portal.scales.rules.scoring import Score, SectionScore, next_band, score


@dataclass(frozen=True)
class Task:
    """One item's line."""

    number: int
    key: str
    title: str
    rating: int | None
    last: int | None
    needs_reason: bool
    proposal: int | None
    response: str
    differs: bool
    question: bool


@dataclass(frozen=True)
class Group:
    """A section of the scale with its lines."""

    score: SectionScore
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class TaskList:
    """Everything the task list shows. `resume` is the number of the item to go on with."""

    groups: tuple[Group, ...]
    score: Score
    resume: int | None
    to_next_band: str

    @property
    def rated(self) -> int:
        return sum(group.score.rated for group in self.groups)

    @property
    def count(self) -> int:
        return sum(group.score.count for group in self.groups)

    @property
    def tasks(self) -> list[Task]:
        return [task for group in self.groups for task in group.tasks]


def task_list(
    scale: Scale,
    ratings: Mapping[str, RatingRow],
    last: LastTimes,
    proposals: Mapping[str, Proposal] | None = None,
    questions: Mapping[str, Sequence[object]] | None = None,
) -> TaskList:
    """Build it from what was read."""
    result = score(scale, {key: row.rating for key, row in ratings.items()})
    before = last.newest.ratings if last.newest else {}
    tasks = {
        item.key: _task(item, ratings.get(item.key), before.get(item.key), proposals or {}, questions or {})
        for item in scale.items
    }
    groups = tuple(
        Group(section, tuple(tasks[item.key] for item in scale.items_of(section.key)))
        for section in result.sections
    )
    resume = next((t.number for t in tasks.values() if t.rating is None or t.needs_reason), None)
    return TaskList(groups, result, resume, _to_next_band(scale, result))


def _task(
    item: Item,
    row: RatingRow | None,
    last: int | None,
    proposals: Mapping[str, Proposal],
    questions: Mapping[str, Sequence[object]],
) -> Task:
    proposal = proposals.get(item.key)
    rating = row.rating if row else None
    apart = differs(rating, proposed(proposal) if proposal else None)
    return Task(
        number=item.number,
        key=item.key,
        title=item.title,
        rating=rating,
        last=last,
        needs_reason=row is not None and not explained(row),
        proposal=proposal.rating if proposal else None,
        response=_response(proposal, apart),
        differs=apart,
        question=item.key in questions,
    )


def _response(proposal: Proposal | None, apart: bool) -> str:
    if proposal is None:
        return ""
    if proposal.came_round:
        return "Guide took your rating"
    if proposal.response is Response.ACCEPTED:
        return "Accepted"
    if proposal.response is Response.KEPT:
        return "Rating kept"
    return "To answer" if apart else "Same rating"


def _to_next_band(scale: Scale, result: Score) -> str:
    if not result.complete or not scale.bands:
        return ""
    following = next_band(scale, result.total)
    if following is None:
        return "the highest band"
    band, points = following
    return f"{points} {'point' if points == 1 else 'points'} below {band.title}"
