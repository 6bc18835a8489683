"""What may become of a service's comment on the draft."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST_COMMENT = 5_000
LONGEST_REASON = 5_000


class CommentState(StrEnum):
    """How a comment stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _STATES[self]


_STATES = {
    CommentState.OPEN: "Not decided yet",
    CommentState.ACCEPTED: "Accepted",
    CommentState.DECLINED: "Declined",
}


@dataclass(frozen=True)
class Decision:
    """What the reviewers make of a comment. `rating`, `comment`: the item's from now on, if accepted."""

    accepted: bool | None
    reason: str
    rating: int | None = None
    comment: str | None = None


def problems(decision: Decision, lowest: int, highest: int, standing: int) -> dict[str, str]:
    """What is wrong with a decision, by field. `standing`: the rating in the draft."""
    found: dict[str, str] = {}
    if decision.accepted is None:
        found["decision"] = "Choose whether you accept the comment"
    if not decision.reason.strip():
        found["reason"] = "Say why: the service reads it"
    elif len(decision.reason) > LONGEST_REASON:
        found["reason"] = f"The reason must be {LONGEST_REASON:,} characters or fewer"
    if decision.rating is not None and not lowest <= decision.rating <= highest:
        found["rating"] = f"Choose a rating from {lowest} to {highest}"
    elif decision.accepted is False and decision.rating not in (None, standing):
        found["rating"] = "Accept the comment to change the rating"
    return found
