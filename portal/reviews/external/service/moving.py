"""Moving a review from stage to stage. `advance` and `follow` are the only places that set a stage."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from portal.accounts.rules.actors import PORTAL, Actor
from portal.core import clock
from portal.core.act import act
from portal.core.errors import Refused
from portal.core.rules.texts import plain
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.external.facts import facts_of
from portal.reviews.external.loading import LoadedReview, load_for
from portal.reviews.external.rules.workflow import Action, Stage, move
from portal.reviews.external.service.cases import open_for, returned
from portal.reviews.external.service.notices import tell
from portal.reviews.external.service.planning import refuse_second
from portal.reviews.external.service.portfolio_opening import lay_out
from portal.reviews.external.service.presenting import present
from portal.reviews.external.service.publishing import publish_result, stamp_published
from portal.reviews.external.service.timeline import happened

LONGEST_REASON = 5_000


def advance(
    actor: Actor, assessment_id: UUID, action: Action, expected_version: int | None, reason: str = ""
) -> Stage:
    """Do a move of the workflow. Returns the new stage.

    Raises NotFound, Forbidden, Stale, or Refused with the rule that forbids it.
    """
    reason = plain(reason)
    if len(reason) > LONGEST_REASON:
        raise Refused(f"The reason must be {LONGEST_REASON:,} characters or fewer.")
    with act(actor, f"reviews.{action.value}", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, action, expected_version)
        before = found.stage
        stage = _move(actor, found, action, reason)
        work.note(stage=[before, stage])
        if reason:
            work.note(reason=reason)
    return stage


def follow(found: LoadedReview, action: Action) -> Stage:
    """A move that follows from what somebody just did. Called inside that verb."""
    with act(PORTAL, f"reviews.{action.value}", ("review", found.id)) as work:
        before = found.stage
        stage = _move(PORTAL, found, action, "")
        work.note(stage=[before, stage])
    return stage


def _move(actor: Actor, found: LoadedReview, action: Action, reason: str) -> Stage:
    stage = move(found.stage, action, facts_of(actor, found), reason)
    found.review.stage = stage
    found.review.version += 1
    stamp = _STAMPS.get(action)
    if stamp is not None:
        stamp(found, reason)
    if action is Action.PUBLISH:
        publish_result(actor, found)
    happened(found, action)
    tell(found, action, reason)
    return stage


def _opened(found: LoadedReview, _reason: str) -> None:
    lay_out(found)


def _cancelled(found: LoadedReview, reason: str) -> None:
    found.assessment.state = State.WITHDRAWN
    found.review.cancel_reason = reason


def _restored(found: LoadedReview, _reason: str) -> None:
    refuse_second(found.assessment.service_id, found.assessment.scale_key)
    found.assessment.state = State.UNDER_REVIEW
    found.review.cancel_reason = ""


def _left_site(found: LoadedReview, reason: str) -> None:
    found.review.left_site_at = clock.now()
    found.review.gaps_reason = reason


def _unblinded(found: LoadedReview, _reason: str) -> None:
    found.review.unblinded_at = clock.now()


def _submitted(found: LoadedReview, _reason: str) -> None:
    found.review.return_reason = ""
    open_for(found)


def _resubmitted(found: LoadedReview, _reason: str) -> None:
    found.review.round += 1
    open_for(found)


def _returned(found: LoadedReview, reason: str) -> None:
    found.review.return_reason = reason
    found.review.round += 1
    returned(found, reason)


def _passed(found: LoadedReview, _reason: str) -> None:
    present(found)


def _published(found: LoadedReview, _reason: str) -> None:
    stamp_published(found)


# What a move leaves on the review besides its stage.
_STAMPS: dict[Action, Callable[[LoadedReview, str], None]] = {
    Action.OPEN: _opened,
    Action.CANCEL: _cancelled,
    Action.RESTORE: _restored,
    Action.LEAVE_SITE: _left_site,
    Action.UNBLIND: _unblinded,
    Action.SUBMIT: _submitted,
    Action.RESUBMIT: _resubmitted,
    Action.RETURN: _returned,
    Action.PASS: _passed,
    Action.PUBLISH: _published,
}
