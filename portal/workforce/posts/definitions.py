"""The data of this feature: kinds of leave and of checks, skills, and the terms of the contract.

Contracts lie above this feature: what they say of EISMs is asked through the function `terms_from` is given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from portal.workforce.posts.rules.terms import ContractTerms, LeaveKind

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


_asked: list[Callable[[UUID], ContractTerms]] = []


def terms_from(function: Callable[[UUID], ContractTerms]) -> None:
    """Say who knows the terms of a supplier's contract (portal/features.py)."""
    _asked[:] = [function]


def contract_terms(supplier_id: UUID) -> ContractTerms:
    """The terms by which a supplier's EISMs are counted today."""
    (ask,) = _asked
    return ask(supplier_id)


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


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
