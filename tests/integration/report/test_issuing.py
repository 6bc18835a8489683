"""A report is issued with the result, once, and nothing that changes later reaches it."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Organisation, Person
from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditPayload
from portal.core.db import db
from portal.core.jobs.models import Job
from portal.directory.models import Service
from portal.reviews.assessment.models import Assessment, PublishedReport, ScaleContent
from portal.reviews.assessment.report_queries import by_code, published
from portal.reviews.assessment.rules.report import Report
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.assessment.service.drafting import ItemDraft
from tests.support.assessed import Proposing, World, all_rated, drafts, keys

GIVEN = all_rated(4, n1=5, n15=2, n7=2, n21=4)
PROPOSING = {
    "rapid-job-search": Proposing(1, "The log gives 190 days.", answer="Without three it is 120."),
    "vocational-unit": Proposing(3, "They meet.", response=Response.ACCEPTED, answer=""),
    "competitive-jobs": Proposing(3, "Two were fixed-term.", came_round=True),
}


def report_of(assessment_id: uuid.UUID) -> Report:
    found = published(assessment_id)
    assert found is not None
    return found.report


def test_a_guided_result_is_reported_with_both_ratings_and_what_was_not_agreed(world: World) -> None:
    world.past(date(2025, 5, 20), all_rated(3))
    sheet = drafts(GIVEN)
    sheet["caseload-size"] = ItemDraft(5, evidence="The list.", entries={"clients": "46", "fte": "2.5"})

    report = report_of(world.final(sheet, PROPOSING))

    assert report.total == 4 * 22 + 5 + 1 + 3 == 97
    assert report.band is not None
    assert report.band.title == "Fair fidelity"
    assert (report.service, report.provider) == ("Bridge IPS", "Bridge Trust")
    assert [(step.what, step.name) for step in report.steps] == [
        ("Started by", "Ann Archer"),
        ("Submitted by", "Ann Archer"),
        ("Guided and agreed by", "Dee Drake"),
        ("Moderated by", "Ivy Irwin"),  # item 15 fell by two, which is flagged
    ]
    stood, accepted, kept = (report.item(number) for number in (15, 7, 21))
    assert (stood.rating, stood.self_rating, stood.guide_rating, stood.agreed) == (1, 2, 1, False)
    assert (stood.guide_reason, stood.answer) == ("The log gives 190 days.", "Without three it is 120.")
    assert (accepted.rating, accepted.outcome) == (3, "accepted")
    assert (kept.rating, kept.guide_rating, kept.outcome) == (4, 3, "came-round")
    assert report.item(1).calculation
    assert report.item(1).evidence == "The list."
    assert report.change == 97 - 75
    assert report.item(15).change == -2


def test_the_kept_text_and_its_hash_belong_together_and_stand_in_the_audit(world: World) -> None:
    made = world.final(drafts(GIVEN))
    row = db.session.get_one(PublishedReport, (made, 1))

    assert row.digest == hashlib.sha256(row.content.encode()).hexdigest()
    assert json.loads(row.content)["code"] == row.code
    payloads = db.session.scalars(select(AuditPayload).order_by(AuditPayload.number.desc())).all()
    assert row.digest in json.dumps(payloads[0].body)


def test_a_later_change_of_names_or_of_the_scale_does_not_reach_the_report(world: World) -> None:
    made = world.final(drafts(GIVEN))
    before = report_of(made)
    with operational() as session:
        session.execute(update(Service).values(name="Renamed"))
        session.execute(update(Person).values(name="Somebody Else"))
        session.execute(update(Organisation).values(name="Another Trust"))
        session.execute(update(Assessment).where(Assessment.id == made).values(total=25, band="not-ips"))
        session.execute(update(ScaleContent).values(content={}))

    db.session.expire_all()
    assert report_of(made) == before


@pytest.mark.parametrize(
    "scale,band",
    [
        ("ips-25", "Good fidelity"),
        ("ips-25-ad", "Good fidelity"),
        ("thrive-24", None),
        ("scr", None),
        ("ips-15", "Fair"),
    ],
)
def test_a_past_result_on_every_scale_has_its_report_at_once(
    world: World, scale: str, band: str | None
) -> None:
    made = world.past(
        date(2024, 5, 20), all_rated(4, scale), kind=Kind.EXTERNAL, scale_key=scale, reviewers="A and B"
    )
    report = report_of(made)
    assert report.total == 4 * len(keys(scale))
    assert report.imported
    assert "A and B" in report.method[0]
    assert (report.band.title if report.band else None) == band or (
        band == "Fair" and report.band is not None
    )
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0  # drawn when first asked for


def test_a_result_has_one_report_and_one_pdf_job(world: World) -> None:
    made = world.final(drafts(GIVEN), kind=Kind.SELF)
    kinds = db.session.scalars(select(Job.kind)).all()
    assert kinds.count("reports.pdf") == 1
    again = PublishedReport(assessment_id=made, code="X", issued_at=clock.now(), content="{}", digest="0")
    db.session.expunge_all()
    with operational() as session:
        session.add(again)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_a_result_is_superseded_by_a_later_one_on_the_same_scale_only(world: World) -> None:
    first = world.past(date(2024, 5, 20), all_rated(3))
    world.past(date(2024, 6, 20), all_rated(3, "thrive-24"), scale_key="thrive-24")
    world.past(date(2023, 5, 20), all_rated(3))
    found = published(first)
    assert found is not None
    assert found.newer is None

    later = world.past(date(2025, 5, 20), all_rated(3))
    newest = world.past(date(2026, 5, 20), all_rated(3))
    db.session.expire_all()
    replaced = published(first)
    assert replaced is not None
    assert replaced.newer is not None
    assert replaced.newer.assessment_id == newest
    assert published(later).newer.final_on == date(2026, 5, 20)  # type: ignore[union-attr]  # shown above


def test_a_self_assessment_does_not_replace_an_external_review(world: World) -> None:
    review = world.past(date(2024, 5, 20), all_rated(3), kind=Kind.EXTERNAL)
    own = world.past(date(2025, 5, 20), all_rated(3), kind=Kind.SELF)
    found = published(review)
    assert found is not None
    assert found.newer is None
    later = world.past(date(2026, 5, 20), all_rated(4), kind=Kind.EXTERNAL)
    db.session.expire_all()
    replaced, kept = published(review), published(own)
    assert replaced is not None
    assert replaced.newer is not None
    assert replaced.newer.assessment_id == later
    assert kept is not None
    assert kept.newer is None


def test_a_report_is_found_by_its_code(world: World) -> None:
    made = world.past(date(2024, 5, 20), all_rated(3))
    row = db.session.get_one(PublishedReport, (made, 1))
    found = by_code(row.code)
    assert found is not None
    assert found.row.assessment_id == made
    assert by_code("K7MQ-3RTX-9HWD-CJ4N-PVGY") is None


def test_a_result_that_cannot_be_kept_leaves_no_report(
    world: World, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("The disk is full")

    monkeypatch.setattr("portal.reviews.assessment.service.finishing.request_paper", broken)
    with pytest.raises(RuntimeError):
        world.final(drafts(GIVEN), kind=Kind.SELF)
    assert db.session.scalar(select(func.count()).select_from(PublishedReport)) == 0
    assert db.session.scalars(select(Assessment.state)).one() == "draft"


def test_the_first_result_and_the_last_are_compared_by_date(world: World) -> None:
    world.past(date(2024, 5, 20), all_rated(2), kind=Kind.EXTERNAL)
    world.past(date(2025, 5, 20), all_rated(3))
    report = report_of(world.final(drafts(all_rated(4)), kind=Kind.SELF))
    assert report.compared_with == report.own
    assert report.external is not None
    assert (report.item(1).last_own, report.item(1).last_external) == (3, 2)
    assert report.own is not None
    assert clock.today() - report.own.on > timedelta(days=1)
