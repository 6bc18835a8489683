"""Times of day as people write them."""

from __future__ import annotations

import re
from datetime import time

_SHAPE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\Z", re.ASCII)
PROBLEM = "Enter a time like 10:30 or 2pm"


def time_of(text: str | None) -> time | None:
    """10:30, 9.15, 2pm, 14 as a time of day; None for anything else."""
    found = _SHAPE.match((text or "").strip().lower())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
