"""What becomes of a vacancy: one table of states and moves, and the days it took to fill.

A vacancy is written (draft), shown to everybody (open), no longer open to applications while people are
chosen (shortlisting), and then filled or withdrawn. Every move has one that takes it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class State(StrEnum):
    """Where a vacancy stands."""

    DRAFT = "draft"
    OPEN = "open"
    SHORTLISTING = "shortlisting"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return self.value.capitalize()


class Move(StrEnum):
    """What is done to a vacancy. CLOSE is the portal's own, on the day after the closing date."""

    PUBLISH = "publish"
    SHORTLIST = "shortlist"
    CLOSE = "close"
    FILL = "fill"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    UNFILL = "unfill"
    RESTORE = "restore"


@dataclass(frozen=True)
class Words:
    """A move as its button names it, and what is said afterwards."""

    button: str
    done: str


WORDS = {
    Move.PUBLISH: Words("Publish", "is open: everybody can find it."),
    Move.SHORTLIST: Words("Close to applications", "is closed to applications."),
    Move.CLOSE: Words("Close", "has closed by itself."),
    Move.FILL: Words("Mark as filled", "is filled."),
    Move.WITHDRAW: Words("Withdraw", "is withdrawn."),
    Move.REOPEN: Words("Open again", "is open again."),
    Move.UNFILL: Words("Not filled after all", "is back in shortlisting."),
    Move.RESTORE: Words("Back to a draft", "is a draft again."),
}
TABLE: dict[tuple[State, Move], State] = {
    (State.DRAFT, Move.PUBLISH): State.OPEN,
    (State.DRAFT, Move.WITHDRAW): State.WITHDRAWN,
    (State.OPEN, Move.SHORTLIST): State.SHORTLISTING,
    (State.OPEN, Move.CLOSE): State.SHORTLISTING,
    (State.OPEN, Move.FILL): State.FILLED,
    (State.OPEN, Move.WITHDRAW): State.WITHDRAWN,
    (State.SHORTLISTING, Move.FILL): State.FILLED,
    (State.SHORTLISTING, Move.REOPEN): State.OPEN,
    (State.SHORTLISTING, Move.WITHDRAW): State.WITHDRAWN,
    (State.FILLED, Move.UNFILL): State.SHORTLISTING,
    (State.WITHDRAWN, Move.RESTORE): State.DRAFT,
}
BY_ITSELF = frozenset({Move.CLOSE})
OPENING = frozenset({Move.PUBLISH, Move.REOPEN})  # these ask for a closing date still to come
UNDER_WAY = frozenset({State.OPEN, State.SHORTLISTING})  # a post that nobody holds yet


def after(state: State, move: Move) -> State | None:
    """The state that a move leads to; None where it cannot be made."""
    return TABLE.get((state, move))


def moves(state: State) -> tuple[Move, ...]:
    """What a person can do to a vacancy in this state, in the order of the table."""
    return tuple(move for (at, move) in TABLE if at is state and move not in BY_ITSELF)


def days_open(opened: date | None, filled: date | None, today: date) -> int | None:
    """Days from the first opening to the filling, or until today; None where it was never open."""
    if opened is None:
        return None
    return ((filled or today) - opened).days


def median(days: Sequence[int]) -> Fraction | None:
    """The middle one of the days, between two the point half-way; None of nothing."""
    ranked = sorted(days)
    if not ranked:
        return None
    middle = len(ranked) // 2
    if len(ranked) % 2:
        return Fraction(ranked[middle])
    return Fraction(ranked[middle - 1] + ranked[middle], 2)


def days_words(days: Fraction | None) -> str:
    """31 days; 24.5 days; a dash where there are none."""
    if days is None:
        return "–"
    half = ".5" if days.denominator == 2 else ""
    return f"{days.numerator // days.denominator}{half} {'day' if days == 1 else 'days'}"
