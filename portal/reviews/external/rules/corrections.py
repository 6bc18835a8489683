"""A correction of a published review: which items change, and what is wrong with a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LONGEST_WHY = 2_000
LONGEST_COMMENT = 20_000


class CorrectionState(StrEnum):
    """How a correction stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _STATES[self]


_STATES = {
    CorrectionState.WAITING: "Waits for a moderator",
    CorrectionState.APPROVED: "Approved",
    CorrectionState.REFUSED: "Refused",
}


@dataclass(frozen=True)
class ItemWords:
    """An item's rating and its comment for the report."""

    rating: int | None
    comment: str


def changes(
    standing: Mapping[str, ItemWords], wanted: Mapping[str, ItemWords]
) -> dict[str, tuple[ItemWords, ItemWords]]:
    """What a proposal changes: before and after by item key, in the order of the scale."""
    return {
        key: (before, wanted[key])
        for key, before in standing.items()
        if key in wanted and wanted[key] != before
    }


def problems(
    changed: Mapping[str, tuple[ItemWords, ItemWords]], why: str, lowest: int, highest: int
) -> dict[str, str]:
    """What is wrong with a proposal: `why`, `form`, or the key of an item."""
    found: dict[str, str] = {}
    if not changed:
        found["form"] = "Change a rating or a comment: nothing is different yet"
    if not why.strip():
        found["why"] = "Say what changes and why: the report says it"
    elif len(why) > LONGEST_WHY:
        found["why"] = f"The reason must be {LONGEST_WHY:,} characters or fewer"
    for key, (_, after) in changed.items():
        if after.rating is None or not lowest <= after.rating <= highest:
            found[key] = f"Choose a rating from {lowest} to {highest}"
        elif len(after.comment) > LONGEST_COMMENT:
            found[key] = f"The comment must be {LONGEST_COMMENT:,} characters or fewer"
    return found
