"""The reviewers decide the service's comments on the draft."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.rules.texts import plain
from portal.reviews.assessment.loading import note_changes
from portal.reviews.assessment.service.drafting import LONGEST_TEXT, item_of
from portal.reviews.external.accuracy import comments_of
from portal.reviews.external.loading import LoadedReview, load_for
from portal.reviews.external.models.accuracy import AccuracyComment
from portal.reviews.external.models.scoring import ChangeStage, ConsensusRating
from portal.reviews.external.rules.accuracy import CommentState, Decision, problems
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.consensus import note_change


def decide(
    actor: Actor, assessment_id: UUID, item_key: str, decision: Decision, expected_version: int
) -> None:
    """A reviewer accepts or declines a comment, with a reason; an accepted one may change the item.

    A decision can be taken anew until moderators have seen the rating it left. Raises NotFound, Refused,
    Forbidden, Invalid (`decision`, `reason`, `rating`, `comment`), or Stale with what stands.
    """
    with act(actor, "reviews.decide-comment", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.DECIDE_COMMENT)
        item = item_of(found.scale, item_key)
        row = comments_of(assessment_id).get(item_key)
        if row is None:
            raise NotFound("The service has no comment on this item.")
        if row.version != expected_version:
            raise Stale("Your colleague decided this comment first.", _decided(row), row.version)
        if row.decided_round not in (None, found.review.round):
            raise Refused("Moderators have seen this decision, so it stays.")
        rating = _consensus(assessment_id, item_key)
        stood = _as_before(row, rating)
        wrong = problems(decision, found.scale.rating_min, found.scale.rating_max, stood)
        if decision.comment is not None and len(decision.comment) > LONGEST_TEXT:
            wrong["comment"] = f"The comment must be {LONGEST_TEXT:,} characters or fewer"
        if wrong:
            raise Invalid(wrong)
        changes = _apply(actor, found, row, rating, decision, stood)
        work.note(item=item.key, accepted=decision.accepted, changes=changes)


def _apply(
    actor: Actor,
    found: LoadedReview,
    row: AccuracyComment,
    rating: ConsensusRating,
    decision: Decision,
    stood: int,
) -> dict[str, object]:
    wanted = decision.rating if decision.accepted and decision.rating is not None else stood
    words = rating.comment if decision.comment is None else plain(decision.comment)
    before = {"rating": rating.rating, "worded": False}
    if wanted != rating.rating:
        note_change(actor, found, rating, wanted, ChangeStage.ACCURACY, decision.reason.strip())
    if (wanted, words) != (rating.rating, rating.comment):
        after = {"rating": wanted, "worded": words != rating.comment}
        rating.rating, rating.comment = wanted, words
        rating.version += 1
        rating.changed_at, rating.changed_by = clock.now(), actor.person_id
    else:
        after = before
    row.state = CommentState.ACCEPTED if decision.accepted else CommentState.DECLINED
    row.decision_reason = decision.reason.strip()
    row.rating_before, row.new_rating = stood, wanted if wanted != stood else None
    row.decided_round = found.review.round
    row.decided_at, row.decided_by = clock.now(), actor.person_id
    row.version += 1
    return note_changes(before, after)


def _as_before(row: AccuracyComment, rating: ConsensusRating) -> int:
    """The rating to which a decision taken back returns: that before this comment changed it."""
    if row.new_rating is not None and row.new_rating == rating.rating and row.rating_before is not None:
        return row.rating_before
    return rating.rating


def _decided(row: AccuracyComment) -> dict[str, object]:
    return {"state": row.state.title, "reason": row.decision_reason, "rating": row.new_rating}


def _consensus(assessment_id: UUID, item_key: str) -> ConsensusRating:
    query = select(ConsensusRating).where(
        ConsensusRating.assessment_id == assessment_id, ConsensusRating.item_key == item_key
    )
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()
