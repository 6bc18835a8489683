"""Reading values of a contract's file: shares, money, days. Exact or refused: a float is never exact.

Every refusal names the file, the place and the field in one line.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction

from portal.contracts.definition.rules.terms import Unit
from portal.programmes.rules.tables import Table

_PERCENT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?%")
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,9})?|[0-9]{1,12}/0*[1-9][0-9]{0,11}")
_POUNDS = re.compile(r"£([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,13})(?:\.([0-9]{2}))?")


def share(table: Table, field: str) -> Fraction:
    """A share: "95%", "92.5%", "19/20", or 95 for 95%."""
    value = table.raw.get(field)
    _no_float(table, field)
    if _whole(value):
        return Fraction(int(str(value)), 100)
    found = parse_share(value) if isinstance(value, str) else None
    if found is None:
        table.refuse(f"needs a percentage in quotes, as “95%”, in “{field}”")
    assert found is not None
    return found


def parse_share(text: str) -> Fraction | None:
    """The share that a text says, or None: 95%, 92.5%, 19/20."""
    percent = _PERCENT.fullmatch(text.strip())
    if percent:
        return Fraction(percent[1]) / 100
    return Fraction(text.strip()) if "/" in text and _NUMBER.fullmatch(text.strip()) else None


def parse_number(text: str) -> Fraction | None:
    """The exact number that a text says, or None: 12, 4.5, 9/2."""
    return Fraction(text.strip()) if _NUMBER.fullmatch(text.strip()) else None


def number(table: Table, field: str) -> Fraction:
    """An exact number of 0 or more: 40, "4.5" or "9/2" in quotes."""
    value = table.raw.get(field)
    _no_float(table, field)
    found = parse_number(str(value)) if _whole(value) or isinstance(value, str) else None
    if found is None:
        table.refuse(f"needs a whole number, or a decimal in quotes, in “{field}”")
    assert found is not None
    return found


def value(table: Table, field: str, unit: Unit) -> Fraction | None:
    """An edge of a band in the indicator's unit; None where the field is not there."""
    if field not in table.raw:
        return None
    if unit is Unit.PERCENT:
        return share(table, field)
    found = number(table, field)
    if unit is Unit.COUNT and found.denominator != 1:
        table.refuse(f"has {table.raw[field]} in “{field}”: a count is a whole number")
    return found


def pence(table: Table, field: str, default: int | None = None) -> int:
    """Money in whole pence: "£1,145,000" or "£87.50"."""
    text = table.raw.get(field)
    if text is None and default is not None:
        return default
    found = _POUNDS.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        table.refuse(f"needs money of £0 or more in quotes, as “£1,145,000”, in “{field}”")
    assert found is not None
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)


def day(table: Table, field: str, default: date | None = None) -> date:
    """A date without quotes: 2025-03-31."""
    found = table.raw.get(field, default)
    if not isinstance(found, date) or isinstance(found, datetime):
        table.refuse(f"needs a date without quotes, as 2025-03-31, in “{field}”")
    assert isinstance(found, date)
    return found


def words(table: Table, field: str) -> tuple[str, ...]:
    """A list of texts; empty where the field is not there."""
    found = table.raw.get(field, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
        table.refuse(f"needs a list of texts in “{field}”")
    return tuple(one.strip() for one in found)


def count(table: Table, field: str) -> int | None:
    """A whole number of 1 or more; None where the field is not there."""
    found = table.raw.get(field)
    if found is not None and (not _whole(found) or int(found) < 1):
        table.refuse(f"needs a whole number, 1 or more, in “{field}”")
    return None if found is None else int(found)


def _whole(found: object) -> bool:
    return isinstance(found, int) and not isinstance(found, bool)


def _no_float(table: Table, field: str) -> None:
    found = table.raw.get(field)
    if isinstance(found, float):
        table.refuse(f"has {found} in “{field}”, which is not exact: write it in quotes")
