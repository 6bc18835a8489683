"""Notes of published reviews are purged when due, a legal hold stops it, and all of it is shown."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from portal.commands import purging as command
from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.jobs import daily, worker
from portal.reviews.external.models.fieldwork import FieldNote, WorksheetRow
from portal.reviews.external.models.portfolio import PlannedMeeting, PortfolioAudit, RequestedDocument
from portal.reviews.external.models.publication import FieldworkPurge
from portal.reviews.external.rules.notes import NoteKind
from portal.reviews.external.rules.portfolio import MeetingKind
from portal.reviews.external.rules.purging import Counts, PurgeState
from portal.reviews.external.service.purging import (
    due_reviews,
    hold,
    purge,
    purge_due,
    release,
    would_empty,
)
from tests.support.assessing import actor, email
from tests.support.page_client import PageClient
from tests.support.publishing import FIRST, published
from tests.support.reviewing import fresh

SECRET = "Cornflower"


@pytest.fixture
def reviewed(app: Flask) -> UUID:
    """A published review with notes, a place, an answer in words and remarks that name somebody."""
    assessment_id = published()
    now, today = clock.now(), clock.today()
    with operational() as session:
        for removed in (None, now):
            session.add(
                FieldNote(
                    assessment_id=assessment_id,
                    kind=NoteKind.INTERVIEW,
                    role="client",
                    source="INT",
                    heading=f"Talk with {SECRET}",
                    text=f"{SECRET} works at the bakery.",
                    item_keys=[FIRST],
                    taken_on=today,
                    added_at=now,
                    changed_at=now,
                    removed_at=removed,
                )
            )
        session.add(
            PlannedMeeting(
                assessment_id=assessment_id,
                kind=MeetingKind.SESSION,
                role="",
                title=f"Tea with {SECRET}",
                position=99,
                minutes=30,
                people=1,
                place=f"{SECRET}’s office",
                changed_at=now,
            )
        )
        session.add(
            WorksheetRow(
                assessment_id=assessment_id,
                worksheet="jobs",
                position=1,
                answers={"type": SECRET, "employer": f"{SECRET} and sons", "competitive": "yes"},
                changed_at=now,
            )
        )
        document = session.scalars(
            select(RequestedDocument).where(RequestedDocument.assessment_id == assessment_id).limit(1)
        ).one()
        document.note = f"Ask {SECRET}"
        session.add(
            PortfolioAudit(
                assessment_id=assessment_id, at=now, supplied=0, asked=1, comment=f"{SECRET} looks for it"
            )
        )
    return assessment_id


def everything_typed(assessment_id: UUID) -> str:
    db.session.rollback()
    db.session.expire_all()
    rows = [
        row
        for model in (FieldNote, PlannedMeeting, WorksheetRow, RequestedDocument, PortfolioAudit)
        for row in db.session.scalars(select(model).where(model.assessment_id == assessment_id))
    ]
    return " ".join(str(vars(row)) for row in rows)


@pytest.mark.parametrize(("days", "gone"), [(13, False), (14, True), (15, True)])
def test_the_purge_comes_two_weeks_after_publication(reviewed: UUID, days: int, gone: bool) -> None:
    with clock.at(clock.now() + timedelta(days=days)):
        done = purge_due()
    assert bool(done) is gone
    assert (SECRET in everything_typed(reviewed)) is not gone
    assert (fresh(reviewed).review.purged_at is not None) is gone


def test_what_may_name_people_goes_and_the_numbers_stay(reviewed: UUID) -> None:
    expected = would_empty(reviewed)
    with clock.at(clock.now() + timedelta(days=14)):
        counts = purge(reviewed)
    assert counts == expected
    assert (counts.notes, counts.meetings, counts.remarks) == (2, counts.meetings, 2)
    assert SECRET not in everything_typed(reviewed)
    note = db.session.scalars(select(FieldNote).limit(1)).one()
    assert note.purged_at is not None
    assert (note.text, note.heading, note.item_keys, note.role) == ("", "", [FIRST], "client")
    row = db.session.scalars(select(WorksheetRow)).one()
    assert row.answers == {"type": "A", "employer": "A", "competitive": "yes"}
    kept = db.session.scalars(select(FieldworkPurge)).one()
    assert Counts(**kept.counts) == counts


def test_one_audit_row_says_how_much_and_never_what(reviewed: UUID) -> None:
    with clock.at(clock.now() + timedelta(days=14)):
        counts = purge(reviewed)
    rows = db.session.scalars(select(AuditRow).where(AuditRow.verb == "reviews.purge")).all()
    assert len(rows) == 1
    body = db.session.get_one(AuditPayload, rows[0].number).body
    assert body["notes"] == counts.notes
    assert SECRET not in json.dumps([one.body for one in db.session.scalars(select(AuditPayload))])


def test_a_purge_happens_once_and_not_before_its_day(reviewed: UUID) -> None:
    with pytest.raises(Refused, match="The purge is due on"):
        purge(reviewed)
    with clock.at(clock.now() + timedelta(days=14)):
        purge(reviewed)
        with pytest.raises(Refused, match="purged already"):
            purge(reviewed)
        assert purge_due() == []


def test_a_legal_hold_stops_it_until_it_is_released(reviewed: UUID) -> None:
    hold(actor("lead"), reviewed, "A complaint is open.", None)
    with pytest.raises(Refused, match="on legal hold"):
        hold(actor("lead"), reviewed, "Another", None)
    with clock.at(clock.now() + timedelta(days=30)):
        assert [one.held for one in due_reviews()] == [True]
        assert purge_due() == []
        with pytest.raises(Refused, match="on legal hold"):
            purge(reviewed)
        assert SECRET in everything_typed(reviewed)
        with pytest.raises(Invalid):
            release(actor("lead"), reviewed, " ", None)
        release(actor("lead"), reviewed, "The complaint is settled.", None)
        assert len(purge_due()) == 1
        with pytest.raises(Refused, match="purged already"):
            hold(actor("lead"), reviewed, "Too late", None)
    assert SECRET not in everything_typed(reviewed)


def test_only_planners_hold(reviewed: UUID) -> None:
    for name in ("lead-reviewer", "moderator", "manager"):
        with pytest.raises(Forbidden):
            hold(actor(name), reviewed, "Why", None)
    hold(actor("eism"), reviewed, "A complaint is open.", None)


def test_the_worker_purges_once_a_day(app: Flask, reviewed: UUID) -> None:
    with clock.at((clock.now() + timedelta(days=14)).replace(hour=9)):
        daily.look()
        worker.run_all()
        assert SECRET not in everything_typed(reviewed)
    assert db.session.scalars(select(AuditRow).where(AuditRow.verb == "reviews.purge")).one()


def test_the_command_tells_first_and_then_does(
    app: Flask, reviewed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "application", lambda: app)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(command.purge, ["fieldwork", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert run() == "Nothing is due.\n"
    with clock.at(clock.now() + timedelta(days=20)):
        assert "(dry run)" in run("--dry-run")
        assert SECRET in everything_typed(reviewed)
        told = json.loads(run("--json"))
        assert told["purged"][0]["notes"] == 2
        assert told["held"] == []
        assert run() == "Nothing is due.\n"
    assert SECRET not in everything_typed(reviewed)


def test_the_pages_show_the_state_the_hold_and_the_list(
    app: Flask, client: PageClient, reviewed: UUID
) -> None:
    client.sign_in(email("lead"))
    client.get(f"/reviews/{reviewed}")
    page = client.click("Personal data of the fieldwork")
    assert "Not due yet" in page.text
    address = f"/reviews/{reviewed}/purge"
    page = client.submit(f"{address}/hold", expect=400, reason=" ")
    assert page.errors == ["Say why the notes must be kept"]
    page = client.submit(f"{address}/hold", reason="A complaint is open.")
    assert PurgeState.HELD.title in page.text
    page = client.get("/reviews/purges")
    assert "A complaint is open." in page.text
    assert "On legal hold" in client.get("/reviews/purges.csv").response.text
    client.get(address)
    client.submit(f"{address}/release", reason="Settled.")
    with clock.at(clock.now() + timedelta(days=14)):
        purge_due()
        client.sign_in(email("lead"))
        page = client.get(address)
        assert "Purged" in page.text
        assert "2 notes" in page.text
        assert not page.soup.find("textarea")
    client.sign_in(email("manager"))
    assert not client.get(address).soup.find("textarea")
    client.get("/reviews/purges", expect=403)
