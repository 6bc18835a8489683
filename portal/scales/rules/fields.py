"""Reading one table of a definition field by field, refusing what is not known or not filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.numbers import parse_threshold

SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_PLACEHOLDER = re.compile(r"(?i)\A[\s.…?–—_-]*\Z|\b(?:todo|tbc|tbd|fixme|lorem ipsum)\b")


class Fields:
    """One table of a definition. `finish()` refuses fields that nothing read.

    Every method raises DefinitionError with the file, the item and the reason.
    """

    def __init__(self, raw: object, file: str, item: str = "", path: str = "") -> None:
        self.file, self.item, self.path = file, item, path
        if not isinstance(raw, Mapping):
            raise self.error(f"{path or 'the definition'} must be a table")
        self._raw: Mapping[str, object] = raw
        self._read: set[str] = set()

    def error(self, reason: str) -> DefinitionError:
        return DefinitionError(self.file, self.item, reason)

    def name(self, field: str) -> str:
        """The field as a message names it, with its place in the item."""
        return f"“{self.path}.{field}”" if self.path else f"“{field}”"

    def has(self, field: str) -> bool:
        return field in self._raw

    def names(self) -> tuple[str, ...]:
        return tuple(self._raw)

    def get(self, field: str) -> object:
        """The raw value. Refuses a field that is not there."""
        self._read.add(field)
        if field not in self._raw:
            raise self.error(f"{self.name(field)} is missing")
        return self._raw[field]

    def finish(self) -> None:
        unknown = sorted(set(self._raw) - self._read)
        if unknown:
            raise self.error(f"{self.name(unknown[0])} is not a known field")

    def text(self, field: str, default: str | None = None) -> str:
        """A text with something in it. With a default it may be left out, or be empty."""
        self._read.add(field)
        if default is not None and self._raw.get(field, "") == "":
            return default
        return self._checked(self.get(field), self.name(field))

    def texts(self, field: str, needed: bool = True) -> tuple[str, ...]:
        """A list of texts, each with something in it; not empty when it is needed."""
        values = self._list(field, needed)
        name = self.name(field)
        texts = tuple(self._checked(value, f"{name}, entry {n},") for n, value in enumerate(values, 1))
        if len(set(texts)) != len(texts):
            raise self.error(f"{name} says the same thing twice")
        return texts

    def whole(self, field: str, default: int | None = None) -> int:
        if default is not None and not self.has(field):
            return default
        return self._whole(self.get(field), self.name(field))

    def wholes(self, field: str) -> tuple[int, ...]:
        return tuple(self._whole(value, self.name(field)) for value in self._list(field, True))

    def flag(self, field: str) -> bool:
        """true or false; false when it is left out."""
        if not self.has(field):
            return False
        value = self.get(field)
        if not isinstance(value, bool):
            raise self.error(f"{self.name(field)} must be true or false")
        return value

    def choice(self, field: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(field, default)
        if value not in allowed:
            raise self.error(f"{self.name(field)} is “{value}”, not one of {', '.join(allowed)}")
        return value

    def slug(self, field: str) -> str:
        value = self.text(field)
        if not SLUG.match(value):
            raise self.error(
                f"{self.name(field)} is “{value}”: use lower-case letters, figures and single hyphens"
            )
        return value

    def threshold(self, field: str) -> Fraction | None:
        """A threshold written as a text, read exactly; None when it is left out."""
        if not self.has(field):
            return None
        return self.threshold_in(self.get(field), self.name(field))

    def threshold_in(self, value: object, name: str) -> Fraction:
        if isinstance(value, str):
            try:
                return parse_threshold(value)
            except ValueError:
                pass
        raise self.error(f'{name} must be a number in quotation marks, like "74.5" or "7/2"')

    def table(self, field: str, needed: bool = True) -> Fields:
        """The table under `field`; an empty one when it is not needed and not there."""
        raw = self.get(field) if needed or self.has(field) else {}
        return Fields(raw, self.file, self.item, self._under(field))

    def tables(self, field: str, needed: bool = True) -> tuple[Fields, ...]:
        """The list of tables under `field`."""
        rows = self._list(field, needed)
        return tuple(
            Fields(row, self.file, self.item, f"{self._under(field)}[{n}]") for n, row in enumerate(rows, 1)
        )

    def by_rating(self, field: str) -> dict[int, object]:
        """A table whose keys are ratings, in order of rating; empty when it is left out."""
        table = self.table(field, needed=False)
        found: dict[int, object] = {}
        for key in table.names():
            if not re.fullmatch(r"[0-9]{1,2}", key):
                raise self.error(f"{self.name(field)} has “{key}” where a rating belongs")
            found[int(key)] = table.get(key)
        return dict(sorted(found.items()))

    def texts_by_rating(self, field: str) -> dict[int, str]:
        name = self.name(field)
        return {
            rating: self._checked(value, f"{name}, rating {rating},")
            for rating, value in self.by_rating(field).items()
        }

    def _under(self, field: str) -> str:
        return f"{self.path}.{field}" if self.path else field

    def _list(self, field: str, needed: bool) -> list[object]:
        if not self.has(field) and not needed:
            return []
        value = self.get(field)
        if not isinstance(value, list):
            raise self.error(f"{self.name(field)} must be a list")
        if needed and not value:
            raise self.error(f"{self.name(field)} is empty")
        return value

    def _whole(self, value: object, name: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(f"{name} must be a whole number")
        return value

    def _checked(self, value: object, name: str) -> str:
        if not isinstance(value, str):
            raise self.error(f"{name} must be a text")
        text = value.strip()
        if not text:
            raise self.error(f"{name} is empty")
        if _PLACEHOLDER.search(text):
            raise self.error(f"{name} is a placeholder: “{text[:40]}”")
        return text
