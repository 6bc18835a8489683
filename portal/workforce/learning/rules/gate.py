"""Where an employment specialist stands between training and first client, and counts of them.

Source: Sheffield specification, Appendix 4: training “in advance of working with any clients”.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from portal.core.rules.rate import Rate, rate
from portal.workforce.learning.rules.module import Requirement
from portal.workforce.learning.rules.standing import Done, gate


class GateState(StrEnum):
    """How somebody stands, the most pressing first."""

    MISSING = "missing"
    LATE = "late"
    NOT_LINKED = "not-linked"
    NO_CLIENTS = "no-clients"
    TRAINED = "trained"

    @property
    def words(self) -> str:
        return STATE_TITLES[self]


STATE_TITLES = {
    GateState.MISSING: "Clients before training",
    GateState.LATE: "Trained after first client",
    GateState.NOT_LINKED: "Not linked to an account",
    GateState.NO_CLIENTS: "No clients yet",
    GateState.TRAINED: "Trained before clients",
}


@dataclass(frozen=True)
class Standing:
    """`courses`: still to be completed; for whoever was trained late, those that were late."""

    state: GateState
    courses: tuple[str, ...] = ()


def stand_at_gate(
    required: Sequence[Requirement],
    completions: Sequence[Done] | None,
    start: date,
    first_client_on: date | None,
    today: date,
) -> Standing:
    """`completions`: None where the person has no account by which they could be known."""
    if completions is None:
        return Standing(GateState.NOT_LINKED)
    if first_client_on is None:
        return Standing(GateState.NO_CLIENTS, gate(required, completions, start, today).missing)
    found = gate(required, completions, start, first_client_on)
    if found.missing:
        return Standing(GateState.MISSING, found.missing)
    return Standing(GateState.LATE, found.late) if found.late else Standing(GateState.TRAINED)


def first_client(entered: date | None, counted: date | None) -> date | None:
    """The earlier of the day entered and the first day on which a caseload above nought was counted."""
    return min((one for one in (entered, counted) if one is not None), default=None)


def counts(states: Iterable[GateState]) -> dict[GateState, int]:
    """How many stand where; every state, those of nobody too."""
    found = dict.fromkeys(GateState, 0)
    for one in states:
        found[one] += 1
    return found


def in_time(found: Mapping[GateState, int]) -> Rate:
    """Trained before clients, of those with clients whose training is known."""
    known = found[GateState.MISSING] + found[GateState.LATE] + found[GateState.TRAINED]
    return rate(Fraction(found[GateState.TRAINED]), Fraction(known))
