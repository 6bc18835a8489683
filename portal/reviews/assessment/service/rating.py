"""Rating items in a draft: one at a time, or a whole sheet in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core.act import act
from portal.core.db import db
from portal.reviews.assessment.loading import Loaded, item_ratings, load_for
from portal.reviews.assessment.models import ItemRating
from portal.reviews.assessment.rules.rating_row import explained
from portal.reviews.assessment.rules.workflow import Action
from portal.reviews.assessment.service.drafting import ItemDraft, Saved, item_of, put, put_all
from portal.scales.rules.definition import Item


def save_item(
    actor: Actor, assessment_id: UUID, item_key: str, draft: ItemDraft, expected_version: int
) -> Saved:
    """Save one item. `expected_version` is that of the row the person saw (0: none yet).

    Saving what already stands changes nothing and writes no audit row, so a repeated send is harmless.
    Raises NotFound, Forbidden, Refused, Invalid, or Stale with the values that stand now.
    """
    with act(actor, "assessment.rate", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.EDIT)
        item = item_of(found.scale, item_key)
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
        rows = item_ratings(found.assessment.id)

        def write(item: Item, draft: ItemDraft) -> dict[str, Any]:
            expected = versions.get(item.key, 0)
            return _put(actor, found, item, rows.get(item.key), draft, expected)[1]

        changed = put_all(found.scale, drafts, write, found.assessment.version)
        if changed:
            work.note(items=changed)
        else:
            work.unchanged()
    return len(changed)


def _put(
    actor: Actor,
    found: Loaded,
    item: Item,
    row: ItemRating | None,
    draft: ItemDraft,
    expected_version: int,
) -> tuple[ItemRating, dict[str, Any]]:
    def new() -> ItemRating:
        return ItemRating(assessment_id=found.assessment.id, item_key=item.key, version=0)

    row, changes = put(found.scale, item, row, new, draft, expected_version)
    if changes:
        row.changed_by = actor.person_id
    return row, changes
