"""Publication writes the result, earns the accreditation, issues the report and tells those concerned."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Refused
from portal.core.jobs import worker
from portal.core.jobs.models import Job, Mail
from portal.directory.models import ServiceStanding
from portal.plans.models import Plan
from portal.reviews.assessment import report as drawing
from portal.reviews.assessment.models import Assessment, FinalRating, PublishedReport
from portal.reviews.assessment.report_queries import published as report_of
from portal.reviews.assessment.rules.report import Report
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.external.models.portfolio import PlannedMeeting
from portal.reviews.external.models.publication import ReportRecipient
from portal.reviews.external.models.scoring import ConsensusRating
from portal.reviews.external.publication import material, standing_of
from portal.reviews.external.rules.accuracy import Decision
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.meetings import MeetingState
from portal.reviews.external.rules.portfolio import MeetingKind
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.accuracy import add_file, comment
from portal.reviews.external.service.consensus import AgreedDraft, agree, agree_identical
from portal.reviews.external.service.moderating import Amendment, amend
from portal.reviews.external.team import Named
from tests.support.assessing import SERVICE, actor, id_of, item_key
from tests.support.page_client import PageClient
from tests.support.publishing import FIRST, approved, commented, decided, presented, published
from tests.support.reviewing import fresh, handed_in, in_consensus, move, planned


def read(assessment_id: UUID) -> Report:
    db.session.rollback()
    found = report_of(assessment_id)
    assert found is not None
    return found.report


def assessment_of(assessment_id: UUID) -> Assessment:
    db.session.rollback()
    return db.session.get_one(Assessment, assessment_id, populate_existing=True)


def test_publication_makes_the_assessment_final_with_total_band_and_names(app: Flask) -> None:
    assessment_id = published()
    assessment = assessment_of(assessment_id)
    assert (assessment.state, assessment.total, assessment.band) == (State.FINAL, 100, "good")
    assert assessment.reviewers == "Lead reviewer Person and Second reviewer Person"
    assert assessment.final_by == id_of("lead-reviewer")
    finals = db.session.scalars(select(FinalRating).where(FinalRating.assessment_id == assessment_id)).all()
    assert [row.rating for row in finals] == [4] * 25
    assert all(row.self_rating is None for row in finals)
    standing = db.session.get_one(ServiceStanding, SERVICE)
    assert (standing.assessment_id, standing.total) == (assessment_id, 100)


def test_a_band_that_accredits_counts_from_publication_and_the_next_review_is_due(app: Flask) -> None:
    review = fresh(published()).review
    today = clock.today()
    assert review.published_on == today
    assert review.valid_until == today.replace(year=today.year + 3)
    assert review.next_due_on == today.replace(year=today.year + 3)


@pytest.mark.parametrize(("threes", "accredited"), [(0, True), (1, False)])
def test_the_accreditation_turns_on_the_bands_edge(app: Flask, threes: int, accredited: bool) -> None:
    """100 is the lowest total of good fidelity; 99 is fair."""
    assessment_id = in_consensus()
    agree_identical(actor("lead-reviewer"), assessment_id)
    if threes:
        agree(actor("lead-reviewer"), assessment_id, FIRST, AgreedDraft(3, "The list shows it."), 1)
    move(assessment_id, Action.SUBMIT, "lead-reviewer")
    approved(assessment_id)
    move(assessment_id, Action.CLOSE_COMMENTS, "manager")
    move(assessment_id, Action.PUBLISH, "lead-reviewer")
    review, today = fresh(assessment_id).review, clock.today()
    assert (review.valid_until is not None) is accredited
    kinds = [job.payload.get("paper") for job in db.session.scalars(select(Job)) if job.kind == "reports.pdf"]
    assert kinds == (["pdf", "certificate"] if accredited else ["pdf"])
    if not accredited:
        assert review.next_due_on == today.replace(year=today.year + 1)
        assert (
            json.loads(db.session.scalars(select(PublishedReport.content)).one())["review"]["accredited"]
            is False
        )


def test_three_years_from_a_leap_day_end_on_the_last_of_february(app: Flask) -> None:
    found = fresh(presented())
    earned = standing_of(found, dict.fromkeys([item.key for item in found.scale.items], 5), date(2028, 2, 29))
    assert earned.valid_until == date(2031, 2, 28)


def test_only_the_lead_reviewer_publishes_and_only_once(app: Flask) -> None:
    assessment_id = commented({})
    for name in ("second-reviewer", "moderator", "manager", "lead"):
        with pytest.raises(Forbidden):
            move(assessment_id, Action.PUBLISH, name)
    move(assessment_id, Action.PUBLISH, "lead-reviewer")
    with pytest.raises(Refused):
        move(assessment_id, Action.PUBLISH, "lead-reviewer")


def test_the_report_names_the_team_what_was_done_and_the_decided_comments(app: Flask) -> None:
    assessment_id = presented()
    with operational() as session:
        for row in session.scalars(
            select(PlannedMeeting).where(PlannedMeeting.kind == MeetingKind.INTERVIEW).limit(2)
        ):
            row.state = MeetingState.DONE
    comment(actor("manager"), assessment_id, FIRST, "The list shows 19.", 0)
    add_file(actor("manager"), assessment_id, FIRST, "list.pdf", b"%PDF-1.4 list")
    move(assessment_id, Action.CLOSE_COMMENTS, "manager")
    decided(assessment_id, FIRST, Decision(accepted=True, reason="It does.", rating=5))
    move(assessment_id, Action.RESUBMIT, "lead-reviewer")
    approved(assessment_id)
    move(assessment_id, Action.PUBLISH, "lead-reviewer")

    report = read(assessment_id)
    assert report.review is not None
    assert [(one.capacity, one.name) for one in report.review.team] == [
        ("Lead reviewer", "Lead reviewer Person"),
        ("Second reviewer", "Second reviewer Person"),
        ("Observer in training", "Observer Person"),
        ("Moderator", "Moderator Person"),
    ]
    assert sum(one.count for one in report.review.done) == 2
    comment_line = report.review.comments[0]
    assert (comment_line.number, comment_line.accepted, comment_line.before, comment_line.after) == (
        1,
        True,
        4,
        5,
    )
    assert comment_line.files == ("list.pdf",)
    assert report.total == 101
    assert [step.what for step in report.steps] == ["Rated by", "Moderated by", "Published by"]


def test_only_the_final_rating_of_a_moderated_item_is_published(app: Flask) -> None:
    assessment_id = handed_in()
    amend(actor("moderator"), assessment_id, FIRST, Amendment(3, "What was seen.", "Marigold"), 1)
    approved(assessment_id)
    move(assessment_id, Action.CLOSE_COMMENTS, "manager")
    move(assessment_id, Action.PUBLISH, "lead-reviewer")
    row = db.session.scalars(select(PublishedReport)).one()
    assert "Marigold" not in row.content
    item = read(assessment_id).item(1)
    assert (item.rating, item.evidence, item.self_rating, item.guide_rating) == (
        3,
        "What was seen.",
        None,
        None,
    )


def test_managers_commissioners_and_team_are_told_with_a_link_to_the_report(app: Flask) -> None:
    assessment_id = published()
    mails = db.session.scalars(select(Mail).where(Mail.subject.like("A fidelity review is published%"))).all()
    assert {mail.recipient for mail in mails} == {
        "manager@example.org",
        "commissioner@example.org",
        "lead-reviewer@example.org",
        "second-reviewer@example.org",
        "observer@example.org",
    }
    assert all(f"/assessments/{assessment_id}/report" in mail.text for mail in mails)
    kept = db.session.scalars(select(ReportRecipient.person_id)).all()
    assert set(kept) >= {id_of("manager"), id_of("commissioner")}


def test_an_action_plan_is_drafted_from_the_weak_items(app: Flask) -> None:
    assessment_id = handed_in()
    amend(actor("moderator"), assessment_id, FIRST, Amendment(2, "", "The list."), 1)
    approved(assessment_id)
    move(assessment_id, Action.CLOSE_COMMENTS, "manager")
    move(assessment_id, Action.PUBLISH, "lead-reviewer")
    plan = db.session.scalars(select(Plan)).one()
    assert plan.origin_id == assessment_id
    assert len(plan.actions) == 1


def test_the_next_review_compares_with_this_one(app: Flask) -> None:
    published()
    with clock.at(datetime.now(clock.UK) + timedelta(days=10)):
        second = commented({FIRST: "Still."})
        decided(second, FIRST, Decision(accepted=False, reason="No."))
        move(second, Action.PUBLISH, "lead-reviewer")
        report = read(second)
    assert report.external is not None
    assert report.external.total == 100
    assert report.change == 0


@pytest.fixture
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Something that stands for a PDF, where a test is not about the drawing."""
    pdf = b"%PDF-1.7 drawn quickly"
    monkeypatch.setattr(drawing, "render_pdf", lambda *_, **__: pdf)
    return pdf


