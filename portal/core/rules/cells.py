"""Cells of spreadsheets as text: safe to open when written, and read back as they were."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

Cell = str | int | Decimal | date | None

# A spreadsheet takes a text that begins so for a formula; the full-width signs are turned into these by some.
# Tab, CR and LF are dropped by some before they look.
_LIVE = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212]")
_GUARDED = re.compile("'(?=[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212'])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def safe_cell(value: Cell) -> Cell:
    """A cell that no spreadsheet runs: a text that begins like a formula gets an apostrophe before it.

    Numbers and dates are themselves. `original` takes the apostrophe off again.
    """
    if not isinstance(value, str):
        return value
    text = _CONTROLS.sub("", value)
    return f"'{text}" if _LIVE.match(text) or _GUARDED.match(text) else text


def original(text: str) -> str:
    """What a cell said before `safe_cell` guarded it."""
    return text[1:] if _GUARDED.match(text) else text


def cell_text(value: object) -> str:
    """A cell read from a workbook as text: 4.0 is 4, a date is 2026-11-22, an empty one nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
