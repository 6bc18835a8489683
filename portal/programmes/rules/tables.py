"""Reading the tables of a definition file. Every refusal says the file and the place, in one line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from portal.programmes.rules.definition import DefinitionError

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FRACTION = re.compile(r"[0-9]{1,6}(/[0-9]{1,6})?")
Choice = TypeVar("Choice", bound=StrEnum)


def parse(text: str, file: str, allowed: set[str]) -> Table:
    """The file as its outermost table. Raises DefinitionError."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(file, f"not TOML: {error}") from None
    return Table(file, "the file", raw, allowed)


class Table:
    """One table of the file; every reading of it says where it stands."""

    def __init__(self, file: str, place: str, raw: Mapping[str, Any], allowed: set[str]) -> None:
        self.file, self.place, self.raw = file, place, raw
        if strange := sorted(set(raw) - allowed):
            self.refuse(f"has a field “{strange[0]}” that is not known here")

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

    def choice(self, field: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        value = self.text(field, None if default is None else default.value)
        if value not in {one.value for one in choices}:
            self.refuse(f"has “{value}” in “{field}”; there are {', '.join(one.value for one in choices)}")
        return choices(value)

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

    def whole(self, field: str, low: int, high: int) -> int:
        value = self.raw.get(field)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.refuse(f"needs a whole number from {low} to {high} in “{field}”")
        assert isinstance(value, int)
        return value

    def fraction(self, field: str) -> Fraction:
        """An exact fraction above 0, in quotes: "1/2". A decimal point would not be exact."""
        value = self.raw.get(field)
        if not isinstance(value, str) or not _FRACTION.fullmatch(value):
            self.refuse(f"needs a fraction in quotes, as “1/2”, in “{field}”")
        over, _, under = str(value).partition("/")
        if int(under or "1") == 0 or int(over) == 0:
            self.refuse(f"has “{value}” in “{field}”, which is no figure above 0")
        return Fraction(str(value))

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

    def table(self, field: str, allowed: set[str]) -> Table:
        value = self.raw.get(field)
        if not isinstance(value, dict):
            self.refuse(f"needs a table “{field}”")
        return Table(self.file, field, value or {}, allowed)

    def tables(self, field: str, name: str, allowed: set[str]) -> list[Table]:
        value = self.raw.get(field, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.refuse(f"needs tables [[{field}]]")
        return [Table(self.file, f"{name} {at}", one, allowed) for at, one in enumerate(value, start=1)]
