"""The national picture: what may be shown of small groups, and the growth to every authority.

Sources: contract.md, “Scope” (OHID specification 1.6: from 82 local authorities to all 150 upper-tier and
unitary ones; the list of authorities has 153, so both counts are shown).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=str)
LEAST = 5  # people; of fewer, a figure could say something of one of them
CONTRACT_AUTHORITIES = 150


def hidden(people: Mapping[Key, int], *, with_total: bool = True) -> frozenset[Key]:
    """The groups of which nothing may be shown that was counted from people.

    Groups of 1 to 4 are hidden; an empty one says nothing of anybody. Where a total stands beside them,
    one hidden group could be worked out from the others: then the next smallest are hidden too, until
    there are two and together they are LEAST people.
    """
    found = {key for key, count in people.items() if 0 < count < LEAST}
    if not found or not with_total:
        return frozenset(found)
    others = sorted((count, key) for key, count in people.items() if count >= LEAST)
    while others and (len(found) < 2 or sum(people[key] for key in found) < LEAST):
        found.add(others.pop(0)[1])
    return frozenset(found)


def total_is_hidden(people: Mapping[Key, int]) -> bool:
    """Whether even the sum of all groups could say something of one person."""
    small = hidden(people)
    return bool(small) and (len(small) < 2 or sum(people[key] for key in small) < LEAST)


@dataclass(frozen=True)
class Growth:
    """How many authorities have a service, of how many there are, and what the others would need.

    `known` of the covered authorities are those whose services have said how many FTE are funded.
    """

    covered: int
    there_are: int
    known: int
    funded: Fraction

    @property
    def missing(self) -> int:
        """Authorities of the list without a service."""
        return max(0, self.there_are - self.covered)

    @property
    def missing_of_contract(self) -> int:
        """Authorities missing from the contract's 150."""
        return max(0, CONTRACT_AUTHORITIES - self.covered)

    @property
    def per_authority(self) -> Fraction | None:
        return self.funded / self.known if self.known else None

    def needed(self, authorities: int) -> Fraction | None:
        """FTE for so many more authorities, if each gets as many as those known have on average."""
        return None if self.per_authority is None else authorities * self.per_authority
