"""What a vacancy says, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from portal.core.rules import money
from portal.core.rules.addresses import HTTPS, secure
from portal.core.rules.money import pounds

TITLE_LONGEST, PLACE_LONGEST, PAY_LONGEST, TEXT_LONGEST = 120, 120, 120, 6000
FTE_MOST, HOURS_MOST = Decimal(50), Decimal(48)
PENCE_MOST = 100_000_000  # a million pounds: a figure above it is a slip
LONGEST_OPEN = timedelta(days=366)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
NO_MAIL = (
    "Leave e-mail addresses out: programs collect them from public pages. People apply by the link below"
)


class Contract(StrEnum):
    """What kind of contract is offered."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed-term"
    SECONDMENT = "secondment"
    BANK = "bank"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return {"fixed-term": "Fixed term", "bank": "Bank or casual"}.get(self.value, self.value.capitalize())


@dataclass(frozen=True)
class Details:
    """A vacancy as typed in. Money in whole pence a year for full-time work; hours a week."""

    title: str
    role: str
    place: str
    region: str
    fte: Decimal
    weekly_hours: Decimal
    part_time: bool
    contract: Contract
    closes_on: date
    description: str
    apply_url: str
    salary_from: int | None = None
    salary_to: int | None = None
    pay_words: str = ""

    def values(self) -> dict[str, Any]:
        """Each field by its name."""
        return asdict(self)


def problems(
    details: Details, roles: Collection[str], regions: Collection[str], today: date
) -> dict[str, str]:
    """What is wrong, by field. `today` bounds the closing date of a vacancy that is still to close."""
    found = _texts(details) | _pay(details)
    if details.role not in roles:
        found["role"] = "Choose the role"
    if details.region not in regions:
        found["region"] = "Choose the region"
    if not _fits(details.fte, FTE_MOST):
        found["fte"] = f"Full-time equivalent must be above 0 and at most {FTE_MOST}, like 1 or 0.6"
    if not _fits(details.weekly_hours, HOURS_MOST):
        found["weekly_hours"] = f"Hours a week must be above 0 and at most {HOURS_MOST}, like 37.5"
    if details.closes_on > today + LONGEST_OPEN:
        found["closes_on"] = "The closing date must be within a year from today"
    if not secure(details.apply_url):
        found["apply_url"] = HTTPS
    return found


def _fits(number: Decimal, most: Decimal) -> bool:
    """Whether it is above nothing, at most so much, and has two decimals or fewer."""
    return number.is_finite() and 0 < number <= most and number == round(number, 2)


def _texts(details: Details) -> dict[str, str]:
    found = {}
    for name, what, longest in (
        ("title", "title", TITLE_LONGEST),
        ("place", "place of work", PLACE_LONGEST),
        ("description", "description", TEXT_LONGEST),
    ):
        text = str(getattr(details, name)).strip()
        if not text:
            found[name] = f"Enter the {what}"
        elif len(text) > longest:
            found[name] = f"The {what} must be {longest:,} characters or fewer; this has {len(text):,}"
        elif _MAIL.search(text):
            found[name] = NO_MAIL
    return found


def _pay(details: Details) -> dict[str, str]:
    low, high = details.salary_from, details.salary_to
    for name, pence in (("salary_from", low), ("salary_to", high)):
        if pence is not None and not 0 < pence <= PENCE_MOST:
            return {name: "Enter a yearly salary in pounds, like 31,049"}
    if high is not None and (low is None or high < low):
        return {"salary_to": "The highest salary must be at or above the lowest"}
    if low is None and not details.pay_words.strip():
        return {"salary_from": "Enter the salary, or describe the pay in words"}
    if len(details.pay_words) > PAY_LONGEST:
        return {"pay_words": f"The pay must be described in {PAY_LONGEST} characters or fewer"}
    return {}


def pence_from(text: str | None) -> int | None:
    """A yearly salary in pence; None of nothing. Raises ValueError for what is no sum of money."""
    return money.pence_from(text, "Enter a yearly salary in pounds, like 31,049")


def pay(low: int | None, high: int | None, words: str) -> str:
    """The pay in one line: £31,049 to £37,796 a year · Band 5."""
    sums = pounds(low) if high in (None, low) else f"{pounds(low)} to {pounds(high)}"
    return " · ".join(part for part in (f"{sums} a year" if sums else "", words.strip()) if part)
