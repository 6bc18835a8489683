"""A guided self-assessment’s moderation: naming, querying, answering, approving, sending back."""

from __future__ import annotations

from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed, demand
from portal.core import clock
from portal.core.act import act
from portal.core.errors import Invalid, NotFound, Refused
from portal.core.rules.months import months_before
from portal.reviews.assessment.loading import (
    Loaded,
    facts_of,
    item_ratings,
    load,
    load_for,
    may_read,
    proposals_of,
)
from portal.reviews.assessment.moderating import barred, process_of
from portal.reviews.assessment.rules.workflow import Action, State, move
from portal.reviews.assessment.service.drafting import item_of
from portal.reviews.assessment.service.moving import advance
from portal.reviews.assessment.service.notices import tell, tell_named
from portal.reviews.moderation.models import ModerationCase
from portal.reviews.moderation.rules.cases import CaseState
from portal.reviews.moderation.service import cases, threads
from portal.reviews.moderation.service.threads import message_text
from portal.workforce.accreditation.queries import reviewers_of

NOT_INDEPENDENT = "Name somebody who neither guided it nor supported this service in the last months"
SAY_WHY_SENT_BACK = "Say what the guide should do"


def eligible(found: Loaded) -> dict[UUID, str]:
    """Who may moderate it, id to name: the supplier's EISMs and lead managers who are independent of it."""
    months = process_of(found.assessment.service_id).independence_months
    not_these = barred(found.assessment, months_before(clock.today(), months))
    people = reviewers_of(found.links.supplier, clock.today())
    return {one.id: one.name for one in people if one.id not in not_these}


def name(actor: Actor, assessment_id: UUID, person_id: UUID) -> None:
    """The contract's lead manager names who moderates.

    Raises NotFound, Forbidden, Refused (state), or Invalid (`moderator`) for somebody not independent.
    """
    with act(actor, "assessment.name-moderator", ("assessment", assessment_id)) as work:
        found, case = _open_case(actor, assessment_id, Permission.MODERATION_NAME)
        _add(actor, found, case, person_id)
        work.note(moderator=person_id)


def unname(actor: Actor, assessment_id: UUID, person_id: UUID) -> None:
    """The lead manager takes a name back; that person's approval no longer counts. Raises as `name`."""
    with act(actor, "assessment.unname-moderator", ("assessment", assessment_id)) as work:
        _, case = _open_case(actor, assessment_id, Permission.MODERATION_NAME)
        if not cases.unname_moderator(case, person_id):
            work.unchanged()
            return
        work.note(moderator=person_id)


def take(actor: Actor, assessment_id: UUID) -> None:
    """Somebody independent takes it to moderate. Raises NotFound, Refused, Forbidden or Invalid."""
    with act(actor, "assessment.take-moderation", ("assessment", assessment_id)) as work:
        found, case = _open_case(actor, assessment_id, Permission.MODERATION_TAKE)
        assert actor.person_id is not None  # the portal moderates nothing
        _add(actor, found, case, actor.person_id)
        work.note(moderator=actor.person_id)


def query(actor: Actor, assessment_id: UUID, item_key: str, text: str) -> None:
    """A moderator asks the guide about an item. Raises NotFound, Refused, Forbidden, Invalid (`query`)."""
    with act(actor, "assessment.query", ("assessment", assessment_id)) as work:
        found, case = _case(actor, assessment_id, item_key, Action.QUERY)
        if not threads.ask(actor, case, item_key, text):
            work.unchanged()
            return
        tell(found, Action.QUERY, "")
        work.note(item=item_key, query=text.strip())


def answer(actor: Actor, assessment_id: UUID, item_key: str, text: str) -> None:
    """The guide answers the open query of an item.

    Raises NotFound, Refused (state, no open query, or the actor moderates it), Forbidden, Invalid.
    """
    with act(actor, "assessment.answer-query", ("assessment", assessment_id)) as work:
        found, case = _case(actor, assessment_id, item_key, Action.ANSWER_QUERY)
        if actor.person_id in found.moderators:
            raise Refused("You moderate this, so the guide answers.")
        if not threads.answer(actor, case, item_key, text):
            work.unchanged()
            return
        tell(found, Action.ANSWER_QUERY, "")
        work.note(item=item_key, answer=text.strip())


def resolve(actor: Actor, assessment_id: UUID, item_key: str, text: str = "") -> None:
    """A moderator settles the open query of an item. Raises as `query`."""
    with act(actor, "assessment.resolve-query", ("assessment", assessment_id)) as work:
        _, case = _case(actor, assessment_id, item_key, Action.QUERY)
        if not threads.resolve(actor, case, item_key, text):
            work.unchanged()
            return
        work.note(item=item_key, note=text.strip())


def approve(actor: Actor, assessment_id: UUID, expected_version: int | None) -> State:
    """A moderator approves. Returns the state: final where the quorum is met by it.

    Raises NotFound, Forbidden, Refused (state, or an open query) or Stale.
    """
    with act(actor, "assessment.approve", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.APPROVE)
        case = cases.demand_open(assessment_id)
        facts = facts_of(found, item_ratings(assessment_id), proposals_of(assessment_id))
        move(found.assessment.state, Action.APPROVE, facts)
        if not threads.vote(actor, case, expected_version):
            work.unchanged()
            return found.assessment.state
        given = threads.approvals(case.id)
        work.note(approvals=given, quorum=case.quorum)
        if given >= case.quorum:
            advance(actor, assessment_id, Action.PASS, None)
            cases.close(case, CaseState.APPROVED)
        return found.assessment.state


def send_back(actor: Actor, assessment_id: UUID, reason: str, expected_version: int | None) -> None:
    """A moderator sends it back to the guide. Raises Invalid (`reason`) and as `advance` does."""
    kept = message_text(reason, "reason", SAY_WHY_SENT_BACK)
    advance(actor, assessment_id, Action.SEND_BACK, expected_version, kept)


def _add(actor: Actor, found: Loaded, case: ModerationCase, person_id: UUID) -> None:
    if person_id not in eligible(found):
        raise Invalid({"moderator": NOT_INDEPENDENT})
    if cases.name_moderator(actor, case, person_id) and person_id != actor.person_id:
        tell_named(found, person_id)


def _open_case(actor: Actor, assessment_id: UUID, permission: Permission) -> tuple[Loaded, ModerationCase]:
    found = load(assessment_id, fresh=True)
    if found is None or not (
        may_read(actor, found) or allowed(actor, Permission.MODERATION_TAKE, found.links)
    ):
        raise NotFound("There is no such assessment that you may see.")
    if found.assessment.state is not State.WITH_MODERATOR:
        raise Refused(f"This assessment is “{found.assessment.state.title}”, so nobody moderates it now.")
    demand(actor, permission, found.links)
    return found, cases.demand_open(assessment_id)


def _case(actor: Actor, assessment_id: UUID, item_key: str, action: Action) -> tuple[Loaded, ModerationCase]:
    found = load_for(actor, assessment_id, action)
    item_of(found.scale, item_key)
    return found, cases.demand_open(assessment_id)
