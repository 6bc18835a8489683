"""Over which days an indicator is counted in a quarter, and by which terms.

A quarterly indicator is counted over the days of the quarter that the contract covers. A yearly one is
counted from April to the end of the quarter, provisional until the financial year ends (contract.md, 4).
The first quarter of a contract is a part of one (OHID specification 11.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.contracts.definition.rules.terms import Contract, Frequency, Terms
from portal.core.rules.quarters import Quarter, quarter_of

Days = tuple[date, date]  # both included
LAST_QUARTER = 4


@dataclass(frozen=True)
class Period:
    """Days over which something is counted. `covered`: those of them within the contract, None if none."""

    first: date
    last: date
    covered: Days | None

    @property
    def words(self) -> str:
        """October to December 2024; April 2024 to March 2025 where the year changes."""
        year = f" {self.first.year}" if self.first.year != self.last.year else ""
        return f"{self.first:%B}{year} to {self.last:%B} {self.last.year}"

    @property
    def is_part(self) -> bool:
        """Whether the contract covers some of its days only."""
        return self.covered is not None and self.covered != (self.first, self.last)

    @property
    def days(self) -> int:
        """How many days are covered."""
        return (self.covered[1] - self.covered[0]).days + 1 if self.covered else 0

    def holds(self, day: date) -> bool:
        """Whether a day is one of those covered."""
        return self.covered is not None and self.covered[0] <= day <= self.covered[1]


def period_of(contract: Contract, frequency: Frequency, quarter: Quarter) -> Period:
    """What an indicator of this frequency is counted over, as seen from a quarter.

    The contract's days are those as last varied: an extension covers the rest of a quarter that had begun.
    """
    whole_year = frequency is Frequency.YEAR
    first = Quarter(quarter.year, 1).first if whole_year else quarter.first
    begins, over = max(first, contract.signed.starts), min(quarter.last, contract.latest.ends)
    return Period(first, quarter.last, (begins, over) if begins <= over else None)


def is_provisional(frequency: Frequency, quarter: Quarter, today: date) -> bool:
    """Whether the figure may still change by time alone: its period is not over."""
    if frequency is Frequency.YEAR and quarter.number != LAST_QUARTER:
        return True
    return today <= quarter.last


def terms_of(contract: Contract, quarter: Quarter) -> Terms:
    """The terms by which a quarter is counted: those that hold on its first day within the contract.

    A change in the midst of a quarter holds from the next one on (9.2, 13.5: closed quarters keep theirs).
    """
    return contract.on(max(quarter.first, min(contract.signed.starts, quarter.last)))


def quarters_of(contract: Contract, today: date) -> list[Quarter]:
    """The contract's quarters that have begun, the earliest first."""
    until = quarter_of(min(today, contract.latest.ends))
    found = [quarter_of(contract.signed.starts)]
    if found[0] > until:
        return []
    while found[-1] < until:
        found.append(found[-1].plus(1))
    return found
