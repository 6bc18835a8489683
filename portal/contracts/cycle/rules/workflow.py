"""The quarterly cycle of a contract: one table of who moves a quarter's report from where to where.

A quarter is open until the supplier compiles its report. A report that is returned stays as it was
submitted, and a new version is compiled; so does a correction of one that was accepted.
Source: OHID specification 8.3, 11.1, 11.2; contract.md, “The quarterly progress report”.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.core.errors import Refused


class CycleState(StrEnum):
    """Where a quarter stands: the state of its report's newest version, or OPEN where there is none."""

    OPEN = "open"
    COMPILING = "compiling"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REVIEWED = "reviewed"  # the review meeting has been held
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return _WORDS[self]


class Move(StrEnum):
    """What is done to a quarter."""

    COMPILE = "compile"
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    REVIEW = "review"
    CLOSE = "close"
    CORRECT = "correct"


class Side(StrEnum):
    """Whose move it is."""

    SUPPLIER = "supplier"
    BUYER = "buyer"
    EITHER = "either"


@dataclass(frozen=True)
class Way:
    """A move: who makes it, from which states, to which. `opens`: a new version is compiled with it."""

    side: Side
    sources: tuple[CycleState, ...]
    target: CycleState
    opens: bool = False


_S = CycleState
_WORDS = {
    _S.OPEN: "Open",
    _S.COMPILING: "Being compiled",
    _S.SUBMITTED: "Submitted",
    _S.RETURNED: "Returned",
    _S.ACCEPTED: "Accepted",
    _S.REVIEWED: "Review meeting held",
    _S.CLOSED: "Closed",
}
TABLE: dict[Move, Way] = {
    Move.COMPILE: Way(Side.SUPPLIER, (_S.OPEN,), _S.COMPILING),
    Move.SUBMIT: Way(Side.SUPPLIER, (_S.COMPILING,), _S.SUBMITTED),
    Move.ACCEPT: Way(Side.BUYER, (_S.SUBMITTED,), _S.ACCEPTED),
    Move.RETURN: Way(Side.BUYER, (_S.SUBMITTED,), _S.RETURNED, opens=True),
    Move.REVIEW: Way(Side.EITHER, (_S.ACCEPTED,), _S.REVIEWED),
    Move.CLOSE: Way(Side.BUYER, (_S.REVIEWED,), _S.CLOSED),
    Move.CORRECT: Way(Side.SUPPLIER, (_S.ACCEPTED, _S.REVIEWED, _S.CLOSED), _S.COMPILING, opens=True),
}
FROZEN_STATES = frozenset({_S.SUBMITTED, _S.RETURNED, _S.ACCEPTED, _S.REVIEWED, _S.CLOSED})
_WHY_NOT = {
    _S.OPEN: "Nobody has begun the report of this quarter.",
    _S.COMPILING: "The report is still being compiled.",
    _S.SUBMITTED: "The report is with the buyer.",
    _S.RETURNED: "This version was returned; a new one is being compiled.",
    _S.ACCEPTED: "The report has been accepted.",
    _S.REVIEWED: "The review meeting has been held.",
    _S.CLOSED: "The quarter is closed.",
}


def may(state: CycleState, move: Move) -> bool:
    """Whether the state allows a move, whoever asks."""
    return state in TABLE[move].sources


def after(state: CycleState, move: Move) -> CycleState:
    """The state that a move leads to. Raises Refused where the state does not allow it."""
    if not may(state, move):
        raise Refused(_WHY_NOT[state])
    return TABLE[move].target


def demand_over(last: date, today: date) -> None:
    """A quarter is reported once it is over (in arrears: 11.1). Raises Refused up to its last day."""
    if today <= last:
        raise Refused(f"The quarter runs to {last.day} {last:%B %Y}. Submit the report after that day.")
