"""Guided self-assessments that a moderator looks at before they are final."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, PortalError, Refused
from portal.core.jobs.models import Mail
from portal.core.rules.months import months_before
from portal.directory.models import ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.reviews.assessment.loading import proposals_of
from portal.reviews.assessment.models import PublishedReport
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import TABLE, Action, State
from portal.reviews.assessment.service import moderating
from portal.reviews.assessment.service.guiding import answer_proposal, propose
from portal.reviews.assessment.service.moving import advance
from portal.reviews.moderation.models import ModerationCase
from portal.reviews.moderation.queries import approvals_of, latest_case, open_items
from portal.reviews.moderation.rules.cases import CaseState
from portal.reviews.moderation.rules.flags import FlagKind
from tests.support import assessing
from tests.support.assessing import (
    PEOPLE,
    SERVICE,
    actor,
    audit_rows,
    fresh,
    id_of,
    item_key,
    move,
    with_guide,
    with_moderator,
)

NINE = item_key(9)


def case_of(assessment_id: UUID) -> ModerationCase:
    db.session.rollback()
    query = select(ModerationCase).order_by(ModerationCase.round.desc()).limit(1)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def test_an_approval_makes_it_final_and_the_report_names_guide_and_moderator(app: Flask) -> None:
    assessment_id = with_moderator()
    assert moderating.approve(actor("lead"), assessment_id, None) is State.FINAL
    found = fresh(assessment_id)
    assert (found.state, found.total, found.guide_id) == (State.FINAL, 100, id_of("eism"))
    assert case_of(assessment_id).state is CaseState.APPROVED
    report = db.session.scalars(select(PublishedReport)).one()
    steps = [(step["what"], step["name"]) for step in json.loads(report.content)["steps"]]
    assert steps[-2:] == [("Guided and agreed by", "Eism Person"), ("Moderated by", "Lead Person")]


def test_sent_back_it_is_the_guides_again_and_what_differs_is_asked_anew(app: Flask) -> None:
    assessment_id = with_guide(98)
    accepted, kept = item_key(1), item_key(25)
    for key, rating in ((accepted, 3), (kept, 4)):
        propose(actor("eism"), assessment_id, key, rating, "Seen", 0)
    move(assessment_id, Action.HAND_OVER, "eism")
    answer_proposal(actor("manager"), assessment_id, accepted, Response.ACCEPTED, "", 1)
    answer_proposal(actor("manager"), assessment_id, kept, Response.KEPT, "Ours", 1)
    move(assessment_id, Action.REPLY, "manager")
    move(assessment_id, Action.HAND_TO_MODERATOR, "eism")
    moderating.take(actor("lead"), assessment_id)
    with pytest.raises(Invalid):
        moderating.send_back(actor("lead"), assessment_id, "  ", None)
    moderating.send_back(actor("lead"), assessment_id, "Look at item 25.", None)
    assert fresh(assessment_id).state is State.WITH_GUIDE
    proposals = proposals_of(assessment_id)
    assert proposals[accepted].response is Response.ACCEPTED
    assert (proposals[kept].response, proposals[kept].answer) == (None, "")
    case = case_of(assessment_id)
    assert (case.state, case.return_reason) == (CaseState.RETURNED, "Look at item 25.")


def test_a_second_hand_over_to_moderators_is_a_second_case(app: Flask) -> None:
    assessment_id = with_moderator()
    moderating.send_back(actor("lead"), assessment_id, "Again.", None)
    move(assessment_id, Action.HAND_TO_MODERATOR, "eism")
    assert case_of(assessment_id).round == 2
    with pytest.raises(NotFound):  # named for the first, not for this one
        moderating.approve(actor("far-eism"), assessment_id, None)


@pytest.mark.parametrize("name", ["eism", "stand-in"])
def test_neither_a_guide_nor_the_supporting_eism_moderates(app: Flask, name: str) -> None:
    assessment_id = with_guide(100)
    if name == "stand-in":  # supports nobody by assignment, but has guided this one
        propose(actor(name), assessment_id, item_key(1), 5, "As you say", 0)
    move(assessment_id, Action.HAND_TO_MODERATOR, "eism")
    before = audit_rows()
    with pytest.raises(Invalid):
        moderating.take(actor(name), assessment_id)
    with pytest.raises(Invalid):
        moderating.name(actor("lead"), assessment_id, id_of(name))
    assert audit_rows() == before


@pytest.mark.parametrize(("days", "barred"), [(-1, False), (0, True), (1, True)])
def test_whoever_supported_the_service_in_the_last_twelve_months_does_not_moderate(
    app: Flask, days: int, barred: bool
) -> None:
    assessment_id = with_guide(100)
    move(assessment_id, Action.HAND_TO_MODERATOR, "eism")
    edge = months_before(clock.today(), 12)
    with operational() as session:
        link = ServiceLink(kind=LinkKind.EISM, person_id=id_of("far-eism"), service_id=SERVICE)
        link.starts, link.ends = edge - timedelta(days=100), edge + timedelta(days=days)
        session.add(link)
    if barred:
        with pytest.raises(Invalid):
            moderating.take(actor("far-eism"), assessment_id)
    else:
        moderating.take(actor("far-eism"), assessment_id)


@pytest.mark.parametrize("name", sorted(set(PEOPLE) - {"lead", "eism", "stand-in", "far-eism"}))
def test_nobody_from_elsewhere_takes_it(app: Flask, name: str) -> None:
    assessment_id = with_guide(100)
    move(assessment_id, Action.HAND_TO_MODERATOR, "eism")
    before = audit_rows()
    with pytest.raises((Forbidden, NotFound)):
        moderating.take(actor(name), assessment_id)
    assert audit_rows() == before


@pytest.mark.parametrize("name", sorted(set(PEOPLE) - {"lead"}))
def test_only_the_lead_manager_names_who_moderates(app: Flask, name: str) -> None:
    assessment_id = with_guide(100)
    move(assessment_id, Action.HAND_TO_MODERATOR, "eism")
    with pytest.raises((Forbidden, NotFound)):
        moderating.name(actor(name), assessment_id, id_of("far-eism"))


@pytest.mark.parametrize("action", [Action.QUERY, Action.APPROVE, Action.SEND_BACK, Action.PASS])
def test_every_move_of_a_moderator_is_refused_to_everybody_else(app: Flask, action: Action) -> None:
    assessment_id = with_moderator()
    assert TABLE[State.WITH_MODERATOR, action].who is Permission.REVIEW_MODERATE
    before = audit_rows()
    for name in set(PEOPLE) - {"lead"}:
        with pytest.raises((Forbidden, NotFound)):
            advance(actor(name), assessment_id, action, None, "A reason")
    assert audit_rows() == before


def test_nobody_passes_it_without_the_quorum(app: Flask) -> None:
    assessment_id = with_moderator()
    with pytest.raises(Refused, match="0 of 1"):
        advance(actor("lead"), assessment_id, Action.PASS, None)


def test_queries_go_to_the_guide_and_hold_the_approval(app: Flask) -> None:
    assessment_id = with_moderator()
    moderating.query(actor("lead"), assessment_id, NINE, "What did you see?")
    with pytest.raises(Refused, match="item 9"):
        moderating.approve(actor("lead"), assessment_id, None)
    for name in ("manager", "staff", "far-eism"):
        with pytest.raises(PortalError):
            moderating.answer(actor(name), assessment_id, NINE, "It was me")
    moderating.answer(actor("eism"), assessment_id, NINE, "The rota.")
    moderating.resolve(actor("lead"), assessment_id, NINE)
    assert open_items(assessment_id) == frozenset()
    subjects = [
        one.subject.split(":")[0] for one in db.session.scalars(select(Mail)) if "query" in one.subject
    ]
    assert subjects == ["A query from the moderator", "A query was answered"]


def test_a_moderator_of_the_region_does_not_answer_their_own_query(app: Flask) -> None:
    assessment_id = with_moderator(by="stand-in")
    moderating.query(actor("stand-in"), assessment_id, NINE, "What did you see?")
    with pytest.raises(Refused, match="the guide answers"):
        moderating.answer(actor("stand-in"), assessment_id, NINE, "It is fine.")


def test_taking_a_name_back_takes_the_approval_with_it(app: Flask) -> None:
    assessment_id = with_moderator()
    with operational() as session:
        session.get_one(ModerationCase, case_of(assessment_id).id).quorum = 2
    moderating.approve(actor("lead"), assessment_id, None)
    assert approvals_of(assessment_id) == 1
    moderating.unname(actor("lead"), assessment_id, id_of("lead"))
    assert approvals_of(assessment_id) == 0
    found = latest_case(assessment_id)
    assert found is not None
    assert found.moderators == ()


def test_the_flags_are_stored_when_it_is_handed_over(app: Flask) -> None:
    found = latest_case(with_moderator())
    assert found is not None
    assert [flag.kind for flag in found.flags] == [FlagKind.EDGE]


def test_two_approvals_at_once_make_it_final_once(app: Flask) -> None:
    assessment_id = with_moderator()
    moderating.approve(actor("lead"), assessment_id, None)
    with pytest.raises(Refused):
        moderating.approve(actor("lead"), assessment_id, None)
    assert assessing.fresh(assessment_id).state is State.FINAL
