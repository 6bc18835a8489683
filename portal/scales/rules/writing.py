"""Writing a Scale in the shape of a definition file, and the hash of its content.

A field at its default is left out, so that a field added to the format later does not change
the hash of a definition that does not use it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from portal.scales.rules.definition import Bound, Rule, RuleKind, Scale
from portal.scales.rules.numbers import exact
from portal.scales.rules.reading import FORMAT

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def to_json(scale: Scale) -> dict[str, object]:
    """The definition as JSON data, without its digest. `loader.from_json` reads it back exactly."""
    found = _plain(scale)
    for field in ("digest", "_by_key"):
        found.pop(field, None)
    if scale.rating_max == 0:  # an incomplete scale whose range is not known
        del found["rating_min"], found["rating_max"]
    found["items"] = [
        _plain(item) | {"basis": str(item.basis), "rule": rule_to_json(item.rule)} for item in scale.items
    ]
    return {"format": FORMAT} | found


def rule_to_json(rule: Rule) -> dict[str, object]:
    """A rule in the shape of the definition file, as static/js/rules.js reads it."""
    found = _plain(rule)
    # The two whose shape in the file differs from the dataclass.
    found["floors"] = [_bound(bound) for bound in rule.floors]
    found["caps"] = [_bound(bound) for bound in rule.caps]
    found["cutoffs"] = {str(cutoff.rating): exact(cutoff.threshold) for cutoff in rule.cutoffs}
    found["strict"] = [cutoff.rating for cutoff in rule.cutoffs if cutoff.strict]
    if rule.kind is RuleKind.RATIO:
        found["better"] = rule.better
    return {key: value for key, value in found.items() if value not in ([], {})}


def canonical(scale: Scale) -> str:
    """The JSON that is hashed: sorted keys, no white space, characters as they are."""
    return json.dumps(to_json(scale), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(scale: Scale) -> str:
    """SHA-256 of the canonical JSON, in lower-case hexadecimal."""
    return hashlib.sha256(canonical(scale).encode()).hexdigest()


def _bound(bound: Bound) -> dict[str, object]:
    return {"rating": bound.rating, "because": bound.because} | _plain(bound.when)


def _plain(value: DataclassInstance) -> dict[str, object]:
    """A dataclass as a dictionary, without the fields that are at their default."""
    found: dict[str, object] = {}
    for name, default in _fields(type(value)):
        content = getattr(value, name)
        if default is dataclasses.MISSING or content != default:
            found[name] = _data(content)
    return found


@cache
def _fields(kind: type[DataclassInstance]) -> tuple[tuple[str, object], ...]:
    """Names and defaults of a dataclass, kept because a scale asks for them a thousand times."""
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


def _data(value: object) -> object:
    if isinstance(value, str | int):
        return str(value) if isinstance(value, StrEnum) else value
    if isinstance(value, Fraction):
        return exact(value)
    if isinstance(value, Mapping):
        return {str(key): _data(content) for key, content in value.items()}
    if isinstance(value, tuple):
        return [_data(content) for content in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain(value)
    return value
