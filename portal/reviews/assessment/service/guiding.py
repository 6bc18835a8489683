"""The talk between guide and provider: questions, proposals, answers, settling."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.rules.texts import plain
from portal.reviews.assessment.loading import Loaded, load_for, open_questions
from portal.reviews.assessment.models import ItemRating, Proposal, Remark
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Action, Kind, State

LONGEST_REMARK = 5_000


def ask(actor: Actor, assessment_id: UUID, item_key: str, question: str) -> UUID:
    """The guide asks about an item. Returns the question's id."""
    text = _text(question, "question", "Enter your question")
    with act(actor, "assessment.ask", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.ASK)
        there = open_questions(assessment_id).get(item_key, ())
        same = next((question for question in there if question.text == text), None)
        if same is not None:
            work.unchanged()  # sent twice
            return same.id
        _take(actor, found)
        remark = _remark(actor, found, item_key, RemarkKind.QUESTION, text)
        db.session.flush()
        work.note(item=item_key, question=text)
    return remark.id


def answer_question(
    actor: Actor, assessment_id: UUID, question_id: UUID, answer: str, replaces: UUID | None = None
) -> None:
    """The provider answers a question, or answers it anew before it is sent.

    `replaces` is the answer the person saw (None: there was none); the talk keeps both. Raises Stale,
    with the answer that stands, where somebody else answered meanwhile.
    """
    text = _text(answer, f"answer-{question_id}", "Enter your answer")
    with act(actor, "assessment.answer-question", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.ANSWER_QUESTION)
        query = select(Remark).where(Remark.id == question_id, Remark.assessment_id == assessment_id)
        question = db.session.execute(query).scalar_one_or_none()
        if question is None or question.kind is not RemarkKind.QUESTION:
            raise NotFound("There is no such question.")
        before = last_answers({question_id}).get(question_id)
        if before is not None and before.text == text:
            work.unchanged()
            return
        if (before.id if before else None) != replaces:
            raise Stale(
                "Somebody else answered this question first.", {"answer": before.text if before else ""}, 0
            )
        remark = _remark(actor, found, question.item_key, RemarkKind.ANSWER, text)
        remark.answers = question_id
        work.note(
            item=question.item_key, question=question_id, answer=text, before=before.text if before else ""
        )


def last_answers(question_ids: Collection[UUID]) -> dict[UUID, Remark]:
    """The newest answer to each of these questions. One statement, none for no question."""
    if not question_ids:
        return {}
    query = select(Remark).where(Remark.answers.in_(question_ids)).order_by(Remark.at)
    return {row.answers: row for row in db.session.execute(query).scalars() if row.answers is not None}


def propose(
    actor: Actor, assessment_id: UUID, item_key: str, rating: int, reason: str, expected_version: int
) -> None:
    """The guide proposes a rating for an item, with a reason. Replaces an earlier proposal."""
    with act(actor, "assessment.propose", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.PROPOSE)
        if not found.scale.rating_min <= rating <= found.scale.rating_max:
            raise Invalid({"rating": "Select the rating you propose"})
        text = _text(reason, "reason", "Say why you propose this rating")
        _take(actor, found)
        row = _proposal(assessment_id, item_key)
        if row is not None and (row.rating, row.reason, row.response) == (rating, text, None):
            work.unchanged()  # sent twice
            return
        before = _checked(row, expected_version)
        if row is None:
            row = Proposal(assessment_id=assessment_id, item_key=item_key, version=0)
            db.session.add(row)
        row.rating, row.reason = rating, text
        row.response, row.answer, row.came_round = None, "", False
        row.version += 1
        _remark(actor, found, item_key, RemarkKind.PROPOSAL, text, rating)
        work.note(item=item_key, rating=rating, reason=text, before=before)


def withdraw_proposal(actor: Actor, assessment_id: UUID, item_key: str, expected_version: int) -> None:
    """The guide takes a proposal back (undo); the provider's rating stands for that item."""
    with act(actor, "assessment.withdraw-proposal", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.PROPOSE)
        row = _proposal(assessment_id, item_key)
        if row is None:
            work.unchanged()
            return
        before = _checked(row, expected_version)
        db.session.delete(row)
        _remark(actor, found, item_key, RemarkKind.WITHDRAWN, "", before["rating"])
        work.note(item=item_key, before=before)


