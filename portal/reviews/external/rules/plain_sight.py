"""Texts of a review that several people read name no client: what a pattern can see is refused.

A pattern sees e-mail addresses and NHS numbers only (ten digits whose last checks the others, NHS Data
Dictionary: modulus 11). Everything else is for the person who types, and the page says so.
"""

from __future__ import annotations

import re

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
# Looked for from the beginning of a word only: a long word without an @ would take seconds else.
_EMAIL = re.compile(r"(?<![^\s@<>])[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<![\d+])(?<!\+44 )\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
EMAIL = "Leave out e-mail addresses"
NHS_NUMBER = "Leave out the number that looks like an NHS number"


def identifying(text: str) -> str | None:
    """Why this text cannot be taken, or None. Addresses of web pages are not looked into."""
    words = _LINK.sub(" ", text)
    if _EMAIL.search(words):
        return EMAIL
    if any(_is_nhs_number(found.group()) for found in _TEN_DIGITS.finditer(words)):
        return NHS_NUMBER
    return None


def _is_nhs_number(text: str) -> bool:
    digits = [int(sign) for sign in text if sign.isdigit()]
    rest = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest != 10 and digits[9] == rest % 11
