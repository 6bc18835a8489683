"""What becomes of an item's form once it is sent: saved, refused, or somebody saved first.

A provider's sheet and a reviewer's own both go this way; `Way` says what differs between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from portal.core.error_pages import wants_json
from portal.core.errors import Invalid, Stale
from portal.core.filters import clock_time
from portal.reviews.assessment.item_page import Typed, calculate, neighbours
from portal.reviews.assessment.service.drafting import ItemDraft, Saved
from portal.scales.rules.definition import Item, Scale

FIELD_IDS = {"rating": "rating-1", "rationale": "rationale", "evidence": "evidence", "upload": "upload"}
STAY = ("suggest", "fill", "fill-team")  # buttons of the calculator: the person goes on with this item


@dataclass(frozen=True)
class Way:
    """How one kind of sheet saves an item, and where it leads.

    save: the verb, given the draft and the version the person saw. page: the item's page, given what was
    typed and `theirs` or `problems`. address: that of an item's page by its number, or of the list of
    items for None, with more arguments.
    """

    save: Callable[[ItemDraft, int], Saved]
    page: Callable[..., str]
    address: Callable[..., str]


@dataclass(frozen=True)
class NotSaved:
    """It could not be saved: the answer that says so and keeps what was typed."""

    answer: ResponseReturnValue


def attempt(draft: ItemDraft, version: int, way: Way) -> Saved | NotSaved:
    """Save it, or make the page that says why not and keeps what was typed."""
    try:
        return way.save(draft, version)
    except Stale as error:
        if wants_json():
            return NotSaved((jsonify(error="stale", current=error.current, version=error.version), 409))
        return NotSaved((way.page(_typed(draft, error.version), theirs=error.current), 409))
    except Invalid as error:
        if wants_json():
            return NotSaved((jsonify(error="invalid", problems=error.problems), 400))
        return NotSaved((way.page(_typed(draft, version), problems=error.problems), 400))


def respond(scale: Scale, item: Item, draft: ItemDraft, version: int, way: Way) -> ResponseReturnValue:
    """Save it and go where the button that was pressed leads; the page's script gets a receipt."""
    saved = attempt(draft, version, way)
    if isinstance(saved, NotSaved):
        return saved.answer
    problems = dict(calculate(item, draft.entries).problems)
    if wants_json():
        return jsonify(
            version=saved.version,
            saved_at=clock_time(saved.at),
            suggested=saved.suggested,
            needs_reason=saved.needs_reason,
            problems=problems,
        )
    return redirect(_onward(scale, item.number, saved, bool(problems), way.address), 303)


def _onward(scale: Scale, number: int, saved: Saved, problems: bool, address: Callable[..., str]) -> str:
    """Problems keep the person on the page, saved as it is."""
    button = request.form.get("button", "save")
    if saved.needs_reason and button == "next":
        return address(number, told="reason", _anchor="rationale-box")
    if button in STAY or problems:
        return address(number, _anchor="calculator")
    if button == "next":
        return address(neighbours(scale, number).after)
    return address(number, saved=clock_time(saved.at))


def _typed(draft: ItemDraft, version: int) -> Typed:
    return Typed(draft.rating, draft.rationale, draft.evidence, draft.entries, version)


def told(problems: dict[str, str] | None, typed: Typed) -> dict[str, str]:
    """The page's problems, with the one that `_onward` sends a person back for."""
    found = dict(problems or {})
    if request.args.get("told") == "reason" and not typed.rationale:
        found["rationale"] = "Say why you chose a rating other than the suggested one"
    return found


def saved_at() -> str:
    """A time of day from the address, and nothing else that somebody may have put there."""
    text = request.args.get("saved", "")
    return text if re.fullmatch(r"[0-2]\d:[0-5]\d", text, re.ASCII) else ""


def summary(problems: dict[str, str], entries: Any) -> list[dict[str, str]]:
    """The problems for the top of the page: of the form's own fields, then of the calculator's."""
    own = [{"text": text, "href": f"#{FIELD_IDS.get(name, name)}"} for name, text in problems.items()]
    return own + [{"text": text, "href": f"#in-{key}"} for key, text in entries.items()]
