"""A reviewer's own sheet: rating alone, and locking it for ever.

The verbs begin with `blind.`, whose audit payloads no reader is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from typing import Any
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Refused
from portal.reviews.assessment.models import SealedSheet
from portal.reviews.assessment.rules.rating_row import explained
from portal.reviews.assessment.rules.sheets import digest
from portal.reviews.assessment.service.drafting import ItemDraft, Saved, item_of, put, put_all
from portal.reviews.external import blind
from portal.reviews.external.facts import facts_of
from portal.reviews.external.loading import LoadedReview, Member, load_for
from portal.reviews.external.models.scoring import BlindRating
from portal.reviews.external.rules.independence import REVIEWERS
from portal.reviews.external.rules.workflow import Action, move
from portal.reviews.external.service.cases import flag_reviewers_anew
from portal.reviews.external.service.moving import follow
from portal.reviews.external.service.pairs import note_pair
from portal.scales.rules.definition import Item

LOCKED = "locked"  # the moment of the sealed copy
DRAFT_FIELDS = tuple(one.name for one in fields_of(ItemDraft))


def save_own_item(
    actor: Actor, assessment_id: UUID, item_key: str, draft: ItemDraft, expected_version: int
) -> Saved:
    """Save one item of the actor's own sheet. `expected_version` 0: none yet.

    Raises NotFound, Forbidden, Refused (stage, or locked), Invalid, or Stale with the values that stand.
    """
    return _save_item(actor, assessment_id, item_key, lambda _row: draft, expected_version)


def change_own_item(
    actor: Actor, assessment_id: UUID, item_key: str, fields: Mapping[str, Any], expected_version: int
) -> Saved:
    """Save some fields of one item of the actor's own sheet and leave the others as they stand.

    Raises as `save_own_item`.
    """

    def draft_of(row: BlindRating | None) -> ItemDraft:
        stands = {name: getattr(row, name) for name in DRAFT_FIELDS} if row is not None else {}
        return ItemDraft(**{"rating": None, **stands, **fields})

    return _save_item(actor, assessment_id, item_key, draft_of, expected_version)


def _save_item(
    actor: Actor,
    assessment_id: UUID,
    item_key: str,
    draft_of: Callable[[BlindRating | None], ItemDraft],
    expected_version: int,
) -> Saved:
    with act(actor, "blind.rate", ("review", assessment_id)) as work:
        found = _open_sheet(actor, assessment_id)
        item = item_of(found.scale, item_key)
        row = blind.own_item(actor, found, item_key)
        row, changes = _put(actor, found, item, row, draft_of(row), expected_version)
        if changes:
            work.note(item=item_key, version=row.version, changes=changes)
        else:
            work.unchanged()
        return Saved(row.version, row.changed_at, row.suggested, not explained(row))


def save_own_sheet(
    actor: Actor, assessment_id: UUID, drafts: Mapping[str, ItemDraft], versions: Mapping[str, int]
) -> int:
    """Save many items of the actor's own sheet, all or none. Returns how many changed.

    Raises as `save_own_item`, with messages and values by item key.
    """
    with act(actor, "blind.rate-sheet", ("review", assessment_id)) as work:
        found = _open_sheet(actor, assessment_id)
        rows = blind.own_sheet(actor, found)

        def write(item: Item, draft: ItemDraft) -> dict[str, Any]:
            expected = versions.get(item.key, 0)
            return _put(actor, found, item, rows.get(item.key), draft, expected)[1]

        changed = put_all(found.scale, drafts, write, found.review.version)
        if changed:
            work.note(items=changed)
        else:
            work.unchanged()
    return len(changed)


def lock(actor: Actor, assessment_id: UUID) -> bool:
    """Lock the actor's own sheet for ever. Returns whether the review is unblinded by it.

    The second of the two reviewers to lock opens consensus. An observer's lock opens nothing.
    Raises NotFound, Forbidden, or Refused (stage, locked already, items missing or unexplained).
    """
    with act(actor, "blind.lock", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.LOCK)
        move(found.stage, Action.LOCK, facts_of(actor, found))
        member = _member(actor, found)
        sheet = blind.own_sheet(actor, found)
        content = _content(sheet)
        member.row.locked_at = clock.now()
        found.review.version += 1
        db.session.add(
            SealedSheet(
                assessment_id=assessment_id,
                moment=LOCKED,
                at=clock.now(),
                by=actor.person_id,
                content=content,
                digest=digest(content),
            )
        )
        work.note(capacity=member.capacity, digest=digest(content))
        if not all(one.locked for one in found.of(*REVIEWERS)) or member.capacity not in REVIEWERS:
            return False
        follow(found, Action.UNBLIND)
        _note_pair(found)
        return True


def _open_sheet(actor: Actor, assessment_id: UUID) -> LoadedReview:
    """The review, if the actor's own sheet in it can still be written."""
    found = load_for(actor, assessment_id, Action.RATE)
    if _member(actor, found).locked:
        raise Refused("Your ratings are locked and stay as they are.")
    return found


def _member(actor: Actor, found: LoadedReview) -> Member:
    member = found.member(actor.person_id)
    if member is None:  # the portal acts as every part, but has no sheet
        raise Refused("Only a member of the team has a sheet.")
    return member


def _put(
    actor: Actor,
    found: LoadedReview,
    item: Item,
    row: BlindRating | None,
    draft: ItemDraft,
    expected_version: int,
) -> tuple[BlindRating, dict[str, Any]]:
    def new() -> BlindRating:
        return BlindRating(assessment_id=found.id, person_id=actor.person_id, item_key=item.key, version=0)

    return put(found.scale, item, row, new, draft, expected_version)


def _content(sheet: Mapping[str, BlindRating]) -> dict[str, Any]:
    return {
        key: {
            "rating": row.rating,
            "rationale": row.rationale,
            "evidence": row.evidence,
            "entries": row.entries,
            "suggested": row.suggested,
        }
        for key, row in sorted(sheet.items())
    }


def _note_pair(found: LoadedReview) -> None:
    """Keep the pair for the agreement statistics and for the flags of open moderation."""
    lead, second = found.lead, found.second
    assert lead is not None  # both have locked
    assert second is not None
    first, other = blind.both_sheets(found)
    note_pair(found, lead.person_id, second.person_id, _ratings(first), _ratings(other))
    flag_reviewers_anew((lead.person_id, second.person_id))


def _ratings(sheet: Mapping[str, blind.Rated]) -> dict[str, int]:
    return {key: row.rating for key, row in sheet.items() if row.rating is not None}
