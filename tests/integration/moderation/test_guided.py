"""Guided self-assessments that a moderator looks at before they are final."""

from __future__ import annotations

import json
import uuid
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
from portal.programmes.registry import default_review
from portal.reviews.assessment.loading import facts_of, item_ratings, load, proposals_of
from portal.reviews.assessment.models import PublishedReport
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import TABLE, Action, Kind, State
from portal.reviews.assessment.service import moderating
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.guiding import answer_proposal, propose
from portal.reviews.assessment.service.moving import advance
from portal.reviews.assessment.service.rating import save_item
from portal.reviews.assessment.service.starting import Start, start
from portal.reviews.moderation.models import ModerationCase
from portal.reviews.moderation.queries import approvals_of, latest_case, open_items
from portal.reviews.moderation.rules.cases import CaseState
from portal.reviews.moderation.rules.flags import FlagKind
from portal.reviews.moderation.rules.sampling import sampled
from tests.support import assessing
from tests.support.assessing import (
    PEOPLE,
    SERVICE,
    actor,
    audit_rows,
    begin,
    email,
    fresh,
    id_of,
    item_key,
    move,
    rate,
    with_guide,
    with_moderator,
)
from tests.support.page_client import PageClient

NINE = item_key(9)


def why(assessment_id: UUID) -> tuple[str, ...]:
    db.session.rollback()
    found = load(assessment_id)
    assert found is not None
    return facts_of(found, item_ratings(assessment_id)).moderation


def case_of(assessment_id: UUID) -> ModerationCase:
    db.session.rollback()
    query = select(ModerationCase).order_by(ModerationCase.round.desc()).limit(1)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def test_nothing_flagged_and_not_drawn_is_agreed_without_a_moderator(app: Flask) -> None:
    assessment_id = with_guide()
    assert why(assessment_id) == ()
    with pytest.raises(Refused, match="needs no moderator"):
        move(assessment_id, Action.HAND_TO_MODERATOR, "eism")
    move(assessment_id, Action.AGREE, "eism")
    assert fresh(assessment_id).state is State.FINAL


@pytest.mark.parametrize(
    ("total", "flagged"),
    [(97, False), (98, True), (99, True), (100, True), (101, True), (102, False)],
)
def test_a_total_at_a_bands_edge_goes_to_a_moderator(app: Flask, total: int, flagged: bool) -> None:
    assessment_id = with_guide(total)
    assert bool(why(assessment_id)) is flagged
    if flagged:
        with pytest.raises(Refused, match="goes to a moderator"):
            move(assessment_id, Action.AGREE, "eism")


def test_a_rating_without_evidence_goes_to_a_moderator(app: Flask) -> None:
    assessment_id = begin()
    rate(assessment_id, 105)
    save_item(actor("staff"), assessment_id, NINE, ItemDraft(5, "Why", ""), 1)
    move(assessment_id, Action.SUBMIT, "manager")
    assert why(assessment_id) == ("Item 9 is rated 5 without any evidence named or attached",)


def test_a_rating_against_the_calculator_goes_to_a_moderator(app: Flask) -> None:
    assessment_id = begin()
    rate(assessment_id, 105)
    draft = ItemDraft(5, "Why", "Seen", {"clients": "90", "fte": "1"})
    save_item(actor("staff"), assessment_id, item_key(1), draft, 1)
    move(assessment_id, Action.SUBMIT, "manager")
    assert why(assessment_id) == ("Item 1 is rated 5; the measures suggest 1",)


def test_a_large_change_since_last_time_goes_to_a_moderator(app: Flask) -> None:
    with clock.at(clock.now() - timedelta(days=200)):
        before = begin(Kind.SELF)
        rate(before, 105)
        move(before, Action.CONFIRM, "manager")
    assessment_id = with_guide()
    assert why(assessment_id) == ()
    propose(actor("eism"), assessment_id, NINE, 3, "Seen", 0)  # 5 last time
    move(assessment_id, Action.HAND_OVER, "eism")
    answer_proposal(actor("manager"), assessment_id, NINE, Response.ACCEPTED, "", 1)
    move(assessment_id, Action.REPLY, "manager")
    [words] = why(assessment_id)
    assert words.startswith("Item 9 is rated 3; it was 5 in the self-assessment of")


