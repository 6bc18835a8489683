"""What people type, as it is kept."""

from __future__ import annotations


def plain(text: str) -> str:
    """The text with ordinary line ends, without NUL, half characters and outer blanks."""
    whole = text.encode("utf-8", "replace").decode()
    return whole.replace("\r\n", "\n").replace("\x00", "").strip()