def test_the_buyer_sees_the_published_report_and_nothing_before(
    app: Flask, client: PageClient, quick_pdf: bytes
) -> None:
    assessment_id = commented()
    client.sign_in("buyer@example.org")
    for path in (f"/assessments/{assessment_id}/report", f"/reviews/{assessment_id}"):
        client.get(path, expect=404)
    decided(assessment_id, FIRST, Decision(accepted=False, reason="The list is of another team."))
    move(assessment_id, Action.PUBLISH, "lead-reviewer")
    worker.run_all()
    page = client.get(f"/assessments/{assessment_id}/report")
    for said in (
        "100 of 125",
        "Good fidelity",
        "Lead reviewer Person",
        "accredits the service until",
        "Annex: the service’s comments on the draft",
        "The list shows 19 clients.",
        "Declined.",
        "The list is of another team.",
    ):
        assert said in page.text, said
    assert client.get(f"/assessments/{assessment_id}/report.pdf").response.data == quick_pdf
    assert client.get(f"/assessments/{assessment_id}/certificate.pdf").response.data == quick_pdf
    assert "Caseload size" in client.get(f"/assessments/{assessment_id}/report.csv").response.text
    assert client.get(f"/assessments/{assessment_id}/report.xlsx").response.data[:2] == b"PK"
    assert client.get(f"/assessments/{assessment_id}/report.json").json["review"]["comments"]
    client.get(f"/reviews/{assessment_id}", expect=404)
    there = f"/assessments/{assessment_id}"  # it has no sheet of the provider: the report is what there is
    for path in ("", "/items/1", "/sheet"):
        assert client.get(there + path).path == f"{there}/report"


