"""Numbers as somebody types them, read exactly: 12, 4.3, 1,200, 129/31."""

from __future__ import annotations

import re
from fractions import Fraction

LARGEST = 10**12
LONGEST = 60  # characters, as they are kept
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,12})?(/\d{1,15})?\Z", re.ASCII)


def number_from(text: str | None) -> Fraction | None:
    """The number that a text says; None where it says none. A comma between thousands is let pass."""
    plain = (text or "").strip().replace(",", "").replace(" ", "")
    if not _NUMBER.match(plain) or ("." in plain and "/" in plain):
        return None
    whole, _, below = plain.partition("/")
    if below and not int(below):
        return None
    return Fraction(whole) / int(below or 1)


def number_problem(value: Fraction) -> str:
    """Why a number cannot be kept; empty where it can."""
    if value < 0:
        return "Enter a number that is not below 0"
    if value > LARGEST:
        return "Enter a smaller number"
    return "" if len(str(value)) <= LONGEST else "Enter a number with fewer digits"
