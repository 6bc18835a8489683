"""Frozen dataclasses to plain JSON data and back, so that what was frozen reads back as it was."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Hashable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Kept = TypeVar("Kept")
LATER = {"later": True}  # metadata of a field added after reports were kept: left out at its default


def to_plain(value: Any) -> Any:
    """Dataclasses as objects, tuples as lists, dates as 2026-11-22. Raises TypeError for anything else."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple | list):
        return [to_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        given = {name: getattr(value, name) for name in _names(type(value))}
        later = _later(type(value))
        return {name: to_plain(one) for name, one in given.items() if name not in later or one != later[name]}
    raise TypeError(f"{value!r} is not plain")


def from_plain(kind: type[Kept], data: Mapping[str, Any]) -> Kept:
    """The dataclass that `to_plain` made this of.

    Fields that the class has gained since take their default; those it has lost are passed over.
    """
    hints = _hints(cast("Hashable", kind))
    return kind(**{name: _read(hint, data[name]) for name, hint in hints.items() if name in data})


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(spec.name for spec in dataclasses.fields(kind))


@cache
def _later(kind: type[Any]) -> Mapping[str, Any]:
    return {spec.name: spec.default for spec in dataclasses.fields(kind) if spec.metadata.get("later")}


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {spec.name: hints[spec.name] for spec in dataclasses.fields(kind)}


def _read(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _read(next(kind for kind in inner if kind is not type(None)), value)
    if origin is tuple:
        return tuple(_read(inner[0], one) for one in value)
    if hint is date:
        return date.fromisoformat(value)
    return from_plain(hint, value) if isinstance(value, dict) else value
