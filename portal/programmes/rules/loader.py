"""From a definition file's text to a Programme. Refuses what does not hold, in one line with the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.programmes.rules.definition import (
    UNITS,
    Cadence,
    DefinitionError,
    OpenPoint,
    Parameter,
    Programme,
)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TOP = {
    "key",
    "title",
    "short_title",
    "source",
    "summary",
    "scales",
    "settings",
    "parameters",
    "cadence",
    "open",
}
_PARAMETER = {"key", "title", "unit", "source", "value", "low", "high", "note", "ours"}
_CADENCE = {
    "external_first_within",
    "external_every",
    "external_accredited_every",
    "accredited_bands",
    "self_every",
    "source",
    "ours",
    "note",
}
_OPEN = {"source", "text", "reading"}


def load_programme(text: str, file: str) -> Programme:
    """The programme that a file describes. Raises DefinitionError naming the file and the reason."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(file, f"not TOML: {error}") from None
    table = _Table(file, "the file", raw, _TOP)
    programme = Programme(
        key=table.slug("key"),
        title=table.text("title"),
        short_title=table.text("short_title"),
        source=table.text("source"),
        summary=table.text("summary"),
        scales=table.slugs("scales"),
        settings=table.slugs("settings"),
        parameters=tuple(_parameter(one) for one in table.tables("parameters", "parameter", _PARAMETER)),
        cadence=_cadence(table.table("cadence", _CADENCE)),
        open_points=tuple(_open(one) for one in table.tables("open", "open point", _OPEN)),
    )
    keys = [parameter.key for parameter in programme.parameters]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise DefinitionError(file, f"two parameters have the key “{twice[0]}”")
    return programme


class _Table:
    """One table of the file; every reading of it says where it stands."""

    def __init__(self, file: str, place: str, raw: Mapping[str, Any], allowed: set[str]) -> None:
        self.file, self.place, self.raw = file, place, raw
        if strange := sorted(set(raw) - allowed):
            self.refuse(f"has a field “{strange[0]}” that no programme has")

    def refuse(self, reason: str) -> None:
        raise DefinitionError(self.file, f"{self.place} {reason}")

    def text(self, field: str, default: str | None = None) -> str:
        value = self.raw.get(field, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.refuse(f"needs words in “{field}”")
        return str(value).strip()

    def slug(self, field: str) -> str:
        value = self.text(field)
        if not _SLUG.fullmatch(value):
            self.refuse(f"has “{value}” in “{field}”: use small letters, digits and hyphens")
        return value

    def slugs(self, field: str, *, empty: bool = False) -> tuple[str, ...]:
        value = self.raw.get(field, [])
        if not isinstance(value, list) or not all(
            isinstance(one, str) and _SLUG.fullmatch(one) for one in value
        ):
            self.refuse(f"needs a list of keys in “{field}”")
        if len(set(value)) != len(value):
            self.refuse(f"names one key twice in “{field}”")
        if not value and not empty:
            self.refuse(f"needs at least one key in “{field}”")
        return tuple(value)

    def flag(self, field: str) -> bool:
        value = self.raw.get(field, False)
        if not isinstance(value, bool):
            self.refuse(f"needs true or false in “{field}”")
        return bool(value)

    def months(self, field: str) -> int | None:
        value = self.raw.get(field)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            self.refuse(f"needs a whole number of months, 1 or more, in “{field}”")
        return value

    def figure(self, field: str) -> Decimal | None:
        value = self.raw.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | str):
            self.refuse(f"needs a whole number, or a decimal in quotes, in “{field}”")
        try:
            figure = Decimal(str(value))
        except InvalidOperation:
            figure = Decimal("NaN")
        if not figure.is_finite() or figure < 0:
            self.refuse(f"has “{value}” in “{field}”, which is no figure")
        return figure

    def table(self, field: str, allowed: set[str]) -> _Table:
        value = self.raw.get(field)
        if not isinstance(value, dict):
            self.refuse(f"needs a table “{field}”")
        return _Table(self.file, field, value or {}, allowed)

    def tables(self, field: str, name: str, allowed: set[str]) -> list[_Table]:
        value = self.raw.get(field, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.refuse(f"needs tables [[{field}]]")
        return [_Table(self.file, f"{name} {at}", one, allowed) for at, one in enumerate(value, start=1)]


def _parameter(table: _Table) -> Parameter:
    key, unit = table.slug("key"), table.text("unit")
    table.place = f"parameter {key}"
    if unit not in UNITS:
        table.refuse(f"has the unit “{unit}”; there are {', '.join(UNITS)}")
    value, low, high = table.figure("value"), table.figure("low"), table.figure("high")
    if value is not None and (low is not None or high is not None):
        table.refuse("has both “value” and a range")
    if low is not None and high is not None and low > high:
        table.refuse(f"runs from {low} down to {high}")
    return Parameter(
        key=key,
        title=table.text("title"),
        unit=unit,
        source=table.text("source"),
        low=low if value is None else value,
        high=high if value is None else value,
        note=table.text("note", ""),
        ours=table.flag("ours"),
    )


def _cadence(table: _Table) -> Cadence:
    accredited, bands = table.months("external_accredited_every"), table.slugs("accredited_bands", empty=True)
    if (accredited is None) != (not bands):
        table.refuse("needs “external_accredited_every” and “accredited_bands” together or neither")
    return Cadence(
        external_first_within=table.months("external_first_within"),
        external_every=table.months("external_every"),
        external_accredited_every=accredited,
        accredited_bands=bands,
        self_every=table.months("self_every"),
        source=table.text("source"),
        ours=table.flag("ours"),
        note=table.text("note", ""),
    )


def _open(table: _Table) -> OpenPoint:
    return OpenPoint(table.text("source"), table.text("text"), table.text("reading"))
