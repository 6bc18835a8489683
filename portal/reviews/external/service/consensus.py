"""The team records one rating of each item, with its reasons. Averaging is not offered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Stale
from portal.core.rules.texts import plain
from portal.reviews.assessment.loading import note_changes
from portal.reviews.assessment.service.drafting import LONGEST_TEXT, item_of
from portal.reviews.external import blind
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.loading import LoadedReview, load_for
from portal.reviews.external.models.scoring import ChangeStage, ConsensusRating, RatingChange
from portal.reviews.external.rules.workflow import Action
from portal.scales.rules.definition import Item


@dataclass(frozen=True)
class AgreedDraft:
    """What the team agrees on one item. `reason` is needed where the rating differs from both."""

    rating: int | None
    reason: str = ""
    comment: str = ""


def agree(actor: Actor, assessment_id: UUID, item_key: str, draft: AgreedDraft, expected_version: int) -> int:
    """Record the team's rating of an item. Returns the row's version; sent twice, it changes nothing.

    Raises NotFound, Forbidden, Refused (stage), Invalid (no rating, no reason where it differs from
    both, too long), or Stale with what stands.
    """
    with act(actor, "reviews.agree-item", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.AGREE_ITEM)
        item = item_of(found.scale, item_key)
        draft = AgreedDraft(draft.rating, plain(draft.reason), plain(draft.comment))
        _check(found, item, draft)
        query = select(ConsensusRating).where(
            ConsensusRating.assessment_id == assessment_id, ConsensusRating.item_key == item_key
        )
        row = db.session.execute(query).scalar_one_or_none()
        before = _fields(row)
        after = {"rating": draft.rating, "reason": draft.reason, "comment": draft.comment}
        if row is not None and before == after:
            work.unchanged()
            return row.version
        if (row.version if row else 0) != expected_version:
            current = {**before, "version": row.version if row else 0}
            raise Stale("Your colleague agreed this item first.", current, row.version if row else 0)
        row = _write(actor, found, item_key, row, draft)
        work.note(item=item_key, version=row.version, changes=note_changes(before, after))
        return row.version


def agree_identical(actor: Actor, assessment_id: UUID) -> int:
    """Take over every item on which both reviewers gave the same rating. Returns how many.

    Items that are agreed already stay as they are. Raises NotFound, Forbidden or Refused.
    """
    with act(actor, "reviews.agree-identical", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.AGREE_ITEM)
        first, second = blind.both_sheets(found)
        agreed = agreed_ratings(assessment_id)
        taken = [
            item.key
            for item in found.scale.items
            if item.key not in agreed and first[item.key].rating == second[item.key].rating
        ]
        for key in taken:
            _write(actor, found, key, None, AgreedDraft(first[key].rating))
        if taken:
            work.note(items=taken)
        else:
            work.unchanged()
    return len(taken)


def _check(found: LoadedReview, item: Item, draft: AgreedDraft) -> None:
    problems: dict[str, str] = {}
    lowest, highest = found.scale.rating_min, found.scale.rating_max
    if draft.rating is None or not lowest <= draft.rating <= highest:
        problems["rating"] = f"Choose a rating from {lowest} to {highest}"
    else:
        first, second = blind.both_sheets(found)
        given = (first[item.key].rating, second[item.key].rating)
        if draft.rating not in given and not draft.reason:
            problems["reason"] = "Say why the agreed rating differs from both reviewers’"
    for name, label in (("reason", "The reason"), ("comment", "The comment")):
        if len(getattr(draft, name)) > LONGEST_TEXT:
            problems[name] = f"{label} must be {LONGEST_TEXT:,} characters or fewer"
    if problems:
        raise Invalid(problems)


def _write(
    actor: Actor, found: LoadedReview, item_key: str, row: ConsensusRating | None, draft: AgreedDraft
) -> ConsensusRating:
    assert draft.rating is not None  # _check saw to it
    if row is None:
        row = ConsensusRating(assessment_id=found.id, item_key=item_key, version=0)
        db.session.add(row)
    elif row.rating != draft.rating:
        note_change(actor, found, row, draft.rating, ChangeStage.CONSENSUS, draft.reason)
    row.rating, row.reason, row.comment = draft.rating, draft.reason, draft.comment
    row.version += 1
    row.changed_at, row.changed_by = clock.now(), actor.person_id
    return row


def note_change(
    actor: Actor, found: LoadedReview, row: ConsensusRating, after: int, stage: ChangeStage, reason: str
) -> None:
    """Keep what a rating was and what it becomes. Called inside the verb, before the row changes."""
    db.session.add(
        RatingChange(
            assessment_id=found.id,
            item_key=row.item_key,
            stage=stage,
            round=found.review.round,
            before=row.rating,
            after=after,
            reason=reason,
            at=clock.now(),
            by=actor.person_id,
        )
    )


def _fields(row: ConsensusRating | None) -> dict[str, object]:
    if row is None:
        return {"rating": None, "reason": "", "comment": ""}
    return {"rating": row.rating, "reason": row.reason, "comment": row.comment}
