"""Two at once on a review: what follows happens once, and the audit has a row for each change."""

from __future__ import annotations

import uuid
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from portal.accounts.rules.actors import Actor
from portal.core.act import operational
from portal.core.audit.models import AuditRow
from portal.core.audit.service import verify
from portal.core.db import db
from portal.core.errors import PortalError, Refused, Stale
from portal.directory.models import ServiceLink
from portal.reviews.assessment.definitions import keep
from portal.reviews.assessment.models import PublishedReport, ScaleContent, SealedSheet
from portal.reviews.external.models.pairs import AgreementRecord
from portal.reviews.external.models.scoring import ConsensusRating
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.consensus import AgreedDraft, agree, agree_identical
from portal.reviews.external.service.moderating import approve
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.scoring import lock, save_own_sheet
from portal.reviews.moderation.models import ModerationVote
from portal.reviews.moderation.service.cases import demand_open
from portal.scales.registry import registry
from tests.support import assessing, moderating, publishing, reviewing
from tests.support.assessing import SERVICE, actor, item_key
from tests.support.racing import race
from tests.support.reviewing import fresh, move, planned, sheet

ROUNDS = 8
SCORERS = ("lead-reviewer", "second-reviewer", "observer")
KEY = item_key(1)


def _won(ends: list[object]) -> list[object]:
    """What those gave who got through; whoever did not was told so."""
    errors = [end for end in ends if isinstance(end, BaseException)]
    assert all(isinstance(error, PortalError) for error in errors), ends
    return [end for end in ends if not isinstance(end, BaseException)]


def _count(model: type, *where: object) -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(model).where(*where)).one()  # type: ignore[arg-type]  # clauses


def _rows(review_id: UUID, verb: str) -> int:
    return _count(AuditRow, AuditRow.subject_id == str(review_id), AuditRow.verb == verb)


def _whole() -> None:
    db.session.rollback()
    assert verify(db.session())[1] == []


def _another_service(number: int) -> UUID:
    """A service like the first, so that it can have a review of its own."""
    made = uuid.uuid5(SERVICE, f"race {number}")
    links = db.session.scalars(select(ServiceLink).where(ServiceLink.service_id == SERVICE)).all()
    names = ("kind", "organisation_id", "person_id", "programme_key", "starts", "ends")
    with operational() as session:
        session.add(assessing._service(made, f"race-{number}"))
        session.flush()
        for link in links:
            copy = ServiceLink(**{name: getattr(link, name) for name in names})
            copy.service_id = made
            session.add(copy)
    return made


def _scored(service_id: UUID) -> UUID:
    made = planned(service_id=service_id)
    move(made, Action.OPEN, "lead")
    move(made, Action.BEGIN_FIELDWORK, "lead-reviewer")
    move(made, Action.LEAVE_SITE, "lead-reviewer", "The rest is asked by telephone.")
    for name in SCORERS:
        save_own_sheet(actor(name), made, sheet(), {})
    return made


def test_when_all_lock_at_once_consensus_opens_exactly_once(app: Flask) -> None:
    """Each presses twice: of every two one lock is taken, and the two sheets become one pair."""
    for number in range(ROUNDS):
        made = _scored(_another_service(number))
        people: list[Actor] = [actor(name) for name in SCORERS]
        ends = race(app, *[lambda one=one, made=made: lock(one, made) for one in people * 2])  # type: ignore[misc]  # a lambda with a default has no type
        won = _won(ends)
        reviewers = _count(
            SealedSheet,
            SealedSheet.assessment_id == made,
            SealedSheet.by.in_([one.person_id for one in people[:2]]),
        )
        assert (won.count(True), reviewers) == (1, 2), ends  # the observer may come too late
        assert fresh(made).stage is Stage.CONSENSUS
        assert _count(AgreementRecord, AgreementRecord.assessment_id == made) == 1
        assert _rows(made, "blind.lock") == len(won)
    _whole()


def test_of_two_who_agree_an_item_at_once_one_does(app: Flask) -> None:
    made = reviewing.in_consensus({KEY: 2})
    both = [actor(name) for name in SCORERS[:2]]
    for version in range(ROUNDS):
        drafts = [AgreedDraft(2 + 2 * place, "", f"{one.name} {version}") for place, one in enumerate(both)]
        ends = race(
            app,
            *[
                lambda one=one, draft=draft, seen=version: agree(one, made, KEY, draft, seen)  # type: ignore[misc]  # a lambda with a default has no type
                for one, draft in zip(both, drafts, strict=True)
            ],
        )
        assert _won(ends) == [version + 1], ends
        assert sum(isinstance(end, Stale) for end in ends) == 1
    assert _rows(made, "reviews.agree-item") == ROUNDS
    _whole()


def test_identical_items_are_taken_over_once(app: Flask) -> None:
    made = reviewing.in_consensus({KEY: 2})
    both = [actor(name) for name in SCORERS[:2]]
    ends = race(app, *[lambda one=one: agree_identical(one, made) for one in both * 2])  # type: ignore[misc]  # a lambda with a default has no type
    assert sorted(map(str, _won(ends))) == ["0", "0", "0", "24"], ends
    assert _count(ConsensusRating, ConsensusRating.assessment_id == made) == 24
    _whole()


@pytest.mark.parametrize("quorum", [1, 2])
def test_moderators_who_approve_at_once_pass_the_review_on_once(app: Flask, quorum: int) -> None:
    made = moderating.panel(quorum)
    version = demand_open(made).version
    both = [actor(name) for name in ("moderator", "other-moderator")]
    ends = race(app, *[lambda one=one: approve(one, made, version) for one in both * 2])  # type: ignore[misc]  # a lambda with a default has no type
    won = _won(ends)
    if won.count(Stage.ACCURACY) == 0:  # the second vote came over a case that the first had changed
        assert quorum == 2
        approve(both[1 if _votes() else 0], made, None)
    assert fresh(made).stage is Stage.ACCURACY
    assert won.count(Stage.ACCURACY) <= 1, ends
    assert _votes() == quorum
    _whole()


def _votes() -> int:
    return _count(ModerationVote)


def test_a_review_is_published_once(app: Flask) -> None:
    made = publishing.commented({})
    leads = [actor("lead-reviewer")] * 4
    ends = race(app, *[lambda one=one: advance(one, made, Action.PUBLISH, None) for one in leads])  # type: ignore[misc]  # a lambda with a default has no type
    assert _won(ends) == [Stage.PUBLISHED], ends
    assert sum(isinstance(end, Refused) for end in ends) == 3
    assert _count(PublishedReport, PublishedReport.assessment_id == made) == 1
    assert _rows(made, "reviews.publish") == 1
    _whole()


def test_two_who_first_use_a_scale_keep_its_definition_once(app: Flask) -> None:
    with operational() as session:
        session.execute(delete(ScaleContent))

    def first_use() -> bool:
        with operational():
            keep(registry().get(reviewing.SCALE))
        return True

    assert race(app, *[first_use] * 4) == [True] * 4
    assert _count(ScaleContent) == 1
