"""What a material of the practice library is, and what one must have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.core.rules.blocks import read_blocks

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_BODY, LONGEST_SOURCE = 120, 300, 30_000, 300
SOON_DAYS = 30  # so long before its review date a material is listed as due soon
RESERVED = frozenset({"new"})  # a page of the library that is no material


class Kind(StrEnum):
    """What a material is for."""

    NOTE = "note"
    TEMPLATE = "template"
    EXAMPLE = "example"

    @property
    def words(self) -> str:
        return {"note": "Practice note", "template": "Template", "example": "Example"}[self.value]


class Standing(StrEnum):
    """How a material stands with its review date."""

    CURRENT = "current"
    SOON = "soon"
    DUE = "due"
    RETIRED = "retired"

    @property
    def words(self) -> str:
        return {
            "current": "In use",
            "soon": "Review due soon",
            "due": "Review due",
            "retired": "Retired",
        }[self.value]


@dataclass(frozen=True)
class Text:
    """What somebody writes. `items`: keys of ips-25; `sources`: document and section, one a line."""

    kind: Kind
    title: str
    summary: str
    body: str
    items: tuple[str, ...]
    sources: tuple[str, ...]
    review_on: date


def standing(review_on: date, retired: bool, today: date) -> Standing:
    """On its review date a material is due; from `SOON_DAYS` before it is due soon."""
    if retired:
        return Standing.RETIRED
    if review_on <= today:
        return Standing.DUE
    return Standing.SOON if review_on - today <= timedelta(days=SOON_DAYS) else Standing.CURRENT


def problems(text: Text, items: Collection[str], today: date) -> dict[str, str]:
    """What is wrong with a text, by field. `items`: the keys that there are."""
    found: dict[str, str] = {}
    for name, words, longest in (
        ("title", "a title", LONGEST_TITLE),
        ("summary", "a summary", LONGEST_SUMMARY),
        ("body", "the text", LONGEST_BODY),
    ):
        value = getattr(text, name)
        if not value.strip():
            found[name] = f"Enter {words}"
        elif len(value) > longest:
            found[name] = f"This must be {longest:,} characters or fewer; it has {len(value):,}"
    if "body" not in found and (problem := _unreadable(text.body)):
        found["body"] = problem
    if any(len(line) > LONGEST_SOURCE for line in text.sources):
        found["sources"] = f"Each source must be {LONGEST_SOURCE} characters or fewer"
    if set(text.items) - set(items):
        found["items"] = "Choose items from the list"
    if text.review_on <= today:
        found["review_on"] = "The next review must be after today"
    return found


def _unreadable(body: str) -> str:
    try:
        read_blocks(body)
    except ValueError as error:
        return f"The marks do not hold: {error}"
    return ""
