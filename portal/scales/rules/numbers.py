"""Exact numbers: reading what a person types, and showing a figure without moving it.

portal/static/js/rules.js does the same in the browser; tests/unit/scales/cases.json holds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

_SPACES = " \t\r\n\u00a0\u2009\u202f"
_PLAIN = re.compile(r"(?:[0-9]{1,12}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})\Z")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,3}(?:\.[0-9]{1,12})?\Z")
_THRESHOLD = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}|/[1-9][0-9]{0,8})?\Z")
_USUAL_PLACES = 2


def parse_number(text: str, percent: bool = False) -> Fraction:
    """The number in `text`, exactly: " 20.5 ", "1,234", and "95%" where `percent`.

    Raises ValueError with "number" for what is no number and "negative" for one below 0.
    """
    plain = text.strip(_SPACES)
    if percent and plain.endswith("%"):
        plain = plain[:-1].rstrip(_SPACES)
    sign = plain[:1] in {"-", "\u2212"}
    digits = plain[1:] if sign else plain
    if not (_PLAIN.match(digits) or _GROUPED.match(digits)):
        raise ValueError("number")
    value = Fraction(digits.replace(",", ""))
    if sign and value:
        raise ValueError("negative")
    return value


def is_blank(text: str) -> bool:
    """Whether nothing was typed."""
    return not text.strip(_SPACES)


def parse_threshold(text: str) -> Fraction:
    """A threshold as a definition writes it: "20", "74.5" or "7/2". Raises ValueError."""
    if not _THRESHOLD.match(text):
        raise ValueError(text)
    return Fraction(text)


def exact(value: Fraction) -> str:
    """`value` as the shortest exact decimal, or as "n/d" where it has none."""
    rest, places = value.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for factor in (2, 5):
        while rest % factor == 0:
            rest, places = rest // factor, places + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    return _decimal(value, places)


def shown(value: Fraction, edges: Iterable[Fraction] = ()) -> tuple[str, bool]:
    """`value` for people, and whether that is exact.

    At most two decimals, and more only where fewer would put it on the other side of an edge
    or on it: 20.004 beside the edge 20 is shown whole.
    """
    edges = tuple(edges)
    for places in range(_USUAL_PLACES + 1):
        if (value * 10**places).denominator == 1:
            return _decimal(value, places), True
    places = _USUAL_PLACES
    while True:
        text = _decimal(value, places)
        near = Fraction(text)
        if all(_side(near, edge) == _side(value, edge) for edge in edges):
            return text, near == value
        if value in edges and "/" in exact(value):
            return exact(value), True  # an edge without a finite decimal
        places += 1


def grouped(text: str) -> str:
    """A decimal with commas between thousands: "1234.5" is "1,234.5"."""
    whole, point, rest = text.partition(".")
    if not whole.isdigit():
        return text
    return f"{int(whole):,}{point}{rest}"


def _side(value: Fraction, edge: Fraction) -> int:
    return (value > edge) - (value < edge)


def _decimal(value: Fraction, places: int) -> str:
    """`value` rounded half up to `places` decimals; `value` is never below 0."""
    scale = 10**places
    whole = (2 * value.numerator * scale + value.denominator) // (2 * value.denominator)
    if not places:
        return str(whole)
    digits = str(whole).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"
