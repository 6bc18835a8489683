"""The list of services as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.core.spreadsheets import write_csv
from portal.directory.queries.columns import COLUMNS


def services_csv(rows: Sequence[Any]) -> bytes:
    """Every column of every row; what looks like a formula is made plain text."""
    headings = [column.heading for column in COLUMNS]
    return write_csv(headings, ([column.text(row) for column in COLUMNS] for row in rows))
