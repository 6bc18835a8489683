"""The draft is frozen as presented; the service comments, the reviewers decide, changes are moderated."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.audit.models import AuditPayload
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Mail
from portal.reviews.external.accuracy import comments_of, draft_row, files_of, read_draft
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.facts import facts_of
from portal.reviews.external.models.scoring import RatingChange
from portal.reviews.external.rules.accuracy import CommentState, Decision
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.accuracy import (
    MOST_FILES,
    add_file,
    comment,
    remove_file,
    set_dates,
)
from tests.support.assessing import actor
from tests.support.publishing import FIRST, SECOND, approved, commented, decided, presented
from tests.support.reviewing import fresh, handed_in, move

PDF = b"%PDF-1.4 more evidence"
RAISED = Decision(accepted=True, reason="The list shows it.", rating=5)


def rating_of(assessment_id: UUID, key: str) -> int:
    db.session.rollback()
    db.session.expire_all()
    return agreed_ratings(assessment_id)[key].rating


def comment_of(assessment_id: UUID, key: str) -> CommentState:
    db.session.rollback()
    return comments_of(assessment_id)[key].state


def test_passing_moderation_presents_the_draft_for_a_week_and_tells_the_service(app: Flask) -> None:
    assessment_id = presented()
    review = fresh(assessment_id).review
    assert review.presented_on == clock.today()
    assert review.accuracy_until == clock.today() + timedelta(days=7)
    assert review.accuracy_done
    row = draft_row(assessment_id)
    assert row is not None
    draft = read_draft(row)
    assert draft.is_draft
    assert (draft.total, draft.band.title if draft.band else "") == (100, "Good fidelity")
    assert draft.review is not None
    assert draft.review.valid_until is None
    told = db.session.scalars(select(Mail.recipient).where(Mail.subject.like("A draft report%"))).all()
    assert "manager@example.org" in told


def test_the_draft_holds_no_blind_rating_no_reason_of_consensus_and_no_thread(app: Flask) -> None:
    assessment_id = presented({FIRST: 2})
    row = draft_row(assessment_id)
    assert row is not None
    assert "The minutes show it." not in row.content  # the reason of consensus
    item = read_draft(row).item(1)
    assert (item.rating, item.self_rating, item.guide_rating) == (4, None, None)
    assert item.rationale == ""


def test_the_draft_stays_as_presented_while_reviewers_change_a_rating(app: Flask) -> None:
    assessment_id = commented()
    decided(assessment_id, FIRST, RAISED)
    row = draft_row(assessment_id)
    assert row is not None
    assert read_draft(row).item(1).rating == 4
    assert rating_of(assessment_id, FIRST) == 5


def test_a_comment_is_written_changed_and_taken_back_by_the_services_own_people(app: Flask) -> None:
    assessment_id = presented()
    assert comment(actor("staff"), assessment_id, FIRST, " It is 19.\r\n ", 0) == 1
    assert comments_of(assessment_id)[FIRST].text == "It is 19."
    assert comment(actor("manager"), assessment_id, FIRST, "It is 19.", 0) == 1  # what stands: nothing
    assert comment(actor("manager"), assessment_id, FIRST, "It is 18.", 1) == 2
    with pytest.raises(Stale) as stale:
        comment(actor("staff"), assessment_id, FIRST, "It is 17.", 1)
    assert stale.value.current == {"text": "It is 18."}
    assert comment(actor("staff"), assessment_id, FIRST, "", 2) == 0
    db.session.rollback()
    assert comments_of(assessment_id) == {}


@pytest.mark.parametrize("name", ["lead-reviewer", "moderator", "lead"])
def test_nobody_else_comments_for_the_service(app: Flask, name: str) -> None:
    assessment_id = presented()
    with pytest.raises(Forbidden):
        comment(actor(name), assessment_id, FIRST, "Mine", 0)


def test_people_of_elsewhere_are_told_that_nothing_is_there(app: Flask) -> None:
    assessment_id = presented()
    for name in ("other-manager", "commissioner", "spare-reviewer"):
        with pytest.raises(NotFound):
            comment(actor(name), assessment_id, FIRST, "Mine", 0)


@pytest.mark.parametrize(("days", "taken"), [(6, True), (7, True), (8, False)])
def test_comments_and_files_are_taken_to_the_end_of_the_deadline(app: Flask, days: int, taken: bool) -> None:
    assessment_id = presented()
    with clock.at(clock.now() + timedelta(days=days)):
        if taken:
            comment(actor("staff"), assessment_id, FIRST, "In time", 0)
            add_file(actor("staff"), assessment_id, FIRST, "log.pdf", PDF)
            return
        with pytest.raises(Refused, match="The time for comments has passed"):
            comment(actor("staff"), assessment_id, FIRST, "Late", 0)
        with pytest.raises(Refused, match="The time for comments has passed"):
            add_file(actor("staff"), assessment_id, FIRST, "log.pdf", PDF)


def test_the_lead_reviewer_records_the_call_and_extends_the_deadline(app: Flask) -> None:
    assessment_id = handed_in()
    with clock.at(clock.now() + timedelta(days=20)):
        approved(assessment_id)
        today = clock.today()
        set_dates(
            actor("lead-reviewer"), assessment_id, today - timedelta(days=2), today + timedelta(days=14), None
        )
        review = fresh(assessment_id).review
        assert (review.presented_on, review.accuracy_until) == (
            today - timedelta(days=2),
            today + timedelta(days=14),
        )
        for wrong in (
            (today + timedelta(days=1), today + timedelta(days=7)),
            (today - timedelta(days=40), today + timedelta(days=7)),
            (today, today - timedelta(days=1)),
            (today, today + timedelta(days=93)),
        ):
            with pytest.raises(Invalid):
                set_dates(actor("lead-reviewer"), assessment_id, *wrong, None)
        for name in ("second-reviewer", "manager", "lead"):
            with pytest.raises(Forbidden):
                set_dates(actor(name), assessment_id, today, today + timedelta(days=3), None)


def test_staff_draft_comments_and_the_manager_sends_them(app: Flask) -> None:
    assessment_id = presented()
    comment(actor("staff"), assessment_id, FIRST, "It is 19.", 0)
    with pytest.raises(Forbidden):
        move(assessment_id, Action.CLOSE_COMMENTS, "staff")
    with pytest.raises(Forbidden):
        move(assessment_id, Action.CLOSE_COMMENTS, "lead-reviewer")  # before the deadline
    move(assessment_id, Action.CLOSE_COMMENTS, "manager")
    with pytest.raises(Refused):
        comment(actor("staff"), assessment_id, FIRST, "More", 1)


def test_after_the_deadline_the_lead_reviewer_goes_on(app: Flask) -> None:
    assessment_id = presented()
    with clock.at(clock.now() + timedelta(days=8)):
        assert move(assessment_id, Action.CLOSE_COMMENTS, "lead-reviewer") is Stage.RESPONDING


def test_files_come_go_and_come_back_and_an_item_takes_only_so_many(app: Flask) -> None:
    assessment_id = presented()
    made = [add_file(actor("staff"), assessment_id, FIRST, f"{n}.pdf", PDF) for n in range(MOST_FILES)]
    with pytest.raises(Refused):
        add_file(actor("staff"), assessment_id, FIRST, "more.pdf", PDF)
    assert remove_file(actor("manager"), assessment_id, made[0]) == FIRST
    assert len(files_of(assessment_id)[FIRST]) == MOST_FILES - 1
    remove_file(actor("manager"), assessment_id, made[0], back=True)
    assert len(files_of(assessment_id)[FIRST]) == MOST_FILES
    with pytest.raises(Invalid):
        add_file(actor("staff"), assessment_id, SECOND, "evil.exe", b"MZ\x90\x00")
    with pytest.raises(Forbidden):
        add_file(actor("lead-reviewer"), assessment_id, SECOND, "log.pdf", PDF)


def test_every_comment_is_decided_with_a_reason_before_publication(app: Flask) -> None:
    assessment_id = commented()
    with pytest.raises(Refused, match="Decide the comment on item 1 first"):
        move(assessment_id, Action.PUBLISH, "lead-reviewer")
    for wrong in (
        Decision(None, "Because"),
        Decision(accepted=True, reason=" "),
        Decision(accepted=False, reason="No", rating=5),
        Decision(accepted=True, reason="Yes", rating=6),
    ):
        with pytest.raises(Invalid):
            decided(assessment_id, FIRST, wrong)
    decided(assessment_id, FIRST, Decision(accepted=False, reason="The list is of another team."))
    assert comment_of(assessment_id, FIRST) is CommentState.DECLINED
    assert rating_of(assessment_id, FIRST) == 4
    assert move(assessment_id, Action.PUBLISH, "lead-reviewer") is Stage.PUBLISHED


def test_a_changed_rating_goes_back_through_moderation_and_both_sides_stay(app: Flask) -> None:
    assessment_id = commented()
    decided(assessment_id, FIRST, RAISED, by="second-reviewer")
    with pytest.raises(Refused, match="goes back to the moderators"):
        move(assessment_id, Action.PUBLISH, "lead-reviewer")
    assert move(assessment_id, Action.RESUBMIT, "lead-reviewer") is Stage.MODERATION
    assert approved(assessment_id) is Stage.RESPONDING
    change = db.session.scalars(select(RatingChange)).one()
    assert (change.stage, change.before, change.after, change.reason) == (
        "accuracy",
        4,
        5,
        "The list shows it.",
    )
    with pytest.raises(Refused, match="Moderators have seen this decision"):
        decided(assessment_id, FIRST, Decision(accepted=False, reason="No"))
    with pytest.raises(Refused, match="publish it"):
        move(assessment_id, Action.RESUBMIT, "lead-reviewer")
    assert move(assessment_id, Action.PUBLISH, "lead-reviewer") is Stage.PUBLISHED


def test_a_decision_taken_back_returns_the_rating_and_needs_no_moderation(app: Flask) -> None:
    assessment_id = commented()
    decided(assessment_id, FIRST, RAISED)
    decided(assessment_id, FIRST, Decision(accepted=True, reason="Three.", rating=3))
    assert rating_of(assessment_id, FIRST) == 3
    decided(assessment_id, FIRST, Decision(accepted=False, reason="After all not."))
    assert rating_of(assessment_id, FIRST) == 4
    found = fresh(assessment_id)
    assert not facts_of(actor("lead-reviewer"), found).changed_since_moderation
    assert move(assessment_id, Action.PUBLISH, "lead-reviewer") is Stage.PUBLISHED


def test_a_wording_changed_by_a_decision_needs_no_moderation(app: Flask) -> None:
    assessment_id = commented()
    decided(assessment_id, FIRST, Decision(accepted=True, reason="Right.", comment="The list of May."))
    db.session.rollback()
    assert agreed_ratings(assessment_id)[FIRST].comment == "The list of May."
    assert move(assessment_id, Action.PUBLISH, "lead-reviewer") is Stage.PUBLISHED


def test_only_reviewers_decide_and_not_twice_at_once(app: Flask) -> None:
    assessment_id = commented()
    for name in ("manager", "moderator", "observer", "lead"):
        with pytest.raises(Forbidden):
            decided(assessment_id, FIRST, RAISED, by=name)
    decided(assessment_id, FIRST, RAISED)
    from portal.reviews.external.service.deciding import decide

    with pytest.raises(Stale) as stale:
        decide(actor("second-reviewer"), assessment_id, FIRST, Decision(accepted=False, reason="No"), 1)
    assert stale.value.current == {"state": "Accepted", "reason": "The list shows it.", "rating": 5}
    with pytest.raises(NotFound):
        decide(actor("lead-reviewer"), assessment_id, SECOND, RAISED, 0)


def test_the_audit_says_that_and_never_what_was_commented(app: Flask) -> None:
    assessment_id = commented({FIRST: "Cornflower"})
    decided(assessment_id, FIRST, Decision(accepted=False, reason="Bluebell"))
    said = json.dumps([row.body for row in db.session.scalars(select(AuditPayload))])
    assert "Cornflower" not in said
    assert FIRST in said
