"""Questions, proposals, answers, settling: one row each; repeats change nothing, stale ones are refused."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.assessment.loading import open_questions, proposals_of
from portal.reviews.assessment.models import FinalRating, Proposal
from portal.reviews.assessment.queries import talk
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Action
from portal.reviews.assessment.service.answering import ProposalAnswer, QuestionAnswer, save_answers
from portal.reviews.assessment.service.guiding import (
    LONGEST_REMARK,
    answer_proposal,
    answer_question,
    ask,
    propose,
    settle_proposal,
    withdraw_proposal,
)
from tests.support.assessing import actor, audit_rows, fresh, id_of, item_key, move, with_guide

ONE, TWO, THREE = item_key(1), item_key(2), item_key(3)  # rated 5 each by `with_guide`


def _proposal(assessment_id: UUID, key: str = ONE) -> Proposal:
    db.session.rollback()
    db.session.expire_all()
    return proposals_of(assessment_id)[key]


def _handed_over() -> tuple[UUID, UUID]:
    """Proposals of 3 on items 1 and 2, a question on item 3."""
    assessment_id = with_guide()
    for key in (ONE, TWO):
        propose(actor("eism"), assessment_id, key, 3, "Seen", 0)
    question = ask(actor("eism"), assessment_id, THREE, "Who?")
    move(assessment_id, Action.HAND_OVER, "eism")
    return assessment_id, question


def test_asking_and_proposing_write_one_row_each_and_repeats_none(app: Flask) -> None:
    assessment_id, before = with_guide(), audit_rows()
    eism = actor("eism")
    before = audit_rows()
    first = ask(eism, assessment_id, ONE, "Who?")
    assert audit_rows() == before + 1
    assert ask(eism, assessment_id, ONE, " Who?\r\n") == first
    propose(eism, assessment_id, ONE, 3, "Seen", 0)
    propose(eism, assessment_id, ONE, 3, "Seen", 0)
    assert audit_rows() == before + 2
    assert _proposal(assessment_id).version == 1


def test_a_proposal_is_changed_and_taken_back_by_those_who_saw_it(app: Flask) -> None:
    assessment_id = with_guide()
    propose(actor("eism"), assessment_id, ONE, 3, "Seen", 0)
    before = audit_rows()
    for seen in (0, 2):
        with pytest.raises(Stale) as stale:
            propose(actor("stand-in"), assessment_id, ONE, 2, "Mine", seen)
        assert (stale.value.current["rating"], stale.value.current["reason"], stale.value.version) == (
            3,
            "Seen",
            1,
        )
        with pytest.raises(Stale):
            withdraw_proposal(actor("stand-in"), assessment_id, ONE, seen)
    assert audit_rows() == before
    propose(actor("stand-in"), assessment_id, ONE, 2, "Mine", 1)
    assert fresh(assessment_id).guide_id == id_of("stand-in")
    withdraw_proposal(actor("eism"), assessment_id, ONE, 2)
    withdraw_proposal(actor("eism"), assessment_id, ONE, 2)
    assert audit_rows() == before + 2
    assert proposals_of(assessment_id) == {}
    kinds = [line.kind for line in talk(assessment_id)[ONE]]
    assert kinds == [RemarkKind.PROPOSAL, RemarkKind.PROPOSAL, RemarkKind.WITHDRAWN]


@pytest.mark.parametrize(
    ("rating", "reason", "field"),
    [
        (0, "Seen", "rating"),
        (6, "Seen", "rating"),
        (3, " ", "reason"),
        (3, "x" * (LONGEST_REMARK + 1), "reason"),
    ],
)
def test_a_proposal_needs_a_rating_of_the_scale_and_a_reason(
    app: Flask, rating: int, reason: str, field: str
) -> None:
    assessment_id, eism = with_guide(), actor("eism")
    with pytest.raises(Invalid) as refused:
        propose(eism, assessment_id, ONE, rating, reason, 0)
    assert set(refused.value.problems) == {field}
    assert proposals_of(assessment_id) == {}


def test_only_a_guide_guides_and_only_while_it_has_it(app: Flask) -> None:
    assessment_id = with_guide()
    before = audit_rows()
    for name, error in (
        ("manager", Forbidden),
        ("staff", Forbidden),
        ("lead", Forbidden),
        ("peer", NotFound),
        ("far-eism", NotFound),
    ):
        with pytest.raises(error):
            propose(actor(name), assessment_id, ONE, 3, "Seen", 0)
        with pytest.raises(error):
            ask(actor(name), assessment_id, ONE, "Who?")
    with pytest.raises(NotFound):
        propose(actor("eism"), assessment_id, "no-such-item", 3, "Seen", 0)
    move(assessment_id, Action.RETURN, "eism", "Again")
    before += 1
    with pytest.raises(Refused):
        propose(actor("eism"), assessment_id, ONE, 3, "Seen", 0)
    assert audit_rows() == before


def test_nothing_to_answer_is_not_handed_over(app: Flask) -> None:
    assessment_id = with_guide()
    propose(actor("eism"), assessment_id, ONE, 5, "As you say", 0)  # the same rating
    with pytest.raises(Refused, match="nothing for the provider to answer"):
        move(assessment_id, Action.HAND_OVER, "eism")
    ask(actor("eism"), assessment_id, ONE, "Who?")
    with pytest.raises(Refused, match="question is still open on item 1"):
        move(assessment_id, Action.AGREE, "eism")
    move(assessment_id, Action.HAND_OVER, "eism")


def test_staff_answer_questions_and_the_manager_answers_proposals(app: Flask) -> None:
    assessment_id, question = _handed_over()
    before = audit_rows()
    with pytest.raises(Forbidden):
        answer_proposal(actor("staff"), assessment_id, ONE, Response.ACCEPTED, "", 1)
    with pytest.raises(Forbidden):
        answer_question(actor("eism"), assessment_id, question, "Me")
    answer_question(actor("staff"), assessment_id, question, "The leader")
    answer_proposal(actor("manager"), assessment_id, ONE, Response.ACCEPTED, "", 1)
    assert audit_rows() == before + 2
    with pytest.raises(Refused, match="proposal on item 2"):
        move(assessment_id, Action.REPLY, "manager")


def test_keeping_a_rating_needs_a_reason_and_a_proposal_that_differs(app: Flask) -> None:
    assessment_id = with_guide()
    propose(actor("eism"), assessment_id, ONE, 5, "As you say", 0)
    propose(actor("eism"), assessment_id, TWO, 3, "Seen", 0)
    move(assessment_id, Action.HAND_OVER, "eism")
    with pytest.raises(Invalid):
        answer_proposal(actor("manager"), assessment_id, TWO, Response.KEPT, " ", 1)
    with pytest.raises(Refused, match="your own rating"):
        answer_proposal(actor("manager"), assessment_id, ONE, Response.KEPT, "Ours", 1)
    with pytest.raises(NotFound):
        answer_proposal(actor("manager"), assessment_id, THREE, Response.KEPT, "Ours", 1)


def test_answers_are_changed_until_they_are_sent_and_the_talk_keeps_both(app: Flask) -> None:
    assessment_id, question = _handed_over()
    answer_question(actor("staff"), assessment_id, question, "The leader")
    answer_question(actor("staff"), assessment_id, question, "The leader")  # sent twice
    with pytest.raises(Stale) as stale:
        answer_question(actor("manager"), assessment_id, question, "Somebody")
    assert stale.value.current == {"answer": "The leader"}
    first = talk(assessment_id)[THREE][-1].id
    answer_question(actor("manager"), assessment_id, question, "Somebody", first)
    assert [line.text for line in talk(assessment_id)[THREE]] == ["Who?", "The leader", "Somebody"]
    assert open_questions(assessment_id) == {}
    answer_proposal(actor("manager"), assessment_id, ONE, Response.ACCEPTED, "", 1)
    answer_proposal(actor("manager"), assessment_id, ONE, Response.KEPT, "Ours", 2)
    answer_proposal(actor("manager"), assessment_id, TWO, Response.ACCEPTED, "", 1)
    move(assessment_id, Action.REPLY, "manager")
    with pytest.raises(Refused):
        answer_proposal(actor("manager"), assessment_id, ONE, Response.ACCEPTED, "", 3)


def test_several_answers_are_one_change_all_or_none(app: Flask) -> None:
    assessment_id, question = _handed_over()
    before = audit_rows()
    manager = actor("manager")
    kept = ProposalAnswer(ONE, Response.KEPT, "Ours", 1)
    with pytest.raises(Invalid) as refused:
        save_answers(
            manager,
            assessment_id,
            [kept, ProposalAnswer(TWO, Response.KEPT, "", 1)],
            [QuestionAnswer(question, "Me")],
        )
    assert set(refused.value.problems) == {f"why-{TWO}"}
    with pytest.raises(Stale) as stale:
        save_answers(manager, assessment_id, [kept, ProposalAnswer(TWO, Response.ACCEPTED, "", 9)])
    assert set(stale.value.current) == {f"why-{TWO}"}
    assert _proposal(assessment_id).response is None
    assert audit_rows() == before
    assert save_answers(manager, assessment_id, [kept], [QuestionAnswer(question, "Me")]) == 2
    assert save_answers(manager, assessment_id, [kept], [QuestionAnswer(question, "Me")]) == 0
    assert audit_rows() == before + 1


def test_the_guide_settles_what_was_kept_and_may_change_it_until_final(app: Flask) -> None:
    assessment_id, question = _handed_over()
    answers = [ProposalAnswer(ONE, Response.KEPT, "Ours", 1), ProposalAnswer(TWO, Response.ACCEPTED, "", 1)]
    save_answers(actor("manager"), assessment_id, answers, [QuestionAnswer(question, "Me")])
    move(assessment_id, Action.REPLY, "manager")
    before = audit_rows()
    with pytest.raises(Refused, match="did not keep"):
        settle_proposal(actor("eism"), assessment_id, TWO, True, 2)
    with pytest.raises(Forbidden):
        settle_proposal(actor("manager"), assessment_id, ONE, True, 2)
    with pytest.raises(Stale):
        settle_proposal(actor("eism"), assessment_id, ONE, True, 1)
    settle_proposal(actor("eism"), assessment_id, ONE, True, 2)
    settle_proposal(actor("eism"), assessment_id, ONE, True, 3)  # it stands so already
    settle_proposal(actor("eism"), assessment_id, ONE, False, 3)
    settle_proposal(actor("eism"), assessment_id, ONE, True, 4)
    assert audit_rows() == before + 3
    move(assessment_id, Action.AGREE, "eism")
    for key, expected in ((ONE, (5, 5, 3, True)), (TWO, (3, 5, 3, True)), (THREE, (5, 5, None, True))):
        row = db.session.get(FinalRating, (assessment_id, key))
        assert row is not None
        assert (row.rating, row.self_rating, row.guide_rating, row.agreed) == expected
    with pytest.raises(Refused):
        settle_proposal(actor("eism"), assessment_id, ONE, False, 5)


def test_a_question_of_another_assessment_is_not_found(app: Flask) -> None:
    assessment_id, _ = _handed_over()
    with pytest.raises(NotFound):
        answer_question(actor("staff"), assessment_id, UUID(int=7), "Me")
