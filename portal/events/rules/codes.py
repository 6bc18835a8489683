"""The code shown in the room: short enough to be typed on a telephone, valid on the event's day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no 0, 1, O and I, which look alike on a screen
LENGTH = 6


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A code of signs chosen by `choose` (secrets.choice)."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def normal(typed: str | None) -> str:
    """What was typed as codes are kept: capitals, without blanks and hyphens."""
    return "".join(sign for sign in (typed or "").upper() if sign not in " -–\t")


def opens(code: str | None, on: date | None, typed: str | None, today: date) -> bool:
    """Whether what was typed is the code of today."""
    return code is not None and on == today and normal(typed) == code
