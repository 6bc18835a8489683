"""Reading the forms of an item's moderation, and what is said when one is done."""

from __future__ import annotations

from flask import request

from portal.core.rules.whole import whole
from portal.reviews.moderation.page import Typed

FIELDS = {
    "query": ("query",),
    "answer": ("answer",),
    "resolve": ("resolve",),
    "amend": ("rating", "comment", "reason", "version"),
}
DONE = {
    "query": "Your query on item {number} was sent.",
    "answer": "Your answer on item {number} was sent.",
    "resolve": "The query on item {number} is settled.",
    "amend": "Item {number} is changed. Both sides stay visible, and earlier approvals do not count.",
}


def read(number: int, form: str) -> Typed:
    """What was typed in this form of this item."""
    values = {name: request.form.get(name, "") for name in FIELDS[form]}
    return Typed(number, form, values, chosen=tuple(request.form.getlist("source")))


def read_amendment(typed: Typed) -> tuple[int | None, int]:
    """The rating, and the version the person saw. Unreadable ones are none."""
    return whole(typed.values["rating"]), whole(typed.values["version"]) or 0
