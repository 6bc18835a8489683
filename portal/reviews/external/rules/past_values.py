"""Reading single cells of a file of past reviews: the date, the kind, a rating and a total.

Each function returns what the cell says, or raises Unread with the reason for the person who sent the file.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from portal.reviews.assessment.rules.workflow import Kind
from portal.scales.rules.numbering import normal

EARLIEST = date(1990, 1, 1)  # the first IPS programme opened in 1990, so nothing was reviewed before it

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\Z", re.ASCII)
_UK = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})\Z", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[/. -](?:\d{1,2}|[A-Za-z]{3,9})[/. -]\d{2}\Z", re.ASCII)
_WHOLE = re.compile(r"([+-]?\d{1,6})(?:\.0{1,6})?\Z", re.ASCII)  # spreadsheets hand over 4 as 4.0
_SHORT = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LONG = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

_SPELLINGS = {
    Kind.SELF: "self|self assessment|self review|self rated|self report|unguided|unguided self assessment",
    Kind.GUIDED: "guided|guided self assessment|guided self review|guided assessment"
    "|supported self assessment",
    Kind.PEER: "peer|peer assessment|peer review|peer fidelity review|peer led review",
    Kind.EXTERNAL: "external|external review|external fidelity review|external assessment|fidelity review"
    "|independent|independent review|independent fidelity review|ips grow review",
}
KINDS = {
    spelling.replace(" ", "-"): kind for kind, text in _SPELLINGS.items() for spelling in text.split("|")
}
KIND_WORDS = "self, guided, peer or external"


class Unread(ValueError):
    """A cell that does not say what its column needs; the message is for the person."""


class Written(StrEnum):
    """How a date is written."""

    ISO = "iso"
    UK = "uk"
    WORDS = "words"


def day_of(text: str, today: date) -> tuple[date, Written]:
    """The date in a cell, and how it was read. Day comes before month where both are numbers."""
    for form, pattern in ((Written.ISO, _ISO), (Written.UK, _UK), (Written.WORDS, _WORDS)):
        if match := pattern.match(text):
            found = _real(text, form, match)
            if found > today:
                raise Unread(f"“{text}” is in the future")
            if found < EARLIEST:
                raise Unread(f"“{text}” is before {EARLIEST.year}")
            return found, form
    if not text:
        raise Unread("no date is given")
    if _SHORT_YEAR.match(text):
        raise Unread(f"“{text}” has a year of two digits: write all four")
    if text.isascii() and text.isdigit():
        raise Unread(f"“{text}” is a number: format the column as a date, or write 2024-03-27 or 27/03/2024")
    raise Unread(f"“{text[:40]}” is not a date like 2024-03-27 or 27/03/2024")


def _real(text: str, form: Written, match: re.Match[str]) -> date:
    first, second, third = match.groups()
    if form is Written.ISO:
        year, month, day = int(first), int(second), int(third)
    else:
        day, month, year = int(first), _month(text, second), int(third)
    if month > 12 and day <= 12:
        raise Unread(f"“{text}” has no month {month}: write the day first, like 27/03/2024")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unread(f"“{text}” is not a real date") from None


def _month(text: str, word: str) -> int:
    if word.isdigit():
        return int(word)
    name = word.lower()
    for names in (_SHORT, _LONG):
        if name in names:
            return names.index(name) + 1
    if name == "sept":
        return 9
    raise Unread(f"“{text}” names no month")


def kind_of(text: str) -> Kind:
    """The kind of review a cell names, in one of several spellings."""
    if not text:
        raise Unread(f"no kind is given: write {KIND_WORDS}")
    found = KINDS.get(re.sub(r"[^a-z]+", "-", normal(text)).strip("-"))
    if found is None:
        raise Unread(f"“{text[:40]}” is no kind of review: write {KIND_WORDS}")
    return found


def whole_of(text: str, lowest: int, highest: int) -> int:
    """The whole number in a cell, within bounds."""
    match = _WHOLE.match(text)
    if match is None:
        raise Unread(f"“{text[:40]}” is not a whole number")
    number = int(match[1])
    if not lowest <= number <= highest:
        raise Unread(f"{text} is outside {lowest} to {highest}")
    return number
