"""Quarters of the financial year: April to June is the first (OHID specification, 11.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.core.rules.months import months_after

FIRST_MONTH = 4
_KEY = re.compile(r"(\d{4})-Q([1-4])\Z", re.ASCII)
_MONTHS = {1: "April to June", 2: "July to September", 3: "October to December", 4: "January to March"}


@dataclass(frozen=True, order=True)
class Quarter:
    """`year` is the one in which the financial year starts: 2024, 4 is January to March 2025."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in _MONTHS:
            raise ValueError(f"There is no quarter {self.number}")

    @property
    def key(self) -> str:
        """2024-Q3, as addresses and files have it."""
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return months_after(date(self.year, FIRST_MONTH, 1), 3 * (self.number - 1))

    @property
    def last(self) -> date:
        """Its last day."""
        return months_after(self.first, 3) - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def title(self) -> str:
        """2024-Q3, October to December 2024: the months are always said."""
        return f"{self.key}, {_MONTHS[self.number]} {self.first.year}"

    def plus(self, quarters: int) -> Quarter:
        """The quarter so many later (negative: earlier)."""
        year, place = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, place + 1)


def quarter_of(day: date) -> Quarter:
    """The quarter that a day is in."""
    year = day.year - (day.month < FIRST_MONTH)
    return Quarter(year, (day.month - FIRST_MONTH) % 12 // 3 + 1)


def quarter_from(key: str | None) -> Quarter | None:
    """The quarter that a key like 2024-Q3 names; None for anything else."""
    found = _KEY.match(key or "")
    if found is None or not date.min.year < int(found[1]) < date.max.year:
        return None
    return Quarter(int(found[1]), int(found[2]))


def last_quarters(until: Quarter, count: int) -> Iterator[Quarter]:
    """So many quarters up to this one, the earliest first."""
    return (until.plus(step) for step in range(1 - count, 1))
