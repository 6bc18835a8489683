"""How a calibration exercise runs: draft, open, closed; and what a sheet must hold to be handed in.

Until an exercise is closed, each person sees their own ratings and nobody else's. It closes when the
lead manager closes it, or by itself when everybody invited has handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.reviews.agreement.rules.ratings import SCALE
from portal.scales.rules.definition import Item, Scale

LONGEST_TITLE = 120
LONGEST_CASE = 30_000
LONGEST_RATIONALE = 2_000


class ExerciseState(StrEnum):
    """Where an exercise stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return {"draft": "Draft", "open": "Open for rating", "closed": "Closed"}[self.value]


@dataclass(frozen=True)
class ExerciseDraft:
    """What the lead manager decides. `item_keys`: the items that the case lets one rate, in any order."""

    title: str
    scale_key: str
    case_text: str
    item_keys: tuple[str, ...]
    opens_on: date | None = None
    closes_on: date | None = None


@dataclass(frozen=True)
class SheetDraft:
    """What somebody typed: ratings (None: not yet) and rationales, by item key."""

    ratings: Mapping[str, int | None]
    rationales: Mapping[str, str]


def exercise_problems(draft: ExerciseDraft) -> dict[str, str]:
    """What is wrong with a draft, by field. Empty where it can be kept."""
    problems = {}
    if not draft.title:
        problems["title"] = "Enter a name for the exercise"
    elif len(draft.title) > LONGEST_TITLE:
        problems["title"] = f"The name must be {LONGEST_TITLE} characters or fewer"
    if not draft.case_text:
        problems["case_text"] = "Enter the case that everybody rates"
    elif len(draft.case_text) > LONGEST_CASE:
        problems["case_text"] = f"The case must be {LONGEST_CASE:,} characters or fewer"
    if not draft.item_keys:
        problems["item_keys"] = "Choose the items that the case lets one rate"
    if draft.opens_on and draft.closes_on and draft.closes_on < draft.opens_on:
        problems["closes_on"] = "The last day must be on or after the first day"
    return problems


def items_of(scale: Scale, item_keys: Iterable[str]) -> tuple[Item, ...]:
    """The chosen items in the order of the scale."""
    wanted = set(item_keys)
    return tuple(item for item in scale.items if item.key in wanted)


def why_not_rated(
    state: ExerciseState, today: date, opens_on: date | None, closes_on: date | None
) -> str | None:
    """Why nothing can be rated now, or None where it can. Both days are days on which it can."""
    if state is ExerciseState.DRAFT:
        return "This exercise is not open yet."
    if state is ExerciseState.CLOSED:
        return "This exercise is closed."
    if opens_on and today < opens_on:
        return f"This exercise starts on {opens_on.day} {opens_on:%B %Y}."
    if closes_on and today > closes_on:
        return f"The last day of this exercise was {closes_on.day} {closes_on:%B %Y}."
    return None


def sheet_problems(draft: SheetDraft, items: Sequence[Item], *, complete: bool) -> dict[str, str]:
    """What is wrong with a sheet, by `rating-KEY` and `rationale-KEY`. To hand in, every item is rated."""
    problems = {}
    for item in items:
        rating = draft.ratings.get(item.key)
        if rating is None and complete:
            problems[f"rating-{item.key}"] = f"Rate item {item.number}, {item.title}"
        elif rating is not None and rating not in SCALE:
            problems[f"rating-{item.key}"] = f"Choose a rating from 1 to 5 for item {item.number}"
        if len(draft.rationales.get(item.key, "")) > LONGEST_RATIONALE:
            limit = f"{LONGEST_RATIONALE:,} characters or fewer"
            problems[f"rationale-{item.key}"] = f"The reason for item {item.number} must be {limit}"
    return problems
