"""Gathering what the workflow's conditions look at, for the stage a review is at."""

from __future__ import annotations

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.reviews.assessment.rules.rating_row import explained
from portal.reviews.external import accuracy, blind, consensus, fieldwork_sources, publication
from portal.reviews.external.loading import LoadedReview, may_do
from portal.reviews.external.rules.facts import Facts
from portal.reviews.external.rules.independence import REVIEWERS, Candidate, missing
from portal.reviews.external.rules.workflow import TABLE, Action, Stage, blocked
from portal.reviews.external.team import bars_against
from portal.reviews.moderation.queries import approvals_of, open_items


def facts_of(actor: Actor, found: LoadedReview) -> Facts:
    """The facts. Reads only what matters at the review's stage."""
    review = found.review
    values: dict[str, object] = {
        "today": clock.today(),
        "fieldwork_from": review.fieldwork_from,
        "quorum": review.quorum,
        "accuracy_done": review.accuracy_done,
        "accuracy_until": review.accuracy_until,
        "held": bool(review.purge_hold),
        "purged": review.purged_at is not None,
    }
    for gather in _BY_STAGE.get(found.stage, ()):
        values |= gather(actor, found)
    return Facts(**values)  # type: ignore[arg-type]  # each gatherer names fields of Facts


def _team(_actor: Actor, found: LoadedReview) -> dict[str, object]:
    named = [Candidate(one.person_id, one.name, one.capacity) for one in found.members]
    return {
        "team_missing": missing(named),
        "not_independent": tuple(bar.words for bar in bars_against(found) if bar.stands),
    }


def _own_sheet(actor: Actor, found: LoadedReview) -> dict[str, object]:
    """The actor's own sheet, and who has locked: never what another has rated."""
    member = found.member(actor.person_id)
    sheet = blind.own_sheet(actor, found)
    reviewers = found.of(*REVIEWERS)
    return {
        "own_locked": member is not None and member.locked,
        "own_missing": tuple(
            item.number
            for item in found.scale.items
            if item.key not in sheet or sheet[item.key].rating is None
        ),
        "own_unexplained": tuple(
            item.number for item in found.scale.items if item.key in sheet and not explained(sheet[item.key])
        ),
        "any_locked": any(one.locked for one in found.members),
        "both_locked": len(reviewers) == len(REVIEWERS) and all(one.locked for one in reviewers),
    }


def _fieldwork(_actor: Actor, found: LoadedReview) -> dict[str, object]:
    return {"gaps": fieldwork_sources.gaps(found)}


def _consensus(_actor: Actor, found: LoadedReview) -> dict[str, object]:
    open_items = consensus.still_open(found)
    return {"not_agreed": open_items.not_agreed, "without_reason": open_items.without_reason}


def _moderation(_actor: Actor, found: LoadedReview) -> dict[str, object]:
    open_keys = open_items(found.id)
    return {
        "open_queries": tuple(item.number for item in found.scale.items if item.key in open_keys),
        "approvals": approvals_of(found.id),
    }


def _responding(_actor: Actor, found: LoadedReview) -> dict[str, object]:
    undecided = accuracy.undecided_items(found.id)
    return {
        "undecided": tuple(item.number for item in found.scale.items if item.key in undecided),
        "changed_since_moderation": accuracy.changed_since_moderation(found),
    }


def _published(_actor: Actor, found: LoadedReview) -> dict[str, object]:
    return {"correction_waits": publication.correction_waits(found.id)}


_BY_STAGE = {
    Stage.PLANNED: (_team,),
    Stage.PREPARING: (_team,),
    Stage.FIELDWORK: (_own_sheet, _fieldwork),
    Stage.SCORING: (_own_sheet,),
    Stage.CONSENSUS: (_consensus,),
    Stage.MODERATION: (_moderation,),
    Stage.RESPONDING: (_responding,),
    Stage.PUBLISHED: (_published,),
}


def allowed_actions(actor: Actor, found: LoadedReview, facts: Facts) -> dict[Action, str | None]:
    """Each action that the actor's part has here, with why it is blocked now (None: it is not)."""
    return {
        action: blocked(found.stage, action, facts)
        for stage, action in TABLE
        if stage is found.stage and may_do(actor, action, found)
    }
