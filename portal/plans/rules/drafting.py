"""Drafting an action plan from weak items (issue: items below 4 get an action)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

DRAFT_BELOW = 4


@dataclass(frozen=True)
class WeakItem:
    """An item of an assessment with its rating and the scale's next step for that rating."""

    item_key: str
    item_title: str
    rating: int
    next_step: str


@dataclass(frozen=True)
class DraftPolicy:
    """When an item gets an action, and by when. The months are the portal's own proposal, to be edited.

    `due_months`: months from today by rating; a rating that is not named gets `other_months`.
    """

    below: int = DRAFT_BELOW
    due_months: Mapping[int, int] = field(default_factory=lambda: {1: 3, 2: 3, 3: 6})
    other_months: int = 6


@dataclass(frozen=True)
class DraftAction:
    """An action as drafted: the next anchor up is the target, the scale's step is what to do."""

    item_key: str
    item_title: str
    current_rating: int
    target_rating: int
    suggested_step: str
    measure: str
    due: date


def draft_actions(
    items: Sequence[WeakItem], on: date, policy: DraftPolicy | None = None
) -> list[DraftAction]:
    """Actions for the items rated below the threshold, lowest rated first, else in the order given."""
    policy = policy or DraftPolicy()
    weak = [item for item in items if item.rating < policy.below]
    return [
        DraftAction(
            item.item_key,
            item.item_title,
            item.rating,
            item.rating + 1,
            item.next_step,
            f"Rated {item.rating + 1} or higher at the next assessment",
            months_after(on, policy.due_months.get(item.rating, policy.other_months)),
        )
        for item in sorted(weak, key=lambda item: item.rating)
    ]


def months_after(on: date, months: int) -> date:
    """The same day some months later; the month's last day where it has no such day."""
    index = on.year * 12 + on.month - 1 + months
    year, month = divmod(index, 12)
    for day in (on.day, 30, 29, 28):
        if day <= on.day:
            try:
                return date(year, month + 1, day)
            except ValueError:
                continue
    raise AssertionError("Every month has a 28th")


def is_overdue(due: date | None, today: date, *, under_way: bool) -> bool:
    """Whether an action is late: its day has passed and it is neither done nor dropped."""
    return under_way and due is not None and due < today