def answer_proposal(
    actor: Actor,
    assessment_id: UUID,
    item_key: str,
    response: Response,
    answer: str,
    expected_version: int,
) -> None:
    """The provider's manager accepts a proposal or keeps the own rating, with a reason."""
    missing = "Say why you keep your rating" if response is Response.KEPT else None
    text = _text(answer, "answer", missing)
    with act(actor, "assessment.answer-proposal", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.ANSWER_PROPOSAL)
        row = _proposal(assessment_id, item_key)
        if row is None:
            raise NotFound("There is no proposal on this item.")
        if row.rating == _rating(assessment_id, item_key, row, came_round=True):
            raise Refused("The guide proposes your own rating: there is nothing to answer.")
        if (row.response, row.answer) == (response, text):
            work.unchanged()  # sent twice
            return
        before = _checked(row, expected_version)
        row.response, row.answer = response, text
        row.version += 1
        kind = RemarkKind.ACCEPTED if response is Response.ACCEPTED else RemarkKind.KEPT
        _remark(actor, found, item_key, kind, text, row.rating)
        work.note(item=item_key, response=response, answer=text, before=before)


def settle_proposal(
    actor: Actor, assessment_id: UUID, item_key: str, came_round: bool, expected_version: int
) -> None:
    """After the provider's answer: the guide takes the provider's rating, or lets the proposal stand."""
    with act(actor, "assessment.settle", ("assessment", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.SETTLE)
        row = _proposal(assessment_id, item_key)
        if row is None or row.response is not Response.KEPT:
            raise Refused("The provider did not keep a different rating on this item.")
        before = _checked(row, expected_version)
        if row.came_round == came_round:
            work.unchanged()
            return
        row.came_round = came_round
        row.version += 1
        kind = RemarkKind.CAME_ROUND if came_round else RemarkKind.STANDS
        _remark(actor, found, item_key, kind, "", _rating(assessment_id, item_key, row, came_round))
        work.note(item=item_key, came_round=came_round, before=before)


def _rating(assessment_id: UUID, item_key: str, row: Proposal, came_round: bool) -> int | None:
    if not came_round:
        return row.rating
    query = select(ItemRating.rating).where(
        ItemRating.assessment_id == assessment_id, ItemRating.item_key == item_key
    )
    return db.session.execute(query).scalar_one_or_none()


def _take(actor: Actor, found: Loaded) -> None:
    """A guided self-assessment is guided by whichever EISM last asked or proposed (one may stand in)."""
    if found.assessment.kind == Kind.GUIDED and found.assessment.state is State.WITH_GUIDE:
        found.assessment.guide_id = actor.person_id


def _proposal(assessment_id: UUID, item_key: str) -> Proposal | None:
    query = select(Proposal).where(Proposal.assessment_id == assessment_id, Proposal.item_key == item_key)
    return db.session.execute(query).scalar_one_or_none()


def _checked(row: Proposal | None, expected_version: int) -> dict[str, Any]:
    before = {} if row is None else {"rating": row.rating, "reason": row.reason, "answer": row.answer}
    if (row.version if row else 0) != expected_version:
        raise Stale("Somebody else changed this proposal first.", before, row.version if row else 0)
    return before


def _remark(
    actor: Actor, found: Loaded, item_key: str, kind: RemarkKind, text: str, rating: int | None = None
) -> Remark:
    try:
        found.scale.item(item_key)
    except KeyError:
        raise NotFound("There is no such item.") from None
    remark = Remark(
        assessment_id=found.assessment.id,
        item_key=item_key,
        kind=kind,
        rating=rating,
        text=text,
        round=found.assessment.round,
        at=clock.now(),
        by=actor.person_id,
    )
    db.session.add(remark)
    return remark


def _text(text: str, field: str, missing: str | None) -> str:
    """The text as kept. `missing` is the message where there is none; None: there need not be one."""
    text = plain(text)
    if not text and missing:
        raise Invalid({field: missing})
    if len(text) > LONGEST_REMARK:
        raise Invalid({field: f"It must be {LONGEST_REMARK:,} characters or fewer"})
    return text
