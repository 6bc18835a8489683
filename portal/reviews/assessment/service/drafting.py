"""Writing what a person typed for an item onto its row: a provider's sheet and a reviewer's alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Invalid, Stale
from portal.reviews.assessment.loading import note_changes
from portal.reviews.assessment.rules.rating_row import RatingRow
from portal.scales.rules.calculator import EntryError, suggest
from portal.scales.rules.definition import Item, Scale
from portal.scales.rules.entries import FIGURE

LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class ItemDraft:
    """What a person typed for one item."""

    rating: int | None
    rationale: str = ""
    evidence: str = ""
    entries: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Saved:
    """The item as saved. `needs_reason`: it must say why it differs before it can be submitted."""

    version: int
    at: datetime
    suggested: int | None
    needs_reason: bool


Row = TypeVar("Row", bound=RatingRow)


def item_of(scale: Scale, item_key: str) -> Item:
    """The item with this key. Raises Invalid."""
    try:
        return scale.item(item_key)
    except KeyError:
        raise Invalid({"item": f"{scale.short_title} has no item “{item_key}”"}) from None


def put(
    scale: Scale, item: Item, row: Row | None, new: Callable[[], Row], draft: ItemDraft, expected_version: int
) -> tuple[Row, dict[str, Any]]:
    """Write one item's row. Returns it with what changed (nothing: the same stood already).

    `new` makes an empty row of version 0. Raises Invalid, or Stale with the values that stand now.
    """
    _check(scale, draft)
    values = {**asdict(draft), "entries": _known_entries(item, draft.entries)}
    before = _fields(row)
    if row is not None and before == values:
        return row, {}
    if (row.version if row is not None else 0) != expected_version:
        raise Stale("Somebody else saved this item first.", before, row.version if row is not None else 0)
    if row is None:
        row = new()
        row.changed_at = clock.now()
        if before == values:  # an untouched page was sent: no row is needed to say nothing
            row.rating, row.rationale, row.evidence, row.entries = None, "", "", {}
            return row, {}
        db.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.suggested = _suggested(item, row.entries)
    row.version += 1
    row.changed_at = clock.now()
    return row, note_changes(before, values)


def put_all(
    scale: Scale,
    drafts: Mapping[str, ItemDraft],
    write: Callable[[Item, ItemDraft], dict[str, Any]],
    version: int,
) -> dict[str, Any]:
    """Write every item, and only then say what was wrong with any: the verb takes all or none.

    `write` puts one item and returns what changed. Returns the changes by item key. Raises Invalid with
    a message for every item that cannot be taken, or Stale with the values of every item that somebody
    else saved first, both by item key.
    """
    changed: dict[str, Any] = {}
    stale: dict[str, object] = {}
    problems: dict[str, str] = {}
    for item_key, draft in drafts.items():
        item = item_of(scale, item_key)
        try:
            changes = write(item, draft)
        except Stale as error:
            stale[item_key] = {**error.current, "version": error.version}
        except Invalid as error:
            problems[item_key] = f"Item {item.number}: {'; '.join(error.problems.values())}"
        else:
            changed |= {item_key: changes} if changes else {}
    if problems:
        raise Invalid(problems)
    if stale:
        raise Stale("Somebody else saved some of these items first.", stale, version)
    return changed


def _check(scale: Scale, draft: ItemDraft) -> None:
    problems = {}
    lowest, highest = scale.rating_min, scale.rating_max
    if draft.rating is not None and not lowest <= draft.rating <= highest:
        problems["rating"] = f"Choose a rating from {lowest} to {highest}"
    for name, label in (("rationale", "The rationale"), ("evidence", "The evidence notes")):
        if len(getattr(draft, name)) > LONGEST_TEXT:
            problems[name] = f"{label} must be {LONGEST_TEXT:,} characters or fewer"
    if problems:
        raise Invalid(problems)


def _fields(row: RatingRow | None) -> dict[str, Any]:
    if row is None:
        return {"rating": None, "rationale": "", "evidence": "", "entries": {}}
    return {
        "rating": row.rating,
        "rationale": row.rationale,
        "evidence": row.evidence,
        "entries": dict(row.entries),
    }


def _known_entries(item: Item, entries: Mapping[str, Any]) -> dict[str, Any]:
    """Only what this item's calculator asks, as typed; empty fields are left out."""
    rule = item.rule
    names = {entry.key for entry in rule.inputs}
    names |= {fact.key for fact in (*rule.facts, *rule.components)} | {FIGURE}
    return {
        name: value if isinstance(value, bool) else str(value)[:40]
        for name, value in entries.items()
        if name in names and value not in ("", None)
    }


def _suggested(item: Item, entries: Mapping[str, Any]) -> int | None:
    """The calculator's rating; None while entries do not suffice or cannot be read (the page says so)."""
    try:
        suggestion = suggest(item.rule, entries)
    except EntryError:
        return None
    return suggestion.rating if suggestion else None
