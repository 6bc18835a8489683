"""The worksheets that the portal ships, read from data/worksheets.toml when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from portal.reviews.external.rules.worksheet import Worksheet
from portal.reviews.external.rules.worksheet_loader import load_worksheets
from portal.scales.registry import registry

FILE = Path(__file__).parent / "data" / "worksheets.toml"


@cache
def worksheets() -> tuple[Worksheet, ...]:
    """All of them, in order. Raises DefinitionError where the file does not hold."""
    return load_worksheets(FILE.read_text(encoding="utf-8"), FILE.name, registry().get)


def worksheets_for(scale_key: str) -> tuple[Worksheet, ...]:
    """Those that inform items of this scale."""
    return tuple(sheet for sheet in worksheets() if scale_key in sheet.scales)


def worksheet(key: str) -> Worksheet | None:
    """The worksheet with this key, or None."""
    return next((sheet for sheet in worksheets() if sheet.key == key), None)
