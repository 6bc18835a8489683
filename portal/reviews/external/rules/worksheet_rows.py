"""Which rows a worksheet shows: those it starts with, those that were added, not those removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.reviews.external.rules.worksheet import Worksheet

MOST_ROWS = 200


@dataclass(frozen=True)
class Row:
    """A row as it stands. Version 0: nothing of it is stored yet."""

    position: int
    answers: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    removed: bool = False


def laid_out(sheet: Worksheet, stored: Mapping[int, Row], sample: int) -> list[Row]:
    """Every row from 1 on, removed ones among them. `sample`: the programme's number of records."""
    last = max([sheet.start or sample, *stored])
    return [stored.get(position, Row(position)) for position in range(1, last + 1)]
