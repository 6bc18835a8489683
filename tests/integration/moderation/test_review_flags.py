"""The flags of a review: stored at hand-in, worked out again when what they rest on changes."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import inspect, select

from portal.accounts.rules.actors import PORTAL
from portal.core.act import act, operational
from portal.core.db import db
from portal.reviews.assessment.item_page import SOURCE_TITLES
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.pairs import AgreementRecord
from portal.reviews.external.service import moderating
from portal.reviews.external.service.cases import flag_anew, flag_reviewers_anew
from portal.reviews.moderation.models import ModerationCase
from portal.reviews.moderation.rules.cases import CaseState
from portal.reviews.moderation.rules.flags import FlagKind
from tests.support.assessing import OTHER_SERVICE, actor, id_of
from tests.support.moderating import NINE, THREE, amend, case_of
from tests.support.reviewing import fresh, handed_in


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
