"""From the text of a file to a material that comes with the portal; strict, as scales are read.

Every refusal is one line: file, field and reason (`DefinitionError`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portal.core.rules.blocks import read_blocks
from portal.library.rules.material import LONGEST_SUMMARY, LONGEST_TITLE, RESERVED, Kind, Text
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.fields import Fields

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True)
class Filed:
    """A material of a file. `owner`: who keeps it, in words."""

    key: str
    version: int
    owner: str
    text: Text


def load_material(text: str, file: str, items: Collection[str]) -> Filed:
    """The material in a file. `items`: the item keys that there are. Raises DefinitionError."""
    try:
        fields = Fields(tomllib.loads(text), file)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(file, "", f"not readable as TOML: {error}") from None
    key = fields.slug("key")
    if key in RESERVED:
        raise fields.error(f"“key” is “{key}”, which is the address of another page")
    version = fields.whole("version")
    if not 1 <= version <= 999:
        raise fields.error(f"“version” is {version}, which is not from 1 to 999")
    found = Filed(
        key=key,
        version=version,
        owner=fields.text("owner"),
        text=Text(
            kind=Kind(fields.choice("kind", tuple(kind.value for kind in Kind))),
            title=_short(fields, "title", LONGEST_TITLE),
            summary=_short(fields, "summary", LONGEST_SUMMARY),
            body=_body(fields),
            items=_items(fields, items),
            sources=fields.texts("sources"),
            review_on=_day(fields, "review_on"),
        ),
    )
    fields.finish()
    return found


def _short(fields: Fields, name: str, longest: int) -> str:
    value = fields.text(name)
    if len(value) > longest:
        raise fields.error(f"“{name}” has {len(value)} characters; it may have {longest}")
    return value


def _body(fields: Fields) -> str:
    value = fields.text("body").strip()
    try:
        read_blocks(value)
    except ValueError as error:
        raise fields.error(f"“body”: {error}") from None
    return value


def _items(fields: Fields, known: Collection[str]) -> tuple[str, ...]:
    found = fields.texts("items")
    strange = [key for key in found if key not in known]
    if strange:
        raise fields.error(f"“items” names “{strange[0]}”, which the scale does not have")
    return found


def _day(fields: Fields, name: str) -> date:
    value = fields.text(name)
    try:
        if _DAY.match(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise fields.error(f"“{name}” is “{value}”, not a day like 2027-11-30")
