"""What people type, as it is kept."""

from __future__ import annotations


def plain(text: str) -> str:
    """The text with ordinary line ends, without NUL (PostgreSQL takes none) and blanks around it."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()
