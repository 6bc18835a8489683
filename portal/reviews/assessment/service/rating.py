"""Rating items in a draft: one at a time, or a whole sheet in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Stale
from portal.reviews.assessment.loading import Loaded, explained, item_ratings, load_for, note_changes
from portal.reviews.assessment.models import ItemRating
from portal.reviews.assessment.rules.workflow import Action
from portal.scales.rules.calculator import EntryError, suggest
from portal.scales.rules.definition import Item
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


def save_item(
    actor: Actor, assessment_id: UUID, item_key: str, draft: ItemDraft, expected_version: int
) -> Saved:
    """Save one item. `expected_version` is that of the row the person saw (0: none yet).

    Saving what already stands changes nothing and writes no audit row, so a repeated send is harmless.
    Raises NotFound, Forbidden, Refused, Invalid, or Stale with the values that stand now.
    """
    with act(actor, "assessment.rate", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.EDIT)
        item = _item(found, item_key)
        query = select(ItemRating).where(
            ItemRating.assessment_id == assessment_id, ItemRating.item_key == item_key
        )
        row = db.session.execute(query).scalar_one_or_none()
        row, changes = _put(actor, found, item, row, draft, expected_version)
        if changes:
            work.note(item=item_key, version=row.version, changes=changes)
        else:
            work.unchanged()
        return Saved(row.version, row.changed_at, row.suggested, not explained(row))


def save_sheet(
    actor: Actor,
    assessment_id: UUID,
    drafts: Mapping[str, ItemDraft],
    versions: Mapping[str, int],
) -> int:
    """Save many items at once, all or none. Returns how many changed.

    Raises as `save_item`: Invalid with a message for every item that cannot be taken, Stale with the
    values of every item that somebody else saved first; both by item key.
    """
    with act(actor, "assessment.rate-sheet", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.EDIT)
        changed = _put_all(actor, found, drafts, versions)
        if changed:
            work.note(items=changed)
        else:
            work.unchanged()
    return len(changed)


def _put_all(
    actor: Actor, found: Loaded, drafts: Mapping[str, ItemDraft], versions: Mapping[str, int]
) -> dict[str, Any]:
    """Write every row, and only then say what was wrong with any: the verb takes all or none."""
    rows = item_ratings(found.assessment.id)
    changed: dict[str, Any] = {}
    stale: dict[str, object] = {}
    problems: dict[str, str] = {}
    for item_key, draft in drafts.items():
        item = _item(found, item_key)
        try:
            _, changes = _put(actor, found, item, rows.get(item_key), draft, versions.get(item_key, 0))
        except Stale as error:
            stale[item_key] = {**error.current, "version": error.version}
        except Invalid as error:
            problems[item_key] = f"Item {item.number}: {'; '.join(error.problems.values())}"
        else:
            changed |= {item_key: changes} if changes else {}
    if problems:
        raise Invalid(problems)
    if stale:
        raise Stale("Somebody else saved some of these items first.", stale, found.assessment.version)
    return changed


def _item(found: Loaded, item_key: str) -> Item:
    try:
        return found.scale.item(item_key)
    except KeyError:
        raise Invalid({"item": f"{found.scale.short_title} has no item “{item_key}”"}) from None


def _check(found: Loaded, draft: ItemDraft) -> None:
    problems = {}
    lowest, highest = found.scale.rating_min, found.scale.rating_max
    if draft.rating is not None and not lowest <= draft.rating <= highest:
        problems["rating"] = f"Choose a rating from {lowest} to {highest}"
    for name, label in (("rationale", "The rationale"), ("evidence", "The evidence notes")):
        if len(getattr(draft, name)) > LONGEST_TEXT:
            problems[name] = f"{label} must be {LONGEST_TEXT:,} characters or fewer"
    if problems:
        raise Invalid(problems)


def _put(
    actor: Actor,
    found: Loaded,
    item: Item,
    row: ItemRating | None,
    draft: ItemDraft,
    expected_version: int,
) -> tuple[ItemRating, dict[str, Any]]:
    """Write one item's row. Returns it with what changed (nothing: the same stood already)."""
    _check(found, draft)
    values = {**asdict(draft), "entries": _known_entries(item, draft.entries)}
    before = _fields(row)
    if row is not None and before == values:
        return row, {}
    if (row.version if row else 0) != expected_version:
        current = {name: before[name] for name in ("rating", "rationale", "evidence", "entries")}
        raise Stale("Somebody else saved this item first.", current, row.version if row else 0)
    if row is None:
        if before == values:  # an untouched page was sent: no row is needed to say nothing
            return ItemRating(version=0, changed_at=clock.now(), **values), {}
        row = ItemRating(assessment_id=found.assessment.id, item_key=item.key, version=0)
        db.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.suggested = _suggested(item, row.entries)
    row.version += 1
    row.changed_at = clock.now()
    row.changed_by = actor.person_id
    return row, note_changes(before, values)


def _fields(row: ItemRating | None) -> dict[str, Any]:
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
