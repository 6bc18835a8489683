"""Moving an assessment from state to state. `advance` is the only place that sets a state."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.rules.texts import plain
from portal.reviews.assessment.loading import Loaded, facts_of, item_ratings, load_for, proposals_of
from portal.reviews.assessment.models import ItemRating, Proposal, SealedSheet
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.sheets import digest
from portal.reviews.assessment.rules.workflow import Action, State, move
from portal.reviews.assessment.service.cases import open_for, sent_back
from portal.reviews.assessment.service.finishing import finish
from portal.reviews.assessment.service.notices import tell
from portal.reviews.assessment.service.starting import refuse_second

LONGEST_REASON = 5_000
SEALED_AT = {
    Action.SUBMIT: "submitted",
    Action.REPLY: "answered",
    Action.RETURN: "returned",
    Action.CONFIRM: "final",
    Action.AGREE: "final",
    Action.HAND_TO_MODERATOR: "moderated",
    Action.PASS: "final",
}


def advance(
    actor: Actor, assessment_id: UUID, action: Action, expected_version: int | None, reason: str = ""
) -> State:
    """Do a move of the workflow. Returns the new state.

    Raises NotFound, Forbidden, Stale, or Refused with the rule that forbids it.
    """
    reason = plain(reason)
    if len(reason) > LONGEST_REASON:
        raise Refused(f"The reason must be {LONGEST_REASON:,} characters or fewer.")
    with act(actor, f"assessment.{action.value}", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, action, expected_version)
        ratings = item_ratings(assessment_id)
        proposals = proposals_of(assessment_id)
        state = move(found.assessment.state, action, facts_of(found, ratings, proposals), reason)
        if action is Action.RESTORE:
            refuse_second(found.assessment.service_id, found.assessment.scale_key)
        work.note(state=[found.assessment.state, state])
        if reason:
            work.note(reason=reason)
        if action in SEALED_AT:
            seal(actor, found, SEALED_AT[action], sheet_content(ratings, proposals))
        _stamp(actor, found, action, reason, proposals)
        if action is Action.HAND_TO_MODERATOR:
            open_for(actor, found, ratings, proposals)
        found.assessment.state = state
        found.assessment.version += 1
        if state is State.FINAL:
            work.note(**finish(actor, found, ratings, proposals))
        tell(found, action, reason)
    return state


def _stamp(actor: Actor, found: Loaded, action: Action, reason: str, proposals: dict[str, Proposal]) -> None:
    """What the move leaves on the assessment besides its state."""
    assessment = found.assessment
    if action in (Action.SUBMIT, Action.CONFIRM):
        assessment.submitted_at, assessment.submitted_by = clock.now(), actor.person_id
        assessment.return_reason = ""
    if action is Action.RETURN:
        assessment.return_reason = reason
        assessment.round += 1
        for proposal in proposals.values():  # each round gives the provider one answer anew
            _ask_anew(proposal)
    if action is Action.HAND_TO_MODERATOR:
        assessment.guide_id = actor.person_id
    if action is Action.SEND_BACK:
        sent_back(found, reason)
        for proposal in proposals.values():  # what the two still differ on is put to the provider again
            if proposal.response is Response.KEPT and not proposal.came_round:
                _ask_anew(proposal)


def _ask_anew(proposal: Proposal) -> None:
    proposal.response, proposal.answer, proposal.came_round = None, "", False
    proposal.version += 1


def seal(actor: Actor, found: Loaded, moment: str, content: dict[str, Any]) -> None:
    """Keep a copy for ever."""
    db.session.add(
        SealedSheet(
            assessment_id=found.assessment.id,
            moment=moment,
            at=clock.now(),
            by=actor.person_id,
            content=content,
            digest=digest(content),
        )
    )


def sheet_content(ratings: dict[str, ItemRating], proposals: dict[str, Proposal]) -> dict[str, Any]:
    """The sheet and the proposals as plain data."""
    return {
        "ratings": {
            key: {
                "rating": row.rating,
                "rationale": row.rationale,
                "evidence": row.evidence,
                "entries": row.entries,
                "suggested": row.suggested,
            }
            for key, row in sorted(ratings.items())
        },
        "proposals": {
            key: {
                "rating": row.rating,
                "reason": row.reason,
                "response": row.response,
                "answer": row.answer,
                "came_round": row.came_round,
            }
            for key, row in sorted(proposals.items())
        },
    }
