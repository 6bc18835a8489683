"""A correction takes two people, issues a new version and leaves the ones before it as they were."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.core import clock, frozen
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.core.jobs.models import Mail
from portal.core.migrating import upgrade
from portal.directory.models import ServiceStanding
from portal.reviews.assessment.models import Assessment, FinalRating, PublishedReport
from portal.reviews.assessment.report_queries import by_code, versions
from portal.reviews.assessment.report_queries import published as report_of
from portal.reviews.external.models.publication import Correction
from portal.reviews.external.models.scoring import RatingChange
from portal.reviews.external.publication import corrections_of
from portal.reviews.external.rules.corrections import CorrectionState, ItemWords
from portal.reviews.external.service.correcting import decide, propose, standing_words
from tests.support.assessing import SERVICE, actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.publishing import FIRST, SECOND, corrected, proposed, published
from tests.support.reviewing import fresh


def rows_of(assessment_id: UUID) -> dict[int, PublishedReport]:
    db.session.rollback()
    db.session.expire_all()
    query = select(PublishedReport).where(PublishedReport.assessment_id == assessment_id)
    return {row.number: row for row in db.session.scalars(query)}


def test_an_approved_correction_issues_the_next_version_and_changes_what_follows(app: Flask) -> None:
    assessment_id = published()
    first = rows_of(assessment_id)[1]
    code, content, digest = first.code, first.content, first.digest
    assert corrected(assessment_id, {FIRST: 2, SECOND: 5}) == 2

    rows = rows_of(assessment_id)
    assert (rows[1].code, rows[1].content, rows[1].digest) == (code, content, digest)
    assert rows[2].code != code
    assert rows[2].reason == "The log was read wrongly."
    found = report_of(assessment_id)
    assert found is not None
    report = found.report
    assert (report.version, report.total) == (2, 99)
    assert {(one.number, one.before, one.after) for one in report.changes} >= {(1, 4, 2)}
    assessment = db.session.get_one(Assessment, assessment_id)
    assert (assessment.total, assessment.band) == (99, "fair")
    finals = {
        row.item_key: row.rating
        for row in db.session.scalars(select(FinalRating).where(FinalRating.assessment_id == assessment_id))
    }
    assert (finals[FIRST], finals[SECOND]) == (2, 5)
    review = fresh(assessment_id).review
    assert review.valid_until is None
    assert db.session.get_one(ServiceStanding, SERVICE).total == 99
    changes = db.session.scalars(select(RatingChange)).all()
    assert {(one.stage, one.before, one.after) for one in changes} == {
        ("correction", 4, 2),
        ("correction", 4, 5),
    }


def test_everybody_who_had_the_last_version_is_told_of_the_next(app: Flask) -> None:
    assessment_id = published()
    first = set(db.session.scalars(select(Mail.recipient).where(Mail.subject.like("%is published%"))))
    corrected(assessment_id, {FIRST: 5})
    db.session.rollback()
    again = set(db.session.scalars(select(Mail.recipient).where(Mail.subject.like("%was corrected%"))))
    assert again == first
    assert "commissioner@example.org" in again


def test_a_correction_of_words_alone_keeps_every_rating(app: Flask) -> None:
    assessment_id = published()
    words = standing_words(fresh(assessment_id))
    wanted = {**words, FIRST: ItemWords(4, "The list of May shows 46 clients.")}
    made = propose(actor("lead-reviewer"), assessment_id, wanted, "A date was wrong.", None)
    decide(actor("moderator"), assessment_id, made, approve=True)
    found = report_of(assessment_id)
    assert found is not None
    assert found.report.total == 100
    assert [(one.before, one.after, one.worded) for one in found.report.changes] == [(None, None, True)]
    assert found.report.item(1).evidence == "The list of May shows 46 clients."
    assert fresh(assessment_id).review.valid_until is not None


def test_nothing_published_changes_until_a_moderator_approves(app: Flask) -> None:
    assessment_id = published()
    made = proposed(assessment_id, {FIRST: 2})
    assert list(rows_of(assessment_id)) == [1]
    assert db.session.get_one(Assessment, assessment_id).total == 100
    with pytest.raises(Refused, match="A correction already waits"):
        proposed(assessment_id, {SECOND: 2})
    with pytest.raises(Invalid):
        decide(actor("moderator"), assessment_id, made, approve=False)
    assert decide(actor("moderator"), assessment_id, made, approve=False, reason="The log is right.") is None
    db.session.rollback()
    assert corrections_of(assessment_id)[0].state is CorrectionState.REFUSED
    assert list(rows_of(assessment_id)) == [1]
    with pytest.raises(Stale):
        decide(actor("moderator"), assessment_id, made, approve=True)
    proposed(assessment_id, {SECOND: 2})


def test_who_proposes_and_who_decides(app: Flask) -> None:
    assessment_id = published()
    words = standing_words(fresh(assessment_id))
    wanted = {FIRST: ItemWords(2, words[FIRST].comment)}
    for name in ("second-reviewer", "moderator", "lead", "manager"):
        with pytest.raises(Forbidden):
            propose(actor(name), assessment_id, wanted, "Why", None)
    made = proposed(assessment_id, {FIRST: 2})
    for name in ("lead-reviewer", "second-reviewer", "lead", "manager"):
        with pytest.raises(Forbidden):
            decide(actor(name), assessment_id, made, approve=True)


def test_a_proposal_says_what_and_why_and_keeps_to_the_scale(app: Flask) -> None:
    assessment_id = published()
    standing = standing_words(fresh(assessment_id))
    lead = actor("lead-reviewer")
    for wanted, why, field in (
        (standing, "Why", "form"),
        ({FIRST: ItemWords(2, "")}, " ", "why"),
        ({FIRST: ItemWords(6, "")}, "Why", FIRST),
        ({FIRST: ItemWords(None, "")}, "Why", FIRST),
    ):
        with pytest.raises(Invalid) as problems:
            propose(lead, assessment_id, wanted, why, None)
        assert field in problems.value.problems
    assert db.session.scalars(select(Correction)).all() == []


def test_a_correction_does_not_take_the_place_of_a_later_result(app: Flask) -> None:
    first = published()
    with clock.at(clock.now() + timedelta(days=30)):
        second = published()
        corrected(first, {FIRST: 2})
        assert db.session.get_one(ServiceStanding, SERVICE).assessment_id == second


LAWLESS = [
    "UPDATE published_reports SET content = '{}'",
    "UPDATE published_reports SET digest = 'x'",
    "UPDATE published_reports SET code = 'x'",
    "UPDATE published_reports SET number = 3 WHERE number = 2",
    "UPDATE published_reports SET reason = 'other' WHERE number = 2",
    "UPDATE published_reports SET pdf_digest = NULL, pdf_attachment_id = NULL WHERE number = 1",
    "DELETE FROM published_reports",
]


def test_the_database_refuses_every_change_of_a_published_version(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.core.jobs import worker
    from portal.reviews.assessment import report as drawing

    monkeypatch.setattr(drawing, "render_pdf", lambda *_, **__: b"%PDF-1.7 quick")
    assessment_id = published()
    corrected(assessment_id, {FIRST: 5})
    worker.run_all()
    before = {number: (row.code, row.digest, row.content) for number, row in rows_of(assessment_id).items()}
    db.session.rollback()
    for statement in LAWLESS:
        with db.engine.connect() as connection:
            with pytest.raises(DBAPIError, match="a published report never changes"):
                connection.execute(text(statement))
            connection.rollback()
    after = {number: (row.code, row.digest, row.content) for number, row in rows_of(assessment_id).items()}
    assert after == before
    assert all(
        digest == hashlib.sha256(content.encode()).hexdigest() for _, digest, content in after.values()
    )


def test_lost_triggers_come_back_with_the_next_upgrade(app: Flask) -> None:
    with db.engine.begin() as connection:
        frozen.drop(connection, "published_reports")
    with db.engine.connect() as connection:
        assert frozen.missing(connection)
    upgrade(app)
    with db.engine.connect() as connection:
        assert frozen.missing(connection) == []


def test_the_pages_of_a_correction(app: Flask, client: PageClient) -> None:
    assessment_id = published()
    client.sign_in(email("lead-reviewer"))
    client.get(f"/reviews/{assessment_id}")
    client.click("Correct the report")
    address = f"/reviews/{assessment_id}/correct"
    page = client.submit(address, expect=400, why="The log was read wrongly.")
    assert page.errors == ["Change a rating or a comment: nothing is different yet"]
    page = client.submit(address, fields={f"rating-{FIRST}": "2"})
    assert "A correction waits for a moderator" in page.text
    assert "4 becomes 2" in page.text
    assert not page.soup.find("button", string="Approve and publish the new version")

    client.sign_in(email("moderator"))
    client.get(address)
    page = client.submit(
        button="Refuse", expect=400, form=f"{address}/{corrections_of(assessment_id)[0].id}/approve"
    )
    assert page.errors == ["Say why it is refused: the lead reviewer reads it"]
    client.get(address)
    page = client.submit(f"{address}/{corrections_of(assessment_id)[0].id}/approve")
    assert "This is version 2. The log was read wrongly." in page.text
    page = client.click("See all versions")
    assert "As first published." in page.text

    client.sign_in(email("buyer"))
    page = client.get(f"/assessments/{assessment_id}/report?version=1")
    assert "This is version 1, which a correction has replaced." in page.text
    assert "100 of 125" in page.text
    assert client.get(f"/assessments/{assessment_id}/report.json?version=1").json["total"] == 100
    assert client.get(f"/assessments/{assessment_id}/report.json").json["total"] == 98
    for wrong in ("3", "0", "x", "-1", "99999999999999999999"):
        client.get(f"/assessments/{assessment_id}/report?version={wrong}", expect=404)
    client.get(address, expect=404)


def test_each_version_is_verified_by_its_own_code_and_an_older_one_is_said_to_be_replaced(
    app: Flask, client: PageClient
) -> None:
    assessment_id = published()
    corrected(assessment_id, {FIRST: 5})
    newest, oldest = versions(assessment_id)
    page = client.get(f"/verify/{oldest.code}")
    assert "Replaced This is version 1. A correction has been published: version 2 stands" in page.text
    assert "No longer counts" in page.text
    page = client.get(f"/verify/{newest.code}")
    assert "Accredited The accreditation counts until" in page.text
    found = by_code(oldest.code)
    assert found is not None
    assert (found.row.number, found.newest, found.replaced) == (1, 2, True)
    valid = fresh(assessment_id).review.valid_until
    assert valid is not None
    for days, said in ((0, "Accredited"), (1, "Expired")):
        moment = clock.now() + (valid - clock.today()) + timedelta(days=days)
        with clock.at(moment):
            assert said in client.get(f"/verify/{newest.code}").text


def test_the_team_that_published_is_id_checked(app: Flask) -> None:
    """Two people: the constraint holds even against the verb."""
    assessment_id = published()
    made = proposed(assessment_id, {FIRST: 2})
    db.session.rollback()
    with db.engine.connect() as connection:
        statement = text(
            "UPDATE corrections SET decided_by = proposed_by, decided_at = proposed_at, state = 'refused'"
        )
        with pytest.raises(DBAPIError):
            connection.execute(statement)
        connection.rollback()
    assert db.session.get_one(Correction, made).proposed_by == id_of("lead-reviewer")
