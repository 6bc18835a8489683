"""Who may start what, on which scale, and bringing in past assessments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, Refused
from portal.directory.models import Service, ServiceStanding
from portal.directory.scope import links_of
from portal.directory.service import close_service
from portal.reviews.assessment.models import Assessment, ScaleContent
from portal.reviews.assessment.rules.workflow import Action, Kind, State
from portal.reviews.assessment.service.past import PastAssessment, import_past
from portal.reviews.assessment.service.starting import Start, peer_reviewers, start
from portal.scales.registry import registry
from tests.support import assessing
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, audit_rows, begin, fresh, id_of, move


def _wanted(**others: object) -> Start:
    today = clock.today()
    return replace(Start(SERVICE, "ips-25", Kind.GUIDED, today - timedelta(days=90), today), **others)  # type: ignore[arg-type]  # named fields


def _started() -> list[UUID]:
    db.session.rollback()
    return list(db.session.scalars(select(Assessment.id)))


def test_a_start_is_a_draft_pinned_to_the_definition_with_one_audit_row(app: Flask) -> None:
    before = audit_rows()
    found = fresh(begin())
    scale = registry().get("ips-25")
    assert (found.state, found.kind, found.guide_id) == (State.DRAFT, Kind.GUIDED, id_of("eism"))
    assert (found.scale_version, found.scale_digest) == (scale.version, scale.digest)
    assert db.session.get(ScaleContent, scale.digest) is not None
    assert audit_rows() == before + 1


@pytest.mark.parametrize(
    "name", ["other-manager", "peer", "eism", "lead", "buyer", "commissioner", "administrator"]
)
def test_only_the_services_own_provider_starts(app: Flask, name: str) -> None:
    before = audit_rows()
    with pytest.raises(Forbidden):
        start(actor(name), _wanted())
    assert _started() == []
    assert audit_rows() == before


def test_another_providers_service_is_refused(app: Flask) -> None:
    with pytest.raises(Forbidden):
        start(actor("manager"), _wanted(service_id=OTHER_SERVICE))


@pytest.mark.parametrize(
    ("scale", "words"), [("seqf", "incomplete"), ("ips-15", "past results only"), ("none", "Select a scale")]
)
def test_nothing_starts_on_a_scale_that_is_incomplete_or_kept_for_history(
    app: Flask, scale: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        start(actor("manager"), _wanted(scale_key=scale))
    assert words in refused.value.problems["scale"]
    assert _started() == []


@pytest.mark.parametrize(
    ("days_from", "days_to", "taken"),
    [(-1, 0, True), (0, 0, True), (1, 0, False), (-1, 1, False), (-2, -1, True)],
)
def test_the_evidence_period_is_in_order_and_ends_by_today(
    app: Flask, days_from: int, days_to: int, taken: bool
) -> None:
    today = clock.today()
    wanted = _wanted(period_from=today + timedelta(days=days_from), period_to=today + timedelta(days=days_to))
    if taken:
        start(actor("manager"), wanted)
    else:
        with pytest.raises(Invalid) as refused:
            start(actor("manager"), wanted)
        assert set(refused.value.problems) == {"period_to"}


def test_a_second_open_one_on_the_same_scale_is_refused_and_on_another_is_not(app: Flask) -> None:
    begin()
    before = audit_rows()
    with pytest.raises(Refused, match="already has an open assessment"):
        begin(Kind.SELF)
    assert audit_rows() == before
    begin(scale="scr")
    assert len(_started()) == 2


def test_a_withdrawn_draft_makes_room_and_is_not_restored_beside_an_open_one(app: Flask) -> None:
    first = begin()
    move(first, Action.WITHDRAW, "manager")
    begin()
    before = audit_rows()
    with pytest.raises(Refused, match="already has an open assessment"):
        move(first, Action.RESTORE, "manager")
    assert fresh(first).state is State.WITHDRAWN
    assert audit_rows() == before


def test_the_database_itself_refuses_a_second_open_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    begin()
    monkeypatch.setattr("portal.reviews.assessment.service.starting.refuse_second", lambda *_: None)
    with pytest.raises(Refused, match="already has an open assessment"):
        begin()


def test_a_peer_reviewer_comes_from_another_provider(app: Flask) -> None:
    links = links_of(SERVICE)
    assert links is not None
    assert set(peer_reviewers(links)) == {id_of("peer"), id_of("other-peer")}
    for guide in (None, "own-peer", "eism", "other-manager"):
        with pytest.raises(Invalid) as refused:
            start(actor("manager"), _wanted(kind=Kind.PEER, guide_id=id_of(guide) if guide else None))
        assert set(refused.value.problems) == {"guide"}
    assert fresh(begin(Kind.PEER)).guide_id == id_of("peer")


def test_an_external_review_is_not_started_here(app: Flask) -> None:
    with pytest.raises(Invalid) as refused:
        start(actor("manager"), _wanted(kind=Kind.EXTERNAL))
    assert set(refused.value.problems) == {"kind"}


def _past(**others: object) -> PastAssessment:
    past = PastAssessment(
        SERVICE, Kind.EXTERNAL, "ips-25", clock.today() - timedelta(days=200), assessing.ratings_for(104)
    )
    return replace(past, **others)  # type: ignore[arg-type]  # named fields


def test_a_past_review_is_final_on_its_date_with_one_audit_row(app: Flask) -> None:
    before = audit_rows()
    found = fresh(import_past(actor("lead"), _past(reviewers="Ann and Ben")))
    assert (found.state, found.total, found.band, found.imported) == (State.FINAL, 104, "good", True)
    assert found.final_at is not None
    assert clock.uk(found.final_at).date() == clock.today() - timedelta(days=200)
    assert audit_rows() == before + 1


def test_an_older_past_review_does_not_become_the_standing(app: Flask) -> None:
    newer = import_past(actor("eism"), _past())
    import_past(
        actor("eism"), _past(on=clock.today() - timedelta(days=201), ratings=assessing.ratings_for(60))
    )
    standing = db.session.get(ServiceStanding, SERVICE)
    assert standing is not None
    assert (standing.assessment_id, standing.total) == (newer, 104)


@pytest.mark.parametrize("name", ["manager", "staff", "peer", "far-eism", "buyer"])
def test_who_may_not_bring_in_past_reviews(app: Flask, name: str) -> None:
    with pytest.raises(Forbidden):
        import_past(actor(name), _past())


def test_a_past_review_must_be_whole_and_of_the_scale(app: Flask) -> None:
    ratings = assessing.ratings_for(104)
    first = next(iter(ratings))
    with pytest.raises(Refused, match="missing: 1"):
        import_past(
            actor("lead"), _past(ratings={key: value for key, value in ratings.items() if key != first})
        )
    for wrong in ({first: 6}, {first: 0}, {"no-such-item": 3}):
        with pytest.raises(Invalid):
            import_past(actor("lead"), _past(ratings=ratings | wrong))
    with pytest.raises(Invalid):
        import_past(actor("lead"), _past(on=clock.today() + timedelta(days=1)))
    with pytest.raises(Invalid):
        import_past(actor("lead"), _past(scale_key="seqf"))
    assert _started() == []


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, True), (1, False)])
def test_nothing_starts_at_a_service_from_the_day_it_closes(app: Flask, days: int, refused: bool) -> None:
    version = db.session.get_one(Service, SERVICE).version
    close_service(PORTAL, SERVICE, version, clock.today() + timedelta(days=days))
    if not refused:
        assert start(actor("manager"), _wanted())
        return
    with pytest.raises(Refused, match="closed"):
        start(actor("manager"), _wanted())
    assert _started() == []
