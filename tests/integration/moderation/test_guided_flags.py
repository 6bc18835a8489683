"""Which guided self-assessments go to a moderator before they are final."""

from __future__ import annotations

import uuid
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.programmes.registry import default_review
from portal.reviews.assessment.loading import facts_of, item_ratings, load
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Action, Kind, State
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.guiding import answer_proposal, propose
from portal.reviews.assessment.service.rating import save_item
from portal.reviews.assessment.service.starting import Start, start
from portal.reviews.moderation.models import ModerationCase
from portal.reviews.moderation.rules.sampling import sampled
from tests.support.assessing import (
    SERVICE,
    actor,
    begin,
    fresh,
    item_key,
    move,
    rate,
    with_guide,
)

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
