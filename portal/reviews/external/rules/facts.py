"""What the conditions of the review's workflow look at. Item numbers are those of the scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Facts:
    """The state of a review as far as its moves depend on it.

    `own_…` is about the sheet of whoever acts, never about anybody else’s.
    """

    today: date
    fieldwork_from: date
    team_missing: tuple[str, ...] = ()  # capacities nobody has
    not_independent: tuple[str, ...] = ()  # in words, of those not overridden
    gaps: tuple[int, ...] = ()  # items without a note from a required source
    own_locked: bool = False
    own_missing: tuple[int, ...] = ()
    own_unexplained: tuple[int, ...] = ()  # differs from the suggestion and no rationale says why
    any_locked: bool = False
    both_locked: bool = False
    not_agreed: tuple[int, ...] = ()  # items without a consensus rating
    without_reason: tuple[int, ...] = ()  # consensus differs from both and no reason says why
    open_queries: tuple[int, ...] = ()
    approvals: int = 0
    quorum: int = 1
    accuracy_done: bool = False  # the service has had the draft
    accuracy_until: date | None = None
    undecided: tuple[int, ...] = ()  # items with a comment nobody has decided
    changed_since_moderation: bool = False
    correction_waits: bool = False
    held: bool = False
    purged: bool = False
