"""What may happen to a plan, and to its actions in each state of the plan."""

from __future__ import annotations

from enum import StrEnum


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # where another side agrees: it has the plan before it
    AGREED = "agreed"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return _STATE_TITLES[self]


class PlanMove(StrEnum):
    """What moves a plan from one state to another."""

    SUBMIT = "submit"
    RETURN = "return"
    AGREE = "agree"
    REOPEN = "reopen"
    CLOSE = "close"


class ActionStatus(StrEnum):
    """How far an action is. A dropped one is kept, and may be restored."""

    OPEN = "open"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        return _STATUS_TITLES[self]


_STATE_TITLES = {
    PlanState.DRAFT: "Draft",
    PlanState.SUBMITTED: "Submitted",
    PlanState.AGREED: "Agreed",
    PlanState.CLOSED: "Closed",
}
_STATUS_TITLES = {
    ActionStatus.OPEN: "Not started",
    ActionStatus.IN_PROGRESS: "In progress",
    ActionStatus.DONE: "Done",
    ActionStatus.DROPPED: "Dropped",
}
UNDER_WAY = frozenset({ActionStatus.OPEN, ActionStatus.IN_PROGRESS})

TABLE: dict[tuple[PlanState, PlanMove], PlanState] = {
    (PlanState.DRAFT, PlanMove.AGREE): PlanState.AGREED,
    (PlanState.DRAFT, PlanMove.SUBMIT): PlanState.SUBMITTED,
    (PlanState.SUBMITTED, PlanMove.AGREE): PlanState.AGREED,
    (PlanState.SUBMITTED, PlanMove.RETURN): PlanState.DRAFT,
    (PlanState.AGREED, PlanMove.REOPEN): PlanState.DRAFT,
    (PlanState.AGREED, PlanMove.CLOSE): PlanState.CLOSED,
    (PlanState.CLOSED, PlanMove.REOPEN): PlanState.DRAFT,
}

# What may be changed of an action. What was agreed stays as agreed until the plan is reopened; who does
# it, how it goes and what shows it are kept up to date all along. While the other side reads a plan, work
# on it goes on, but it stays the plan that was sent.
_PROGRESS = frozenset({"owner", "support", "status", "evidence"})
_CONTENT = frozenset({"item_title", "target_rating", "what", "measure", "due"})
EDITABLE: dict[PlanState, frozenset[str]] = {
    PlanState.DRAFT: _PROGRESS | _CONTENT,
    PlanState.SUBMITTED: frozenset({"status", "evidence"}),
    PlanState.AGREED: _PROGRESS,
    PlanState.CLOSED: frozenset(),
}


def moves(state: PlanState) -> tuple[PlanMove, ...]:
    """The moves the table has from a state."""
    return tuple(move for (before, move) in TABLE if before is state)


def after(state: PlanState, move: PlanMove) -> PlanState | None:
    """The state a move leads to; None where the table has no such move."""
    return TABLE.get((state, move))
