"""Moderating an external review: flags, threads, changes with both sides kept, votes, returns."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Mail
from portal.reviews.external.models.scoring import RatingChange
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service import moderating
from portal.reviews.external.service.moderating import Amendment
from portal.reviews.moderation.models import ModerationVote
from portal.reviews.moderation.queries import approvals_of, open_items, threads
from portal.reviews.moderation.rules.cases import CaseState, MessageKind
from tests.support import reviewing
from tests.support.assessing import actor, audit_rows
from tests.support.moderating import NINE, THREE, amend, case_of, panel, rating_of
from tests.support.reviewing import fresh, handed_in, move


def test_an_amendment_keeps_both_sides_and_says_why(app: Flask) -> None:
    assessment_id = handed_in()
    amend(assessment_id, THREE, 3, reason="Only two of nine records show it.")
    changes = db.session.execute(select(RatingChange)).scalars().all()
    assert [(one.before, one.after, one.stage, one.reason) for one in changes] == [
        (4, 3, "moderation", "Only two of nine records show it.")
    ]
    assert rating_of(assessment_id, THREE).rating == 3
    assert [line.kind for line in threads(assessment_id)[THREE].messages] == [MessageKind.CHANGED]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Amendment(3, "", "  "), "reason"),
        (Amendment(0, "", "Why"), "rating"),
        (Amendment(6, "", "Why"), "rating"),
        (Amendment(None, "", "Why"), "rating"),
        (Amendment(3, "", "x" * 5_001), "reason"),
    ],
)
def test_an_amendment_needs_a_rating_of_the_scale_and_a_reason(
    app: Flask, wanted: Amendment, field: str
) -> None:
    assessment_id = handed_in()
    rows = audit_rows()
    with pytest.raises(Invalid) as refused:
        moderating.amend(actor("moderator"), assessment_id, THREE, wanted, 1)
    assert field in refused.value.problems
    assert audit_rows() == rows


def test_an_amendment_over_a_newer_one_shows_what_stands(app: Flask) -> None:
    assessment_id = handed_in()
    amend(assessment_id, THREE, 3)
    with pytest.raises(Stale) as stale:
        moderating.amend(actor("moderator"), assessment_id, THREE, Amendment(5, "", "Why"), 1)
    assert stale.value.current["rating"] == 3
    moderating.amend(actor("moderator"), assessment_id, THREE, Amendment(3, "", "Again"), 1)
    assert rating_of(assessment_id, THREE).version == 2  # what stands was sent: nothing changes


def test_a_query_keeps_the_review_until_it_is_settled(app: Flask) -> None:
    assessment_id = handed_in()
    moderating.query(actor("moderator"), assessment_id, NINE, "Which records did you see?")
    assert open_items(assessment_id) == {NINE}
    with pytest.raises(Refused, match="item 9"):
        moderating.approve(actor("moderator"), assessment_id, None)
    moderating.answer(actor("second-reviewer"), assessment_id, NINE, "Ten, all of June.", ("INT",))
    assert open_items(assessment_id) == {NINE}
    moderating.resolve(actor("moderator"), assessment_id, NINE)
    assert open_items(assessment_id) == frozenset()
    assert moderating.approve(actor("moderator"), assessment_id, None) is Stage.ACCURACY


def test_the_same_query_sent_twice_is_one(app: Flask) -> None:
    assessment_id = handed_in()
    for _ in range(2):
        moderating.query(actor("moderator"), assessment_id, NINE, "Which records?")
    moderating.answer(actor("lead-reviewer"), assessment_id, NINE, "June.")
    rows = audit_rows()
    moderating.answer(actor("lead-reviewer"), assessment_id, NINE, "June.")
    assert audit_rows() == rows
    assert len(threads(assessment_id)[NINE].messages) == 2


def test_nothing_is_answered_where_nothing_is_asked(app: Flask) -> None:
    assessment_id = handed_in()
    with pytest.raises(Refused, match="no open query"):
        moderating.answer(actor("lead-reviewer"), assessment_id, NINE, "June.")


def test_approval_of_the_quorum_passes_the_review_on_and_closes_the_case(app: Flask) -> None:
    assessment_id = handed_in()
    assert moderating.approve(actor("moderator"), assessment_id, None) is Stage.ACCURACY
    case = case_of(assessment_id)
    assert (case.state, len(case.approvals)) == (CaseState.APPROVED, 1)
    assert case.decided_at is not None
    assert fresh(assessment_id).stage is Stage.ACCURACY
    with pytest.raises(Refused):
        moderating.query(actor("moderator"), assessment_id, NINE, "Too late")


def test_a_panel_needs_its_quorum_and_one_person_counts_once(app: Flask) -> None:
    assessment_id = panel()
    for _ in range(2):
        assert moderating.approve(actor("moderator"), assessment_id, None) is Stage.MODERATION
    assert approvals_of(assessment_id) == 1
    assert moderating.approve(actor("other-moderator"), assessment_id, None) is Stage.ACCURACY
    assert len(case_of(assessment_id).approvals) == 2


def test_a_change_after_an_approval_voids_it(app: Flask) -> None:
    assessment_id = panel()
    moderating.approve(actor("moderator"), assessment_id, None)
    amend(assessment_id, THREE, 3, by="other-moderator")
    assert approvals_of(assessment_id) == 0
    assert moderating.approve(actor("other-moderator"), assessment_id, None) is Stage.MODERATION
    assert moderating.approve(actor("moderator"), assessment_id, None) is Stage.ACCURACY
    votes = db.session.execute(select(func.count()).select_from(ModerationVote)).scalar_one()
    assert votes == 3  # the voided one is kept


def test_a_changed_comment_voids_approvals_too(app: Flask) -> None:
    assessment_id = panel()
    moderating.approve(actor("moderator"), assessment_id, None)
    wanted = Amendment(4, "Seen in all records.", "Clearer for the service.")
    moderating.amend(actor("other-moderator"), assessment_id, THREE, wanted, 1)
    assert approvals_of(assessment_id) == 0
    assert db.session.execute(select(func.count()).select_from(RatingChange)).scalar_one() == 0


def test_two_moderators_who_looked_at_the_same_both_count(app: Flask) -> None:
    assessment_id = panel()
    seen = case_of(assessment_id).version  # both have the page open
    moderating.approve(actor("moderator"), assessment_id, seen)
    assert moderating.approve(actor("other-moderator"), assessment_id, seen) is Stage.ACCURACY


def test_an_approval_of_what_no_longer_stands_is_stale(app: Flask) -> None:
    assessment_id = panel()
    seen = case_of(assessment_id).version
    amend(assessment_id, THREE, 3)
    with pytest.raises(Stale, match="changed since you looked"):
        moderating.approve(actor("other-moderator"), assessment_id, seen)
    assert approvals_of(assessment_id) == 0


def test_a_return_closes_the_case_and_the_next_hand_in_opens_another(app: Flask) -> None:
    assessment_id = handed_in()
    moderating.query(actor("moderator"), assessment_id, NINE, "Which records?")
    moderating.send_back(actor("moderator"), assessment_id, "Look at item 9 again.", None)
    case = case_of(assessment_id)
    assert (case.state, case.return_reason) == (CaseState.RETURNED, "Look at item 9 again.")
    assert fresh(assessment_id).stage is Stage.CONSENSUS
    move(assessment_id, Action.SUBMIT, "lead-reviewer")
    case = case_of(assessment_id)
    assert (case.state, case.round) == (CaseState.OPEN, 2)
    assert open_items(assessment_id) == {NINE}  # what was asked is still to be settled


def test_a_return_needs_a_reason(app: Flask) -> None:
    assessment_id = handed_in()
    with pytest.raises(Invalid):
        moderating.send_back(actor("moderator"), assessment_id, " \n", None)
    assert fresh(assessment_id).stage is Stage.MODERATION


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("lead-reviewer", Forbidden), ("second-reviewer", Forbidden), ("observer", Forbidden),
        ("lead", Forbidden), ("eism", Forbidden), ("manager", Forbidden), ("staff", Forbidden),
        ("other-moderator", NotFound), ("far-eism", NotFound), ("other-manager", NotFound),
        ("buyer", NotFound), ("commissioner", NotFound), ("administrator", NotFound),
    ],
)  # fmt: skip
def test_only_a_named_moderator_moderates(app: Flask, name: str, error: type[Exception]) -> None:
    assessment_id = handed_in()
    who, rows = actor(name), audit_rows()
    for verb in (
        lambda: moderating.query(who, assessment_id, NINE, "Why?"),
        lambda: moderating.resolve(who, assessment_id, NINE),
        lambda: moderating.amend(who, assessment_id, NINE, Amendment(3, "", "Why"), 1),
        lambda: moderating.approve(who, assessment_id, None),
        lambda: moderating.send_back(who, assessment_id, "Why", None),
    ):
        with pytest.raises(error):
            verb()
    assert audit_rows() == rows


@pytest.mark.parametrize("name", ["moderator", "observer", "lead", "eism", "manager"])
def test_only_the_reviewers_answer(app: Flask, name: str) -> None:
    assessment_id = handed_in()
    moderating.query(actor("moderator"), assessment_id, NINE, "Which records?")
    with pytest.raises(Forbidden):
        moderating.answer(actor(name), assessment_id, NINE, "June.")


def test_the_people_concerned_are_told(app: Flask) -> None:
    assessment_id = handed_in()
    moderating.query(actor("moderator"), assessment_id, NINE, "Which records?")
    moderating.answer(actor("lead-reviewer"), assessment_id, NINE, "June.")
    amend(assessment_id, THREE, 3)
    sent = db.session.execute(select(Mail.recipient, Mail.subject)).all()
    told = {(to.split("@")[0], subject.split(":")[0]) for to, subject in sent}
    assert ("second-reviewer", "A query from the moderator") in told
    assert ("moderator", "A query was answered") in told
    assert ("lead-reviewer", "A moderator changed an item") in told


AT = {
    Stage.PLANNED: reviewing.planned,
    Stage.PREPARING: lambda: _opened(reviewing.planned()),
    Stage.FIELDWORK: reviewing.in_fieldwork,
    Stage.SCORING: reviewing.in_scoring,
    Stage.CONSENSUS: reviewing.agreed,
    Stage.ACCURACY: lambda: _approved(handed_in()),
}


def _opened(assessment_id: UUID) -> UUID:
    move(assessment_id, Action.OPEN, "lead")
    return assessment_id


def _approved(assessment_id: UUID) -> UUID:
    moderating.approve(actor("moderator"), assessment_id, None)
    return assessment_id


@pytest.mark.parametrize("stage", AT)
def test_at_every_other_stage_nothing_is_moderated(app: Flask, stage: Stage) -> None:
    assessment_id = AT[stage]()
    assert fresh(assessment_id).stage is stage
    who, rows = actor("moderator"), audit_rows()
    for verb in (
        lambda: moderating.query(who, assessment_id, NINE, "Why?"),
        lambda: moderating.answer(actor("lead-reviewer"), assessment_id, NINE, "So."),
        lambda: moderating.resolve(who, assessment_id, NINE),
        lambda: moderating.amend(who, assessment_id, NINE, Amendment(3, "", "Why"), 1),
        lambda: moderating.approve(who, assessment_id, None),
        lambda: moderating.send_back(who, assessment_id, "Why", None),
    ):
        with pytest.raises(Refused, match=stage.title):
            verb()
    assert audit_rows() == rows
