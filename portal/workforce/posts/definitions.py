"""The data of this feature: kinds of leave and of checks, skills, and the terms of the contract.

Until contracts are things of their own (with their indicators, bands and payments), `contract_terms` gives
every supplier the one set in data/contract.toml, which is the demonstration's.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from portal.workforce.posts.rules.terms import Band, ContractTerms, LeaveKind

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class CheckKind:
    """A kind of vetting check. `months`: how long one is usually valid; 0: it does not lapse."""

    key: str
    title: str
    months: int


@dataclass(frozen=True)
class Skill:
    """What an EISM is needed for, with the section of the OHID specification."""

    key: str
    title: str
    section: str


def contract_terms(_supplier_id: UUID) -> ContractTerms:
    """The terms by which a supplier's EISMs are counted: the same for all until there are contracts."""
    return _terms()


@cache
def leave_kinds() -> dict[str, LeaveKind]:
    """The kinds of leave by key, in the order of the file."""
    return {
        key: LeaveKind(key, one["title"], one["paid"], one.get("counts", one["paid"]))
        for key, one in _read("leave_kinds.toml").items()
    }


@cache
def check_kinds() -> dict[str, CheckKind]:
    """The kinds of vetting check by key, in the order of the file."""
    return {
        key: CheckKind(key, one["title"], one["months"]) for key, one in _read("check_kinds.toml").items()
    }


@cache
def skills() -> dict[str, Skill]:
    """The skills by key, in the order of the file."""
    return {key: Skill(key, one["title"], one["section"]) for key, one in _read("skills.toml").items()}


@cache
def _terms() -> ContractTerms:
    found = _read("contract.toml")
    unknown = set(found["leave_counts"]) - set(leave_kinds())
    if unknown:
        raise ValueError(f"contract.toml, leave_counts: there is no kind of leave {sorted(unknown)}")
    return ContractTerms(
        title=found["title"],
        starts=found["starts"],
        ends=found["ends"],
        target=Decimal(found["target_fte"]),
        bands=tuple(_band(one) for one in found["bands"]),
        leave=found["leave_counts"],
    )


def _band(one: dict[str, Any]) -> Band:
    exactly = "from" in one
    return Band(one["title"], Decimal(one["from"] if exactly else one["above"]), exactly)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