def test_a_result_below_the_band_has_no_certificate(app: Flask, client: PageClient) -> None:
    assessment_id = handed_in()
    amend(actor("moderator"), assessment_id, FIRST, Amendment(2, "", "The list."), 1)
    approved(assessment_id)
    move(assessment_id, Action.CLOSE_COMMENTS, "manager")
    move(assessment_id, Action.PUBLISH, "lead-reviewer")
    client.sign_in("manager@example.org")
    client.get(f"/assessments/{assessment_id}/certificate.pdf", expect=404)
    page = client.get(f"/assessments/{assessment_id}/report")
    assert "does not accredit the service" in page.text
    assert "Certificate" not in page.text


def test_an_override_of_independence_is_in_the_report_with_its_reason(app: Flask) -> None:
    team = (
        Named(id_of("lead-reviewer"), Capacity.LEAD),
        Named(id_of("eism"), Capacity.SECOND, "Nobody else is free before the spring."),
        Named(id_of("moderator"), Capacity.MODERATOR),
    )
    assessment_id = planned(team=team)
    with operational() as session:
        session.add_all(
            ConsensusRating(
                assessment_id=assessment_id, item_key=item_key(number), rating=4, changed_at=clock.now()
            )
            for number in range(1, 26)
        )
    review = material(fresh(assessment_id)).issue.review
    assert review is not None
    assert [(one.name, one.reason) for one in review.overrides] == [
        ("Eism Person", "Nobody else is free before the spring.")
    ]
    assert "supported this service" in review.overrides[0].words
