"""Moderating an external review: flags, threads, changes with both sides kept, votes, returns."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select

from portal.accounts.rules.actors import PORTAL
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Mail
from portal.reviews.assessment.item_page import SOURCE_TITLES
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.pairs import AgreementRecord
from portal.reviews.external.models.scoring import RatingChange
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service import moderating
from portal.reviews.external.service.cases import flag_anew, flag_reviewers_anew
from portal.reviews.external.service.moderating import Amendment
from portal.reviews.moderation.models import ModerationCase, ModerationVote
from portal.reviews.moderation.queries import approvals_of, open_items, threads
from portal.reviews.moderation.rules.cases import CaseState, MessageKind
from portal.reviews.moderation.rules.flags import FlagKind
from tests.support import reviewing
from tests.support.assessing import OTHER_SERVICE, actor, audit_rows, id_of
from tests.support.moderating import NINE, THREE, amend, case_of, panel, rating_of
from tests.support.reviewing import fresh, handed_in, move


def test_handing_in_opens_a_case_with_its_flags_and_moderators(app: Flask) -> None:
    assessment_id = handed_in({THREE: 2})
    case = case_of(assessment_id)
    assert (case.state, case.round, case.quorum) == (CaseState.OPEN, 1, 1)
    assert [one.person_id for one in case.moderators] == [id_of("moderator")]
    apart = [flag for flag in case.flags if flag.kind is FlagKind.APART]
    assert [(flag.item_key, flag.weight) for flag in apart] == [(THREE, 2)]
    assert "2 points apart" in apart[0].words
    assert case.due_on is not None


def test_a_total_at_a_bands_edge_is_flagged_and_the_flag_follows_an_amendment(app: Flask) -> None:
    assessment_id = handed_in()  # 25 fours: 100, the lowest of Good
    assert [flag.kind for flag in case_of(assessment_id).of(None)] == [FlagKind.EDGE]
    amend(assessment_id, THREE, 5)
    assert [flag.kind for flag in case_of(assessment_id).of(None)] == [FlagKind.EDGE]
    amend(assessment_id, NINE, 5)  # 102
    assert case_of(assessment_id).of(None) == ()


def test_the_risk_of_the_queue_is_what_the_flags_weigh(app: Flask) -> None:
    assessment_id = handed_in({THREE: 1})
    row = db.session.execute(select(ModerationCase)).scalar_one()
    flags = case_of(assessment_id).flags
    assert row.risk == sum(flag.weight for flag in flags) > 0
    assert row.flag_count == len(flags)


def test_a_source_that_nothing_covers_is_flagged_until_an_answer_names_it(app: Flask) -> None:
    assessment_id = handed_in()
    item = fresh(assessment_id).scale.item(NINE)
    assert item.sources
    [flag] = case_of(assessment_id).of(NINE)
    assert flag.kind is FlagKind.SOURCE
    moderating.query(actor("moderator"), assessment_id, NINE, "What did you see?")
    moderating.answer(actor("lead-reviewer"), assessment_id, NINE, "All of it.", item.sources[:1])
    [flag] = case_of(assessment_id).of(NINE)
    assert SOURCE_TITLES[item.sources[0]] not in flag.words
    moderating.answer(actor("lead-reviewer"), assessment_id, NINE, "The rest.", item.sources[1:])
    assert case_of(assessment_id).of(NINE) == ()


def test_a_reviewer_who_leans_is_flagged_when_another_of_their_reviews_is_unblinded(app: Flask) -> None:
    assessment_id = handed_in()
    found = fresh(assessment_id)
    _records(found, 3, 20)
    flag_anew_in_act(found)
    assert not _leaning(assessment_id)  # four reviews so far
    _records(found, 1, 20)
    with act(PORTAL, "test.pair", ("review", assessment_id)):
        flag_reviewers_anew([id_of("lead-reviewer")])
    assert _leaning(assessment_id) == ["Lead reviewer Person rates 0.6 higher than partners over 5 reviews"]


def flag_anew_in_act(found: LoadedReview) -> None:
    with act(PORTAL, "test.flags", ("review", found.id)):
        flag_anew(found)


def _leaning(assessment_id: UUID) -> list[str]:
    return [flag.words for flag in case_of(assessment_id).flags if flag.kind is FlagKind.LEAN]


def _records(found: LoadedReview, count: int, difference: int) -> None:
    """Reviews of the lead reviewer with somebody else, unblinded, so many points higher over 25 items."""
    with operational() as session:
        like = session.get_one(AgreementRecord, found.id)
        for _ in range(count):
            made = copy_of(session.get_one(Assessment, found.id))
            session.add(made)
            session.flush()
            session.add(copy_of(found.review, assessment_id=made.id))
            session.flush()
            second = id_of("spare-reviewer")
            session.add(copy_of(like, assessment_id=made.id, second_id=second, sum_difference=difference))


def copy_of(row: Any, **others: Any) -> Any:
    """A new row like this one."""
    columns = {column.key for column in inspect(type(row)).columns} - {"id"}
    values = {name: getattr(row, name) for name in columns} | others
    if isinstance(row, Assessment):
        values |= {"id": uuid.uuid4(), "service_id": OTHER_SERVICE, "state": State.WITHDRAWN}
    return type(row)(**values)


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
