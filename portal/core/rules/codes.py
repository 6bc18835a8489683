"""The code of a report or certificate: what is printed on it, and how a typed one is read.

Twenty letters and digits in groups of four. The alphabet leaves out what is mistaken for something
else (0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V) and the vowels, so that no word appears.
22 signs give 89 bits in twenty places: guessing one is hopeless without any limit on attempts.
"""

from __future__ import annotations

import secrets

ALPHABET = "34679CDFGHJKMNPQRTVWXY"
LENGTH, GROUP = 20, 4


def new_code() -> str:
    """An unguessable code, in groups: K7MQ-3RTX-9HWD-CJ4N-PVGY."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def grouped(signs: str) -> str:
    """Signs in groups of four with hyphens."""
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def read_code(typed: str) -> str | None:
    """The code somebody typed, in either case and with any spacing; None where it cannot be one."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return None
    return grouped(signs)
