"""Moving an assessment: what is refused, what a return keeps, and what becoming final brings."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core.audit.models import AuditRow
from portal.core.db import db
from portal.core.errors import Forbidden, NotFound, PortalError, Refused, Stale
from portal.core.jobs.models import Mail
from portal.directory.models import ServiceStanding
from portal.plans.models import Action as PlanAction
from portal.plans.models import Plan
from portal.reviews.assessment.loading import item_ratings, proposals_of
from portal.reviews.assessment.models import FinalRating, SealedSheet
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.sheets import digest
from portal.reviews.assessment.rules.workflow import TABLE, Action, Kind, State
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.guiding import answer_proposal, ask, propose
from portal.reviews.assessment.service.moving import LONGEST_REASON, advance
from portal.reviews.assessment.service.rating import save_item
from tests.support.assessing import (
    PEOPLE,
    SERVICE,
    actor,
    audit_rows,
    begin,
    email,
    fresh,
    item_key,
    move,
    rate,
    with_guide,
    with_moderator,
)

BY_BUTTON = (
    Action.SUBMIT, Action.CONFIRM, Action.WITHDRAW, Action.RESTORE, Action.RECALL, Action.RETURN,
    Action.HAND_OVER, Action.REPLY, Action.AGREE, Action.HAND_TO_MODERATOR, Action.SEND_BACK,
)  # fmt: skip
STATES = [state for state in State if state is not State.UNDER_REVIEW]  # an external review's own


def _at(state: State) -> UUID:
    """An assessment in this state."""
    if state in (State.DRAFT, State.WITHDRAWN):
        assessment_id = begin()
        if state is State.WITHDRAWN:
            move(assessment_id, Action.WITHDRAW, "manager")
        return assessment_id
    if state is State.WITH_MODERATOR:
        return with_moderator()
    assessment_id = with_guide()
    if state is State.WITH_GUIDE:
        return assessment_id
    if state is State.FINAL:
        move(assessment_id, Action.AGREE, "eism")
        return assessment_id
    propose(actor("eism"), assessment_id, item_key(25), 5, "Seen", 0)
    move(assessment_id, Action.HAND_OVER, "eism")
    if state is State.SETTLING:
        answer_proposal(actor("manager"), assessment_id, item_key(25), Response.KEPT, "Ours", 1)
        move(assessment_id, Action.REPLY, "manager")
    return assessment_id


@pytest.mark.parametrize("state", STATES)
def test_every_move_that_the_table_does_not_have_is_refused_whoever_asks(app: Flask, state: State) -> None:
    assessment_id = _at(state)
    before = audit_rows()
    for action in BY_BUTTON:
        if (state, action) in TABLE:
            continue
        for name in ("manager", "eism"):
            with pytest.raises(Refused, match=f"“{state.title}”"):
                advance(actor(name), assessment_id, action, None, "A reason")
    assert fresh(assessment_id).state is state
    assert audit_rows() == before


@pytest.mark.parametrize("state", STATES)
def test_every_move_of_the_table_is_refused_to_the_wrong_people(app: Flask, state: State) -> None:
    assessment_id = _at(state)
    before = audit_rows()
    right = {"agree": {"manager"}, "guide": {"eism", "stand-in"}, "moderate": {"lead"}}
    for action in BY_BUTTON:
        cell = TABLE.get((state, action))
        if cell is None:
            continue
        for name in set(PEOPLE) - right[cell.who.value.rsplit(":", 1)[1]]:
            with pytest.raises((Forbidden, NotFound)):
                advance(actor(name), assessment_id, action, None, "A reason")
    assert fresh(assessment_id).state is state
    assert audit_rows() == before


def test_a_move_on_a_version_that_is_gone_is_refused(app: Flask) -> None:
    assessment_id = with_guide()
    before = audit_rows()
    with pytest.raises(Stale, match="With the guide"):
        advance(actor("manager"), assessment_id, Action.RECALL, fresh(assessment_id).version - 1)
    assert audit_rows() == before


def test_only_a_complete_sheet_is_submitted(app: Flask) -> None:
    assessment_id = begin()
    with pytest.raises(Refused, match=r"Rate items 1, 2, .* first"):
        move(assessment_id, Action.SUBMIT, "manager")
    rate(assessment_id, 25)
    before = audit_rows()
    move(assessment_id, Action.SUBMIT, "manager")
    assert audit_rows() == before + 1


def test_it_is_taken_back_until_the_guide_begins(app: Flask) -> None:
    assessment_id = with_guide()
    move(assessment_id, Action.RECALL, "manager")
    move(assessment_id, Action.SUBMIT, "manager")
    ask(actor("eism"), assessment_id, item_key(1), "Who?")
    with pytest.raises(Refused, match="The guide has begun"):
        move(assessment_id, Action.RECALL, "manager")


def test_a_return_needs_a_reason_of_a_length_that_can_be_read(app: Flask) -> None:
    assessment_id = with_guide()
    for reason in ("", " \n", "x" * (LONGEST_REASON + 1)):
        with pytest.raises(Refused):
            move(assessment_id, Action.RETURN, "eism", reason)
    move(assessment_id, Action.RETURN, "eism", "x" * LONGEST_REASON)


def test_a_return_loses_nothing_and_gives_one_answer_anew(app: Flask) -> None:
    assessment_id = _at(State.SETTLING)
    before = {
        key: (row.rating, row.rationale, row.evidence) for key, row in item_ratings(assessment_id).items()
    }
    move(assessment_id, Action.RETURN, "eism", "Look at item 25 again")
    found = fresh(assessment_id)
    assert (found.state, found.round, found.return_reason) == (State.DRAFT, 2, "Look at item 25 again")
    after = {
        key: (row.rating, row.rationale, row.evidence) for key, row in item_ratings(assessment_id).items()
    }
    assert after == before
    proposal = proposals_of(assessment_id)[item_key(25)]
    assert (proposal.rating, proposal.reason, proposal.response) == (5, "Seen", None)
    sealed = db.session.scalars(select(SealedSheet).order_by(SealedSheet.at)).all()
    assert sealed[-1].moment == "returned"
    assert sealed[-1].content["proposals"][item_key(25)]["answer"] == "Ours"
    move(assessment_id, Action.SUBMIT, "manager")
    assert fresh(assessment_id).return_reason == ""
    move(assessment_id, Action.RECALL, "manager")  # the guide has not begun in this round


@pytest.mark.parametrize(
    ("total", "band"),
    [(73, "not-ips"), (74, "fair"), (99, "fair"), (100, "good"), (114, "good"), (115, "exemplary")],
)
def test_a_final_assessment_has_its_band_at_every_edge(app: Flask, total: int, band: str) -> None:
    assessment_id = begin(Kind.SELF)
    ratings = rate(assessment_id, total)
    before = audit_rows()
    move(assessment_id, Action.CONFIRM, "manager")
    assert audit_rows() == before + 1
    found = fresh(assessment_id)
    assert (found.state, found.total, found.band) == (State.FINAL, total, band)
    finals = db.session.scalars(select(FinalRating).where(FinalRating.assessment_id == assessment_id)).all()
    assert {row.item_key: (row.rating, row.self_rating, row.guide_rating, row.agreed) for row in finals} == {
        key: (rating, rating, None, True) for key, rating in ratings.items()
    }
    standing = db.session.get(ServiceStanding, SERVICE)
    assert standing is not None
    assert (standing.assessment_id, standing.total, standing.band_key) == (assessment_id, total, band)


def test_a_scale_without_bands_gets_none(app: Flask) -> None:
    assessment_id = begin(Kind.SELF, "thrive-24")
    rate(assessment_id, 120, "thrive-24")
    move(assessment_id, Action.CONFIRM, "manager")
    assert (fresh(assessment_id).total, fresh(assessment_id).band) == (120, None)


@pytest.mark.parametrize(("rating", "count"), [(3, 1), (4, 0), (5, 0), (2, 1)])
def test_a_plan_is_drafted_from_items_below_4_only(app: Flask, rating: int, count: int) -> None:
    assessment_id = begin(Kind.SELF)
    rate(assessment_id, 125)
    save_item(actor("staff"), assessment_id, item_key(9), ItemDraft(rating, "Why", "Seen"), 1)
    move(assessment_id, Action.CONFIRM, "manager")
    actions = db.session.scalars(select(PlanAction)).all()
    assert [(one.item_key, one.current_rating) for one in actions] == [(item_key(9), rating)] * count
    assert db.session.scalar(select(func.count()).select_from(Plan)) == count


def test_what_was_submitted_answered_and_made_final_is_sealed(app: Flask) -> None:
    assessment_id = _at(State.SETTLING)
    move(assessment_id, Action.AGREE, "eism")
    sealed = db.session.scalars(select(SealedSheet).order_by(SealedSheet.at)).all()
    assert [one.moment for one in sealed] == ["submitted", "answered", "final"]
    assert [digest(one.content) == one.digest for one in sealed] == [True] * 3
    assert [len(one.content["ratings"]) for one in sealed] == [25] * 3
    final = db.session.get(FinalRating, (assessment_id, item_key(25)))
    assert final is not None
    assert (final.rating, final.self_rating, final.guide_rating, final.agreed) == (5, 1, 5, False)


def test_each_move_tells_the_other_side_by_mail(app: Flask) -> None:
    assessment_id = _at(State.SETTLING)
    move(assessment_id, Action.AGREE, "eism")
    mails = db.session.scalars(select(Mail).order_by(Mail.created_at)).all()
    assert [(mail.recipient, mail.subject) for mail in mails] == [
        (email("eism"), "An assessment to guide: Alder Ips"),
        (email("manager"), "The guide has answered: Alder Ips"),
        (email("eism"), "The provider has answered: Alder Ips"),
        (email("manager"), "An assessment is final: Alder Ips"),
    ]
    assert all(f"/assessments/{assessment_id}" in mail.text for mail in mails)


def test_the_named_peer_guides_a_peer_assessment_and_no_other_peer_sees_it(app: Flask) -> None:
    assessment_id = with_guide(kind=Kind.PEER)
    for name in ("other-peer", "own-peer", "other-manager"):
        with pytest.raises(PortalError):
            propose(actor(name), assessment_id, item_key(1), 3, "Seen", 0)
    propose(actor("peer"), assessment_id, item_key(1), 5, "Seen", 0)
    move(assessment_id, Action.AGREE, "peer")
    assert fresh(assessment_id).state is State.FINAL


def test_every_move_is_one_row_named_after_its_action(app: Flask) -> None:
    _at(State.SETTLING)
    verbs = db.session.scalars(select(AuditRow.verb).order_by(AuditRow.number)).all()
    assert verbs == [
        "assessment.start",
        "assessment.rate-sheet",
        "assessment.submit",
        "assessment.propose",
        "assessment.hand-over",
        "assessment.answer-proposal",
        "assessment.reply",
    ]
