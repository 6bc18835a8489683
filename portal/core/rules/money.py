"""Sums of money: whole pence, as people write and read them."""

from __future__ import annotations

import re
from fractions import Fraction

_SUM = re.compile(r"\d{1,9}(\.\d{2})?", re.ASCII)


def pence_from(text: str | None, says: str = "Enter an amount in pounds, like 31,049.50") -> int | None:
    """“£31,049” or “31049.50” in pence; None of nothing. Raises ValueError(says) for what is no sum."""
    plain = (text or "").replace("£", "").replace(",", "").replace(" ", "")
    if not plain:
        return None
    if not _SUM.fullmatch(plain):
        raise ValueError(says)
    whole, _, pence = plain.partition(".")
    return int(whole) * 100 + int(pence or 0)


def pounds(pence: int | None) -> str:
    """£31,049; £31,049.50 where there are pence. Empty of nothing."""
    if pence is None:
        return ""
    return f"£{pence // 100:,}" + (f".{pence % 100:02}" if pence % 100 else "")


def money(pence: int | None) -> str:
    """£31,049.00: always with its pence, as a ledger has it; −£20.50 below nothing. Empty of nothing."""
    if pence is None:
        return ""
    sign, whole = ("−" if pence < 0 else ""), abs(pence)
    return f"{sign}£{whole // 100:,}.{whole % 100:02}"


def part_of(pence: int, part: Fraction) -> int:
    """A part of a sum in whole pence, a half penny rounded up."""
    return (2 * pence * part.numerator + part.denominator) // (2 * part.denominator)
