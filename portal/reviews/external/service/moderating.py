"""The verbs of moderation: querying, answering, amending, approving, returning a review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Stale
from portal.core.rules.texts import plain
from portal.reviews.assessment.item_page import SOURCE_TITLES
from portal.reviews.assessment.loading import note_changes
from portal.reviews.assessment.service.drafting import LONGEST_TEXT, item_of
from portal.reviews.external.facts import facts_of
from portal.reviews.external.loading import LoadedReview, load_for
from portal.reviews.external.models.scoring import ChangeStage, ConsensusRating
from portal.reviews.external.rules.workflow import Action, Stage, move
from portal.reviews.external.service.cases import approved, flag_anew
from portal.reviews.external.service.consensus import note_change
from portal.reviews.external.service.moving import advance, follow
from portal.reviews.external.service.notices import tell
from portal.reviews.moderation.models import ModerationCase
from portal.reviews.moderation.service import cases, threads
from portal.reviews.moderation.service.threads import message_text

SAY_WHY = "Say why you change it: both ratings stay visible to the team"
SAY_WHY_RETURNED = "Say what the reviewers should do"


@dataclass(frozen=True)
class Amendment:
    """What a moderator makes of an item: its rating and its comment for the report, and why."""

    rating: int | None
    comment: str = ""
    reason: str = ""


def query(actor: Actor, assessment_id: UUID, item_key: str, text: str) -> None:
    """A moderator asks the reviewers about an item.

    Raises NotFound, Refused (stage), Forbidden or Invalid (`query`).
    """
    with act(actor, "reviews.query", ("review", assessment_id)) as work:
        found, case = _case(actor, assessment_id, item_key, Action.QUERY)
        if not threads.ask(actor, case, item_key, text):
            work.unchanged()
            return
        tell(found, Action.QUERY, "")
        work.note(item=item_key, query=text.strip())


def answer(
    actor: Actor, assessment_id: UUID, item_key: str, text: str, sources: tuple[str, ...] = ()
) -> None:
    """A reviewer answers the open query of an item, and may name evidence that was seen.

    Raises NotFound, Refused (stage, or no open query), Forbidden or Invalid (`answer`).
    """
    named = tuple(source for source in SOURCE_TITLES if source in sources)
    with act(actor, "reviews.answer-query", ("review", assessment_id)) as work:
        found, case = _case(actor, assessment_id, item_key, Action.ANSWER_QUERY)
        if not threads.answer(actor, case, item_key, text, named):
            work.unchanged()
            return
        if named:
            flag_anew(found)
        tell(found, Action.ANSWER_QUERY, "")
        work.note(item=item_key, answer=text.strip(), sources=named)


def resolve(actor: Actor, assessment_id: UUID, item_key: str, text: str = "") -> None:
    """A moderator settles the open query of an item. Raises as `query`."""
    with act(actor, "reviews.resolve-query", ("review", assessment_id)) as work:
        _, case = _case(actor, assessment_id, item_key, Action.QUERY)
        if not threads.resolve(actor, case, item_key, text):
            work.unchanged()
            return
        work.note(item=item_key, note=text.strip())


def amend(actor: Actor, assessment_id: UUID, item_key: str, wanted: Amendment, expected_version: int) -> int:
    """A moderator changes the team's rating or comment of an item. Returns the row's version.

    Approvals so far no longer count. Raises NotFound, Refused (stage), Forbidden, Invalid (`rating`,
    `comment`, `reason`) or Stale with what stands.
    """
    with act(actor, "reviews.amend", ("review", assessment_id)) as work:
        found, case = _case(actor, assessment_id, item_key, Action.AMEND)
        row = _consensus(assessment_id, item_key)
        after = {"rating": wanted.rating, "comment": plain(wanted.comment)}
        before = {"rating": row.rating, "comment": row.comment}
        if before == after:
            work.unchanged()
            return row.version
        if row.version != expected_version:
            raise Stale("Another moderator changed this item first.", before, row.version)
        reason = _checked(found, after, wanted.reason)
        _write(actor, found, case, row, after, reason)
        voided = cases.changed(case)
        flag_anew(found)
        tell(found, Action.AMEND, "")
        work.note(item=item_key, changes=note_changes(before, after), reason=reason, approvals_voided=voided)
        return row.version


def _write(
    actor: Actor,
    found: LoadedReview,
    case: ModerationCase,
    row: ConsensusRating,
    after: Mapping[str, object],
    reason: str,
) -> None:
    rating = after["rating"]
    assert isinstance(rating, int)  # _checked saw to it
    what = f"The comment. {reason}"
    if rating != row.rating:
        note_change(actor, found, row, rating, ChangeStage.MODERATION, reason)
        what = f"{row.rating} to {rating}. {reason}"
        row.rating, row.reason = rating, reason
    row.comment = str(after["comment"])
    row.version += 1
    row.changed_at, row.changed_by = clock.now(), actor.person_id
    threads.note_changed(actor, case, row.item_key, what)


def approve(actor: Actor, assessment_id: UUID, expected_version: int | None) -> Stage:
    """A moderator approves what stands. Returns the stage: another where the quorum is met by it.

    `expected_version` is that of the case that the moderator looked at. Raises NotFound, Forbidden,
    Refused (stage, or an open query), or Stale where a rating or comment has changed since.
    """
    with act(actor, "reviews.approve", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.APPROVE)
        case = cases.demand_open(assessment_id)
        move(found.stage, Action.APPROVE, facts_of(actor, found))
        if not threads.vote(actor, case, expected_version):
            work.unchanged()
            return found.stage
        given = threads.approvals(case.id)
        work.note(version=case.version, approvals=given, quorum=found.review.quorum)
        if given >= found.review.quorum:
            follow(found, Action.PASS_AGAIN if found.review.accuracy_done else Action.PASS)
            approved(found)
        return found.stage


def send_back(actor: Actor, assessment_id: UUID, reason: str, expected_version: int | None) -> None:
    """A moderator returns the review to consensus. Raises Invalid (`reason`) and as `advance` does."""
    advance(
        actor,
        assessment_id,
        Action.RETURN,
        expected_version,
        message_text(reason, "reason", SAY_WHY_RETURNED),
    )


def _case(
    actor: Actor, assessment_id: UUID, item_key: str, action: Action
) -> tuple[LoadedReview, ModerationCase]:
    found = load_for(actor, assessment_id, action)
    item_of(found.scale, item_key)
    return found, cases.demand_open(assessment_id)


def _consensus(assessment_id: UUID, item_key: str) -> ConsensusRating:
    wanted = select(ConsensusRating).where(
        ConsensusRating.assessment_id == assessment_id, ConsensusRating.item_key == item_key
    )
    row = db.session.execute(wanted).scalar_one_or_none()
    if row is None:
        raise NotFound("The team has no rating of this item.")
    return row


def _checked(found: LoadedReview, after: Mapping[str, object], reason: str) -> str:
    """The reason as kept. Raises Invalid."""
    problems: dict[str, str] = {}
    lowest, highest = found.scale.rating_min, found.scale.rating_max
    rating = after["rating"]
    if not isinstance(rating, int) or not lowest <= rating <= highest:
        problems["rating"] = f"Choose a rating from {lowest} to {highest}"
    if len(str(after["comment"])) > LONGEST_TEXT:
        problems["comment"] = f"The comment must be {LONGEST_TEXT:,} characters or fewer"
    kept = ""
    try:
        kept = message_text(reason, "reason", SAY_WHY)
    except Invalid as error:
        problems |= error.problems
    if problems:
        raise Invalid(problems)
    return kept
