"""What an action must hold to be saved, and to be agreed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

LONGEST_TEXT = 4000
LONGEST_TITLE = 200
LONGEST_NAME = 120
HIGHEST_RATING = 5
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)  # outside is a slip of the finger
_LONG_TEXTS = {
    "what": "What will be done",
    "measure": "How you will know that it is done",
    "support": "Help or resources needed",
    "evidence": "What shows progress",
}


def problems(values: Mapping[str, Any], current_rating: int | None) -> dict[str, str]:
    """What is wrong with an action's values, by field; empty when they can be saved."""
    found: dict[str, str] = {}
    title = values.get("item_title", "")
    if not title:
        found["item_title"] = "Enter what the action is about"
    elif len(title) > LONGEST_TITLE:
        found["item_title"] = f"What the action is about must be {LONGEST_TITLE} characters or fewer"
    if not values.get("what"):
        found["what"] = "Enter what will be done"
    if len(values.get("owner") or "") > LONGEST_NAME:
        found["owner"] = f"The owner must be {LONGEST_NAME} characters or fewer"
    for name, label in _LONG_TEXTS.items():
        if len(values.get(name) or "") > LONGEST_TEXT:
            found[name] = f"“{label}” must be {LONGEST_TEXT:,} characters or fewer"
    due = values.get("due")
    if due is not None and not EARLIEST <= due < LATEST:
        found["due"] = "The due date must be between 2000 and 2099"
    message = _target_problem(values.get("target_rating"), current_rating)
    if message:
        found["target_rating"] = message
    return found


def _target_problem(target: int | None, current: int | None) -> str:
    if target is None:
        return ""
    if not 1 <= target <= HIGHEST_RATING:
        return f"The target must be a rating from 1 to {HIGHEST_RATING}"
    if current is not None and target <= current:
        return f"The target must be higher than the rating now, {current}"
    return ""


def gaps(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What an action still lacks before the plan can be agreed, in words."""
    wanted = (("what", "what will be done"), ("owner", "an owner"), ("due", "a due date"))
    return tuple(words for name, words in wanted if not values.get(name))


def closing_problems(review_on: date | None, closes_when: str) -> dict[str, str]:
    """What is wrong with when a plan is looked at again and what must hold before it is closed, by field."""
    found = {}
    if review_on is not None and not EARLIEST <= review_on < LATEST:
        found["review_on"] = "The review must be between 2000 and 2099"
    if len(closes_when) > LONGEST_TEXT:
        found["closes_when"] = f"What must hold must be {LONGEST_TEXT:,} characters or fewer"
    return found
