"""Ticking steps off: who may, what it changes, and what the portal notes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask

from portal.core import clock
from portal.core.act import act
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.programmes.rules.review import Fact, Unit
from portal.reviews.external.loading import LoadedReview, load_review
from portal.reviews.external.rules.timeline import Line, Status, shift
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.timeline import board, happened, note_fact, panel, tick, untick
from tests.support.assessing import actor, audit_rows
from tests.support.planned_reviews import AHEAD, day, noon, opened, planned, published, put
from tests.support.reviewing import REVIEWERS
from tests.support.statements import recorded


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(noon()):
        yield


def found(assessment_id: UUID) -> LoadedReview:
    review = load_review(assessment_id, fresh=True)
    assert review is not None
    return review


def line(assessment_id: UUID, key: str) -> Line:
    wanted = board(found(assessment_id)).line(key)
    assert wanted is not None
    return wanted


def test_a_step_is_ticked_off_and_open_again(app: Flask) -> None:
    review = opened()
    before = audit_rows()
    assert line(review, "agreement").status is Status.OVERDUE
    tick(actor("staff"), review, "agreement")
    assert (line(review, "agreement").status, line(review, "agreement").done_on) == (Status.DONE, day(0))
    untick(actor("manager"), review, "agreement")
    assert line(review, "agreement").status is Status.OVERDUE
    assert audit_rows() == before + 2


def test_ticking_again_or_taking_back_what_is_not_there_changes_nothing(app: Flask) -> None:
    review = opened()
    tick(actor("staff"), review, "agreement", day(-9), "Signed by both")
    before = audit_rows()
    tick(actor("staff"), review, "agreement")
    tick(actor("staff"), review, "agreement", day(-9), "Signed by both")
    untick(actor("staff"), review, "portfolio")
    assert audit_rows() == before
    assert line(review, "agreement").done_on == day(-9)


@pytest.mark.parametrize(
    ("step", "may"),
    [
        ("agreement", {"manager", "staff", "lead", "eism", "stand-in"}),
        (
            "information-governance",
            {"manager", "staff", "lead", "eism", "lead-reviewer", "second-reviewer", "stand-in"},
        ),
        ("support", {"lead", "eism", "stand-in"}),
    ],
)  # the stand-in is an EISM of the service's region, and so plans too
def test_whose_step_it_is_ticks_it_off_and_whoever_plans(app: Flask, step: str, may: set[str]) -> None:
    review = opened()
    planners = {"lead", "eism", "stand-in"}  # the stand-in is an EISM of the service's region
    for name in ("manager", "staff", *planners, *REVIEWERS[:4]):
        if name in may | planners:
            tick(actor(name), review, step)
            untick(actor(name), review, step)
        else:
            with pytest.raises(Forbidden):
                tick(actor(name), review, step)


@pytest.mark.parametrize("name", ["other-manager", "buyer", "commissioner", "administrator", "peer"])
def test_others_learn_nothing_of_the_review(app: Flask, name: str) -> None:
    review = opened()
    for verb in (tick, untick):
        with pytest.raises(NotFound):
            verb(actor(name), review, "agreement")


def test_a_step_of_no_review_or_only_of_virtual_ones_is_not_there(app: Flask) -> None:
    review = opened()
    for key in ("no-such", "virtual-sharing"):
        with pytest.raises(NotFound):
            tick(actor("lead"), review, key)


def test_virtual_reviews_have_their_own_step(app: Flask) -> None:
    tick(actor("staff"), opened(virtual=True), "virtual-sharing")


def test_what_the_portal_notes_itself_is_nobodys_to_tick(app: Flask) -> None:
    review = opened()
    for verb in (tick, untick):
        with pytest.raises(Refused, match="portal notes"):
            verb(actor("lead"), review, "presentation")


def test_a_cancelled_review_takes_no_ticks(app: Flask) -> None:
    review = opened()
    advance(actor("lead"), review, Action.CANCEL, None, "The service closes")
    with pytest.raises(Refused, match="cancelled"):
        tick(actor("lead"), review, "agreement")
    assert {one.status for one in board(found(review)).lines} == {Status.STOPPED}
    assert panel(found(review)).overdue == []


@pytest.mark.parametrize(("ahead", "sound"), [(-1, True), (0, True), (1, False)])
def test_the_day_is_not_in_the_future(app: Flask, ahead: int, sound: bool) -> None:
    _take(day(ahead), sound)


@pytest.mark.parametrize(("after", "sound"), [(1, True), (0, True), (-1, False)])
def test_the_day_is_not_more_than_a_year_before_the_visit(app: Flask, after: int, sound: bool) -> None:
    year_before = shift(day(AHEAD), -12, Unit.MONTHS)
    _take(year_before + timedelta(days=after), sound)


def _take(on: date, sound: bool) -> None:
    review = opened()
    if sound:
        tick(actor("staff"), review, "agreement", on)
        assert line(review, "agreement").done_on == on
    else:
        with pytest.raises(Invalid) as refusal:
            tick(actor("staff"), review, "agreement", on)
        assert set(refusal.value.problems) == {"done_on"}


@pytest.mark.parametrize(("length", "sound"), [(999, True), (1000, True), (1001, False)])
def test_a_note_has_a_length(app: Flask, length: int, sound: bool) -> None:
    review = opened()
    if sound:
        tick(actor("staff"), review, "agreement", note="x" * length)
    else:
        with pytest.raises(Invalid):
            tick(actor("staff"), review, "agreement", note="x" * length)


def test_who_saw_another_entry_is_shown_what_stands(app: Flask) -> None:
    review = opened()
    tick(actor("staff"), review, "agreement", day(-4), "First", expected_version=0)
    with pytest.raises(Stale) as conflict:
        tick(actor("lead"), review, "agreement", day(-3), "Second", expected_version=0)
    assert (conflict.value.current, conflict.value.version) == (
        {"done_on": day(-4), "note": "First"},
        1,
    )
    tick(actor("lead"), review, "agreement", day(-3), "Second", expected_version=1)
    untick(actor("lead"), review, "agreement")
    with pytest.raises(Stale, match="took this tick back"):
        tick(actor("staff"), review, "agreement", expected_version=2)


def test_moves_of_the_workflow_complete_steps(app: Flask) -> None:
    review = opened()
    with act(actor("lead"), "test", ("review", review)):
        for action in (Action.SUBMIT, Action.PASS, Action.CLOSE_COMMENTS, Action.NOTE):
            happened(found(review), action)
    for key in ("report", "moderation", "feedback"):
        assert line(review, key).done_on == day(0), key
    with act(actor("lead"), "test", ("review", review)):
        happened(found(review), Action.RETURN)
    assert line(review, "report").done_on is None
    assert line(review, "moderation").done_on is not None


def test_what_was_noted_on_its_day_keeps_it(app: Flask) -> None:
    review = opened()
    with act(actor("lead"), "test", ("review", review)):
        happened(found(review), Action.SUBMIT)
    put(review, presented_on=day(5))
    assert (line(review, "report").done_on, line(review, "moderation").done_on) == (day(0), day(5))


def test_a_fact_keeps_its_first_day(app: Flask) -> None:
    review = opened()
    for ahead in (0, 5):
        later = noon() + timedelta(days=ahead)
        with clock.at(later), act(actor("lead"), "test", ("review", review)):
            note_fact(found(review), Fact.SELF_AUDIT)
    assert line(review, "self-audit").done_on == day(0)


def test_the_reviews_own_record_completes_steps(app: Flask) -> None:
    review = opened()
    published(review, day(-40), day(-20))
    put(
        review,
        left_site_at=datetime(2026, 6, 17, 23, 30, tzinfo=UTC),
        purged_at=datetime(2026, 8, 3, tzinfo=UTC),
    )
    assert line(review, "fieldwork").done_on == date(2026, 6, 18)  # half past midnight in the UK
    assert line(review, "presentation").done_on == day(-40)
    for key in ("report", "moderation"):  # not noted by themselves: presented is written and moderated
        assert line(review, key).done_on == day(-40)
    assert line(review, "feedback").done_on == day(-20)
    assert line(review, "purge").done_on == date(2026, 8, 3)
    assert line(review, "agreement").status is Status.LAPSED


def test_who_goes_back_to_the_site_has_not_left_it(app: Flask) -> None:
    review = opened()
    put(review, stage=Stage.FIELDWORK, left_site_at=noon())
    assert line(review, "fieldwork").done_on is None


def test_the_timeline_costs_two_statements(app: Flask) -> None:
    review = found(planned())
    with recorded(app) as statements:
        board(review)
    assert len(statements) == 2, statements
