"""How far a contract may be extended, and what its value is on a day as a ceiling.

Source: OHID specification 9.1 (up to 18 months), 9.2 (not above £400,000); contract.md, “Variations”.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.contracts.definition.rules.terms import Contract


@dataclass(frozen=True)
class Extension:
    """How far the contract is extended on a day, and how far it may be. Sums in pence."""

    ends: date
    latest_end: date
    added_pence: int
    most_pence: int

    @property
    def extended(self) -> bool:
        return self.added_pence > 0

    @property
    def left_pence(self) -> int:
        """What an extension may still add."""
        return max(self.most_pence - self.added_pence, 0)

    @property
    def problems(self) -> tuple[str, ...]:
        """Which limits the terms break, in words."""
        found = []
        if self.ends > self.latest_end:
            found.append("The contract ends later than it may be extended to.")
        if self.added_pence > self.most_pence:
            found.append("The extension adds more than the contract allows.")
        return tuple(found)


def extension(contract: Contract, day: date) -> Extension:
    """The extension as it stands on a day: only what comes with a later end counts as one."""
    signed, terms = contract.signed, contract.on(day)
    added = terms.money.ceiling_pence - signed.money.ceiling_pence if terms.ends > signed.ends else 0
    return Extension(terms.ends, signed.latest_end, max(added, 0), signed.money.extension_pence)


def ceiling(contract: Contract, day: date) -> int:
    """The most that may be due in all, in pence: the value on this day, an extension only as far as allowed.

    A variation that is no extension (other volumes) changes the value without that limit.
    """
    found = extension(contract, day)
    return contract.on(day).money.ceiling_pence - max(found.added_pence - found.most_pence, 0)
