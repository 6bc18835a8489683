"""The way of a remedial action plan: from what the figures ask for to its closing.

One table: which move leads where, who makes it, and which need a reason. Source: OHID specification 12.2
to 12.4, 13.6; contract.md, “What follows from a band”.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Who makes a move."""

    SUPPLIER = "supplier"
    BUYER = "buyer"


class RemedyState(StrEnum):
    """Where a remedial plan stands. The first two follow from the figures alone: nothing is recorded yet."""

    REQUIRED = "required"
    MAY_BE_ASKED = "may-be-asked"
    NOT_ASKED = "not-asked"
    ASKED = "asked"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    AGREED = "agreed"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return _WORDS[self]


class RemedyMove(StrEnum):
    """What moves a remedial plan on."""

    ASK = "ask"
    LEAVE = "leave"  # the buyer decides not to ask
    START = "start"
    SUBMIT = "submit"
    RETURN = "return"
    AGREE = "agree"
    CLOSE = "close"


_WORDS = {
    RemedyState.REQUIRED: "Required",
    RemedyState.MAY_BE_ASKED: "May be asked for",
    RemedyState.NOT_ASKED: "Not asked for",
    RemedyState.ASKED: "Asked for",
    RemedyState.DRAFT: "Draft",
    RemedyState.SUBMITTED: "Submitted",
    RemedyState.RETURNED: "Returned",
    RemedyState.AGREED: "Agreed",
    RemedyState.CLOSED: "Closed",
}


@dataclass(frozen=True)
class Step:
    """Where a move leads, who makes it, and whether it needs a reason."""

    to: RemedyState
    by: Side
    reason: bool = False


_ASKING = Step(RemedyState.ASKED, Side.BUYER, reason=True)
_STARTING = Step(RemedyState.DRAFT, Side.SUPPLIER)
_SUBMITTING = Step(RemedyState.SUBMITTED, Side.SUPPLIER)
TABLE: dict[tuple[RemedyState, RemedyMove], Step] = {
    (RemedyState.REQUIRED, RemedyMove.START): _STARTING,
    (RemedyState.MAY_BE_ASKED, RemedyMove.ASK): _ASKING,
    (RemedyState.MAY_BE_ASKED, RemedyMove.LEAVE): Step(RemedyState.NOT_ASKED, Side.BUYER, reason=True),
    (RemedyState.NOT_ASKED, RemedyMove.ASK): _ASKING,
    (RemedyState.ASKED, RemedyMove.START): _STARTING,
    (RemedyState.DRAFT, RemedyMove.SUBMIT): _SUBMITTING,
    (RemedyState.RETURNED, RemedyMove.SUBMIT): _SUBMITTING,
    (RemedyState.SUBMITTED, RemedyMove.AGREE): Step(RemedyState.AGREED, Side.BUYER),
    (RemedyState.SUBMITTED, RemedyMove.RETURN): Step(RemedyState.RETURNED, Side.BUYER, reason=True),
    (RemedyState.AGREED, RemedyMove.CLOSE): Step(RemedyState.CLOSED, Side.BUYER, reason=True),
}

OPEN = frozenset(RemedyState) - {RemedyState.CLOSED, RemedyState.NOT_ASKED}
WANTED = frozenset({RemedyState.REQUIRED, RemedyState.ASKED})  # the supplier owes a plan
WORKED_ON = frozenset({RemedyState.DRAFT, RemedyState.RETURNED})


def step(state: RemedyState, move: RemedyMove) -> Step | None:
    """What a move does in a state; None where the table has no such move."""
    return TABLE.get((state, move))


def moves(state: RemedyState, by: Side) -> tuple[RemedyMove, ...]:
    """The moves that a side may make in a state."""
    return tuple(move for (before, move), one in TABLE.items() if before is state and one.by is by)
