"""E-mail addresses as the portal keeps them."""

from __future__ import annotations

import re

LONGEST = 254
PROBLEM = "Enter an email address like name@example.com"
_SHAPE = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\.]+(\.[^\s@<>\"(),:;\[\]\\.]+)*")


def normal(email: str | None) -> str | None:
    """The address in lower case without outer blanks, or None where it cannot be one."""
    text = (email or "").strip().lower()
    if len(text) > LONGEST or not _SHAPE.fullmatch(text) or not text.isprintable():
        return None
    return text
