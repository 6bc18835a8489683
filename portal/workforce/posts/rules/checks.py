"""How a vetting check stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

SOON_DAYS = 60  # before its last day, a renewal is to be arranged


class CheckStanding(StrEnum):
    """How a check stands."""

    EXPIRED = "expired"
    SOON = "soon"
    VALID = "valid"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _TITLES[self]


_TITLES = {
    CheckStanding.EXPIRED: "Expired",
    CheckStanding.SOON: "Expires soon",
    CheckStanding.VALID: "Valid",
}


def check_standing(valid_until: date | None, today: date) -> CheckStanding:
    """Valid on its last day still; without a last day it stays valid."""
    if valid_until is None:
        return CheckStanding.VALID
    if valid_until < today:
        return CheckStanding.EXPIRED
    return CheckStanding.SOON if (valid_until - today).days <= SOON_DAYS else CheckStanding.VALID


class Checked(Protocol):
    """What is asked of a check's record."""

    @property
    def kind(self) -> str: ...
    @property
    def checked_on(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...


One = TypeVar("One", bound=Checked)


def in_use(checks: Iterable[One]) -> list[One]:
    """Of one person's checks the one of each kind that holds longest: a renewed check asks for nothing."""
    best: dict[str, One] = {}
    for check in sorted(checks, key=lambda one: (one.valid_until or date.max, one.checked_on)):
        best[check.kind] = check
    return [best[kind] for kind in sorted(best)]
