"""Figures of a worksheet in words. portal/static/js/worksheet_sums.js says the same in the browser.

`says` of a measure is a sentence with names in braces: {top}, {bottom}, {average}, {percent}, {median},
{rows} (“8 records”). {top:day:days} adds the word for one or for many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from portal.reviews.external.rules.worksheet import MeasureKind
from portal.scales.rules.numbers import exact, grouped, shown

_NAME = re.compile(r"\{(\w+)(?::([^:{}]*):([^:{}]*))?\}")
_KNOWN = frozenset({"top", "bottom", "average", "percent", "median", "rows"})
DEFAULT_SAYS: Mapping[MeasureKind, str] = {
    MeasureKind.DAYS: "{top:day:days} over {rows}: {average} on average, median {median}",
    MeasureKind.WITHIN: "{top} of {rows} ({percent})",
    MeasureKind.SHARE: "{top} of {rows} ({percent})",
    MeasureKind.CHOSEN: "{top} of {rows} ({percent})",
    MeasureKind.REACH: "{top} of {rows} ({percent})",
}


def unknown_words(says: str) -> tuple[str, ...]:
    """Names in braces that mean nothing here."""
    return tuple(found[1] for found in _NAME.finditer(says) if found[1] not in _KNOWN)


def plural(count: Fraction | int, one: str, many: str) -> str:
    """1 record; 8 records; 2.5 posts."""
    return f"{number(Fraction(count))} {one if count == 1 else many}"


def number(value: Fraction) -> str:
    """An exact number with commas; “about 38.67” where no short decimal is exact."""
    text, is_exact = shown(value)
    return ("" if is_exact else "about ") + grouped(text)


def percent(value: Fraction, edges: Iterable[Fraction]) -> str:
    """A share as a percentage, on its own side of every edge."""
    text, is_exact = shown(value * 100, edges)
    return ("" if is_exact else "about ") + f"{grouped(text)}%"


def say(says: str, values: Mapping[str, Fraction | None], words: Mapping[str, str]) -> str:
    """The sentence with its figures: `words` stand as they are, `values` are put into words."""

    def put(found: re.Match[str]) -> str:
        name, one, many = found[1], found[2], found[3]
        if name in words:
            return words[name]
        value = values[name]
        assert value is not None  # only measures with a figure are put into words
        return number(value) if one is None else plural(value, one, many)

    return _NAME.sub(put, says)


def decimal(value: Fraction) -> str | None:
    """The value as a calculator takes it, exactly; None where it has no decimal of twelve places."""
    text = exact(value)
    whole, _, rest = text.partition(".")
    return text if "/" not in text and len(whole) <= 12 and len(rest) <= 12 else None
