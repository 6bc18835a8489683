"""Finding an assessment and what is needed to judge a right or a move on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, allowed
from portal.core.db import db
from portal.core.errors import Forbidden, NotFound, Stale
from portal.directory.scope import LinkedService, linked_service
from portal.reviews.assessment.definitions import scale_of
from portal.reviews.assessment.models import Assessment, ItemRating, Proposal, Remark
from portal.reviews.assessment.moderating import reasons
from portal.reviews.assessment.rules.rating_row import explained
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.settlement import Proposed, differs
from portal.reviews.assessment.rules.workflow import (
    GUIDED_KINDS,
    TABLE,
    Action,
    Facts,
    Kind,
    State,
    blocked,
    cell,
)
from portal.reviews.moderation.queries import approvals_of, moderator_ids, open_items, quorum_of
from portal.scales.rules.definition import Scale


@dataclass(frozen=True)
class Loaded:
    """An assessment with its scale, and its service with its links."""

    assessment: Assessment
    scale: Scale
    service: LinkedService

    @property
    def links(self) -> Links:
        """To whom the service is linked, with the guide who was named."""
        return self.service.links

    @cached_property
    def moderators(self) -> frozenset[UUID]:
        """Who is named to moderate it, while it is with the moderators."""
        if self.assessment.state is not State.WITH_MODERATOR:
            return frozenset()
        return moderator_ids(self.assessment.id)


# What nearly every page and verb asks, built once.
_ASSESSMENT = select(Assessment).where(Assessment.id == bindparam("assessment_id"))
_FRESH = _ASSESSMENT.with_for_update().execution_options(populate_existing=True)
_RATINGS = select(ItemRating).where(ItemRating.assessment_id == bindparam("assessment_id"))
_PROPOSALS = select(Proposal).where(Proposal.assessment_id == bindparam("assessment_id"))
_ANSWERED = select(Remark.answers).where(
    Remark.assessment_id == bindparam("assessment_id"), Remark.answers.is_not(None)
)
_QUESTIONS = (
    select(Remark)
    .where(
        Remark.assessment_id == bindparam("assessment_id"),
        Remark.kind == RemarkKind.QUESTION,
        Remark.id.not_in(_ANSWERED),
    )
    .order_by(Remark.at)
)
_BEGUN = (
    select(Remark.id)
    .where(
        Remark.assessment_id == bindparam("assessment_id"),
        Remark.round == bindparam("round"),
        Remark.kind.in_((RemarkKind.QUESTION, RemarkKind.PROPOSAL)),
    )
    .limit(1)
)


def load(assessment_id: UUID, *, fresh: bool = False) -> Loaded | None:
    """The assessment, or None. `fresh` reads the row again inside a verb's transaction."""
    query = _FRESH if fresh else _ASSESSMENT
    assessment = db.session.execute(query, {"assessment_id": assessment_id}).scalar_one_or_none()
    if assessment is None:
        return None
    named = frozenset({assessment.guide_id}) if assessment.guide_id else frozenset()
    service = linked_service(assessment.service_id, named)
    assert service is not None  # the foreign key says there is a service
    return Loaded(assessment, scale_of(assessment), service)


def load_for(
    actor: Actor, assessment_id: UUID, action: Action, expected_version: int | None = None
) -> Loaded:
    """For verbs: load inside the transaction and check state, right and version, in that order.

    Raises NotFound, Forbidden, Refused (state) or Stale (somebody moved it first).
    """
    found = judged(actor, load(assessment_id, fresh=True), action)
    if expected_version is not None and found.assessment.version != expected_version:
        raise Stale(
            f"Somebody else changed this assessment first: it is now “{found.assessment.state.title}”.",
            {"state": found.assessment.state.title},
            found.assessment.version,
        )
    return found


def judged(actor: Actor, found: Loaded | None, action: Action) -> Loaded:
    """The assessment, if this actor may do this to it in its state. Raises NotFound, Refused, Forbidden."""
    if found is None or not (actor.is_portal or may_read(actor, found)):
        raise NotFound("There is no such assessment that you may see.")
    who = cell(found.assessment.state, action).who
    if not (actor.is_portal or holds(actor, who, found)):
        raise Forbidden("You may not do this.")
    return found


def holds(actor: Actor, who: Permission, found: Loaded) -> bool:
    """Whether the actor has this right on this assessment.

    A peer assessment is guided by the peer reviewer named for it and by nobody else, a case moderated
    by those named for it.
    """
    if who is Permission.REVIEW_MODERATE:
        return allowed(actor, who, replace(found.links, named=found.moderators))
    peer_guide = who is Permission.ASSESSMENT_GUIDE and found.assessment.kind is Kind.PEER
    if peer_guide and actor.person_id != found.assessment.guide_id:
        return False
    return allowed(actor, who, found.links)


