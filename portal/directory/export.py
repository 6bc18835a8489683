"""The list of services as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from portal.directory.queries.columns import COLUMNS

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def services_csv(rows: Sequence[Any]) -> bytes:
    """Every column of every row: UTF-8 with its mark, so that Excel reads it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.heading for column in COLUMNS)
    writer.writerows([safe(column.text(row)) for column in COLUMNS] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text
