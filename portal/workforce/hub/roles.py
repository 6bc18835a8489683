"""Role descriptions as data: data/roles/*.toml, read once and strictly.

A file that lacks a field, or has one too many, is refused with one line naming file, field and reason.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "data" / "roles"
_FIELDS = {"title", "order", "summary", "pay", "does", "brings", "gets", "sources"}


class BadRole(ValueError):
    """A file that cannot be used; one line naming file, field and reason."""


@dataclass(frozen=True)
class RoleDescription:
    """What a role is. `sources`: document and section of what is said."""

    key: str
    title: str
    order: int
    summary: str
    pay: str
    does: tuple[str, ...]
    brings: tuple[str, ...]
    gets: tuple[str, ...]
    sources: tuple[str, ...]


def read_role(path: Path) -> RoleDescription:
    """The role of one file. Raises BadRole."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    if missing := sorted(_FIELDS - set(found)):
        raise BadRole(f"{path.name}: {missing[0]}: is missing")
    if strange := sorted(set(found) - _FIELDS):
        raise BadRole(f"{path.name}: {strange[0]}: is no field of a role")
    if type(found["order"]) is not int:
        raise BadRole(f"{path.name}: order: must be a whole number")
    return RoleDescription(
        key=path.stem,
        order=found["order"],
        title=_text(path, "title", found["title"]),
        summary=_text(path, "summary", found["summary"]),
        pay=_text(path, "pay", found["pay"]),
        does=_texts(path, "does", found["does"]),
        brings=_texts(path, "brings", found["brings"]),
        gets=_texts(path, "gets", found["gets"]),
        sources=_texts(path, "sources", found["sources"]),
    )


def _text(path: Path, name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadRole(f"{path.name}: {name}: must be a text")
    return value.strip()


def _texts(path: Path, name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise BadRole(f"{path.name}: {name}: must be a list of texts")
    return tuple(_text(path, name, one) for one in value)


@cache
def roles() -> dict[str, RoleDescription]:
    """Every role by its key, in their order."""
    found = [read_role(path) for path in FOLDER.glob("*.toml")]
    return {role.key: role for role in sorted(found, key=lambda role: (role.order, role.key))}


def role_title(key: str) -> str:
    """The title of a role; its key where the role is no longer described."""
    role = roles().get(key)
    return role.title if role else key