def test_one_that_the_sample_draws_goes_to_a_moderator_and_says_so(app: Flask) -> None:
    drawn = uuid.uuid4()
    while not sampled(drawn, default_review().guided_sample_percent):
        drawn = uuid.uuid4()
    today = clock.today()
    start(actor("staff"), Start(SERVICE, "ips-25", Kind.GUIDED, today - timedelta(days=90), today), drawn)
    rate(drawn, 105)
    move(drawn, Action.SUBMIT, "manager")
    assert "20 in 100, drawn by chance" in why(drawn)[0]
    move(drawn, Action.HAND_TO_MODERATOR, "eism")
    case = case_of(drawn)
    assert (case.sampled, case.flag_count, case.risk) == (True, 0, 0)


@pytest.mark.parametrize("kind", [Kind.PEER, Kind.SELF])
def test_other_kinds_are_never_moderated(app: Flask, kind: Kind) -> None:
    assessment_id = begin(kind)
    rate(assessment_id, 100)
    if kind is Kind.SELF:
        move(assessment_id, Action.CONFIRM, "manager")
    else:
        move(assessment_id, Action.SUBMIT, "manager")
        assert why(assessment_id) == ()
        move(assessment_id, Action.AGREE, "peer")
    assert fresh(assessment_id).state is State.FINAL


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


def test_the_pages_of_a_guided_case(app: Flask, client: PageClient) -> None:
    assessment_id = with_guide(100)
    address = f"/assessments/{assessment_id}/moderation"
    client.sign_in(email("eism"))
    page = client.get(f"/assessments/{assessment_id}/agreement")
    assert "The total of 100 is on the edge of Good fidelity (100 to 114)" in page.text
    client.submit()
    client.sign_in(email("lead"))
    client.get("/moderation")
    client.click("Name a moderator for Alder Ips")
    page = client.submit(f"{address}/moderators", expect=400)
    assert page.errors == ["Choose who moderates it"]
    page = client.submit(f"{address}/moderators", moderator=str(id_of("far-eism")))
    assert "Far eism Person" in page.text
    client.sign_in(email("far-eism"))
    client.get(address)
    client.click("Send it back to the guide")
    page = client.submit(reason="", expect=400)
    assert page.errors == ["Say what the guide should do"]
    client.submit(reason="Look at item 1 again.")
    client.get(address, expect=404)
    client.sign_in(email("eism"))
    assert "Look at item 1 again." in client.get(f"/assessments/{assessment_id}/guidance").text


@pytest.mark.parametrize("name", ["manager", "staff", "far-eism", "buyer", "commissioner", "other-manager"])
def test_others_do_not_see_the_moderation(app: Flask, client: PageClient, name: str) -> None:
    assessment_id = with_moderator()
    client.sign_in(email(name))
    for rest in ("", "/approve", "/return", "/moderators"):
        client.get(f"/assessments/{assessment_id}/moderation{rest}", expect=404)


def test_provider_and_guide_are_told_where_it_is(app: Flask, client: PageClient) -> None:
    assessment_id = with_moderator()
    client.sign_in(email("manager"))
    assert "A moderator looks at it before it is final" in client.get(f"/assessments/{assessment_id}").text
    client.sign_in(email("eism"))
    client.get(f"/assessments/{assessment_id}")
    client.click("See the moderation")
    assert "Ask about" not in assessing_text(client)


def assessing_text(client: PageClient) -> str:
    assert client.page is not None
    return client.page.text


def test_two_approvals_at_once_make_it_final_once(app: Flask) -> None:
    assessment_id = with_moderator()
    moderating.approve(actor("lead"), assessment_id, None)
    with pytest.raises(Refused):
        moderating.approve(actor("lead"), assessment_id, None)
    assert assessing.fresh(assessment_id).state is State.FINAL
