"""When sign-in tries are refused: three limits, so that guessing is slow and the owner is not locked out.

At most 10 guesses before a lock (Cyber Essentials v3.1; assurance 1a P8). The first limit holds for one
account from one address, so the owner signs in elsewhere meanwhile; the second stops one address trying
many accounts; the third stops many addresses trying one account, whose owner resets by e-mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


@dataclass(frozen=True)
class Limit:
    """So many failures within so long."""

    failures: int
    within: timedelta


class Level(StrEnum):
    """Which limit was reached."""

    PAIR = "pair"  # this account from this address
    ADDRESS = "address"  # this address, whichever account
    ACCOUNT = "account"  # this account, whichever address


LIMITS = {
    Level.PAIR: Limit(10, timedelta(minutes=15)),
    Level.ADDRESS: Limit(50, timedelta(minutes=15)),
    Level.ACCOUNT: Limit(100, timedelta(days=1)),
}
# The same words for each level and for unknown accounts: they tell a guesser nothing.
REFUSAL = (
    "There were too many tries to sign in. Wait 15 minutes and try again, or set a new password by e-mail."
)


def refused(counts: dict[Level, int]) -> Level | None:
    """The first limit that the earlier failures have reached, or None where another try may be made."""
    return next((level for level, limit in LIMITS.items() if counts[level] >= limit.failures), None)
