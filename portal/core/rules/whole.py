"""A whole number that a browser sent."""

from __future__ import annotations

MOST_DIGITS = 8  # more than any version, rating or page; keeps a forged one out of the database's arithmetic


def whole(text: str | None) -> int | None:
    """The number that plain digits say; None for anything else."""
    if text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text)
    return None
