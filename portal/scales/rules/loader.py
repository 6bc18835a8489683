"""From the text of a definition file to a Scale, and back. The format: docs/scale-format.md."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Callable, Mapping

from portal.scales.rules.adapting import adapt
from portal.scales.rules.checking import check_scale
from portal.scales.rules.definition import Scale
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.fields import Fields
from portal.scales.rules.reading import read_scale
from portal.scales.rules.writing import digest, to_json

__all__ = ["DefinitionError", "from_json", "load_scale", "to_json"]


def no_base(key: str) -> Scale:
    """Where no other scale can be had: raises KeyError."""
    raise KeyError(key)


def load_scale(text: str, source_name: str, base: Callable[[str], Scale] = no_base) -> Scale:
    """The scale that `text` (TOML) defines, with its digest.

    `source_name` is the file's name, for messages; `base` gives the scale that `extends` names,
    or raises KeyError. Raises DefinitionError, one line saying file, item and reason.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(source_name, "", f"not readable as TOML: {error}") from None
    if "extends" in raw:
        raw = adapt(raw, to_json(_base(raw, source_name, base)), source_name)
    return _checked(raw, source_name)


def from_json(data: Mapping[str, object], source_name: str = "stored definition") -> Scale:
    """The scale that `to_json` wrote, with its digest. Raises DefinitionError."""
    return _checked(data, source_name)


def _checked(raw: Mapping[str, object], file: str) -> Scale:
    scale = read_scale(raw, file)
    check_scale(scale, file)
    return dataclasses.replace(scale, digest=digest(scale))


def _base(raw: Mapping[str, object], file: str, base: Callable[[str], Scale]) -> Scale:
    fields = Fields(raw, file)
    key = fields.text("extends")
    if key == raw.get("key"):
        raise fields.error("it extends itself")
    try:
        return base(key)
    except KeyError:
        raise fields.error(f"“extends” names “{key}”, which is not a scale here") from None
    except RecursionError:
        raise fields.error(f"“extends” goes round in a circle by way of “{key}”") from None