def may_read(actor: Actor, found: Loaded) -> bool:
    """Final ones by whoever may read final ones; earlier ones by those who work on them.

    An external review has pages of its own until it is published, so that nobody looks in by these.
    """
    if found.assessment.state is State.FINAL:
        return allowed(actor, Permission.ASSESSMENT_READ_FINAL, found.links)
    if found.assessment.kind is Kind.EXTERNAL:
        return False
    return allowed(actor, Permission.ASSESSMENT_READ_DRAFT, found.links) or holds(
        actor, Permission.REVIEW_MODERATE, found
    )


def item_ratings(assessment_id: UUID) -> dict[str, ItemRating]:
    """The provider's sheet, by item key. One statement."""
    rows = db.session.execute(_RATINGS, {"assessment_id": assessment_id}).scalars()
    return {row.item_key: row for row in rows}


def proposals_of(assessment_id: UUID) -> dict[str, Proposal]:
    """The guide's proposals, by item key. One statement."""
    rows = db.session.execute(_PROPOSALS, {"assessment_id": assessment_id}).scalars()
    return {row.item_key: row for row in rows}


def proposed(row: Proposal) -> Proposed:
    """A proposal as the rules see it."""
    return Proposed(row.rating, row.response, row.came_round)


def open_questions(assessment_id: UUID) -> dict[str, list[Remark]]:
    """Questions without an answer, by item key. One statement."""
    found: dict[str, list[Remark]] = {}
    for remark in db.session.execute(_QUESTIONS, {"assessment_id": assessment_id}).scalars():
        found.setdefault(remark.item_key, []).append(remark)
    return found


def facts_of(
    found: Loaded,
    ratings: dict[str, ItemRating],
    proposals: dict[str, Proposal] | None = None,
    questions: dict[str, list[Remark]] | None = None,
) -> Facts:
    """What the workflow's conditions look at. Reads proposals and questions only where they matter."""
    assessment, scale = found.assessment, found.scale
    untouched = assessment.state is State.DRAFT and assessment.round == 1  # no guide has had it yet
    guided = assessment.kind in GUIDED_KINDS and assessment.state is not State.FINAL and not untouched
    proposals = proposals if proposals is not None else (proposals_of(assessment.id) if guided else {})
    questions = questions if questions is not None else (open_questions(assessment.id) if guided else {})
    value = {key: row.rating for key, row in ratings.items()}
    apart = [
        item
        for item in scale.items
        if item.key in proposals and differs(value.get(item.key), proposed(proposals[item.key]))
    ]
    facts = Facts(
        kind=Kind(assessment.kind),
        missing=tuple(item.number for item in scale.items if value.get(item.key) is None),
        unexplained=tuple(
            item.number for item in scale.items if item.key in ratings and not explained(ratings[item.key])
        ),
        guidance_begun=guided and _begun(assessment),
        differing=tuple(item.number for item in apart),
        unanswered=tuple(item.number for item in apart if proposals[item.key].response is None),
        open_questions=tuple(item.number for item in scale.items if item.key in questions),
    )
    return replace(facts, **_moderation(found, facts, ratings, proposals))


def _moderation(
    found: Loaded, facts: Facts, ratings: dict[str, ItemRating], proposals: dict[str, Proposal]
) -> dict[str, Any]:
    """What concerns moderators. Asked only where the guide could agree now, or the moderators have it."""
    assessment, settling = found.assessment, found.assessment.state is State.SETTLING
    if assessment.state is State.WITH_MODERATOR:
        open_keys = open_items(assessment.id)
        return {
            "open_queries": tuple(item.number for item in found.scale.items if item.key in open_keys),
            "approvals": approvals_of(assessment.id),
            "quorum": quorum_of(assessment.id),
        }
    ready = settling or (
        assessment.state is State.WITH_GUIDE and not (facts.differing or facts.open_questions)
    )
    return {"moderation": reasons(assessment, found.scale, ratings, proposals)} if ready else {}


def _begun(assessment: Assessment) -> bool:
    """Whether the guide has asked or proposed in this round."""
    given = {"assessment_id": assessment.id, "round": assessment.round}
    return db.session.execute(_BEGUN, given).first() is not None


def allowed_actions(actor: Actor, found: Loaded, facts: Facts) -> dict[Action, str | None]:
    """Each action that the actor's role has here, with why it is blocked now (None: it is not)."""
    state = found.assessment.state
    return {
        action: blocked(state, action, facts)
        for (start, action), move in TABLE.items()
        if start is state and holds(actor, move.who, found)
    }


def note_changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """For the audit: only the fields that changed, old and new."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
