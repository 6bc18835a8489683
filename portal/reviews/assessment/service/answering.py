"""Saving the provider's answers to the guide, all or none, as one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core.act import act
from portal.core.errors import Invalid, Stale
from portal.reviews.assessment.loading import load_for
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Action
from portal.reviews.assessment.service.guiding import answer_proposal, answer_question


@dataclass(frozen=True)
class ProposalAnswer:
    """The manager's answer to a proposal. `version` is that of the proposal the person saw."""

    item_key: str
    response: Response
    text: str
    version: int


@dataclass(frozen=True)
class QuestionAnswer:
    """An answer to a question. `replaces`: the answer the person saw, if there was one."""

    question_id: UUID
    text: str
    replaces: UUID | None = None


def save_answers(
    actor: Actor,
    assessment_id: UUID,
    proposals: Sequence[ProposalAnswer] = (),
    questions: Sequence[QuestionAnswer] = (),
) -> int:
    """Save several answers at once, all or none. Returns how many changed.

    Raises Invalid by `why-ITEMKEY` and `answer-QUESTIONID`, or Stale with what stands by the same
    names; NotFound, Forbidden and Refused as the verbs for a single answer do.
    """
    problems: dict[str, str] = {}
    stale: dict[str, object] = {}
    with act(actor, "assessment.answer", ("assessment", assessment_id)) as work:
        load_for(actor, assessment_id, Action.ANSWER_QUESTION)
        for one in proposals:
            try:
                answer_proposal(actor, assessment_id, one.item_key, one.response, one.text, one.version)
            except Invalid as error:
                problems[f"why-{one.item_key}"] = next(iter(error.problems.values()))
            except Stale as error:
                stale[f"why-{one.item_key}"] = error.current
        for other in questions:
            try:
                answer_question(actor, assessment_id, other.question_id, other.text, other.replaces)
            except Invalid as error:
                problems |= error.problems
            except Stale as error:
                stale[f"answer-{other.question_id}"] = error.current
        if problems:
            raise Invalid(problems)
        if stale:
            raise Stale("Somebody else changed some of these answers first.", stale, 0)
        if not work.inner:
            work.unchanged()
    return len(work.inner)
