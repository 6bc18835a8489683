"""The portfolio's verbs: laying out, answering, files, requests and the self-audit."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.audit.models import AuditPayload
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.jobs.models import Job
from portal.core.storage.service import folder
from portal.reviews.external.models.portfolio import PortfolioAudit, PortfolioFile
from portal.reviews.external.models.timeline import ReviewStepDone
from portal.reviews.external.portfolio_data import request_list
from portal.reviews.external.rules.portfolio import DocumentState
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service import portfolio_files
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.portfolio import (
    Answer,
    Request,
    answer,
    audit_portfolio,
    request,
    withdraw,
)
from portal.reviews.external.service.portfolio_files import add_files, remove_file
from tests.support.assessing import actor, audit_rows, item_key
from tests.support.portfolios import LEAD, PLANNER, document, documents, meetings, opened, planned

CSV = b"name,hours\nrota,37\n"
SUPPLIED, PARTLY = DocumentState.SUPPLIED, DocumentState.PARTLY
NOT_SUPPLIED, NOT_AVAILABLE = DocumentState.NOT_SUPPLIED, DocumentState.NOT_AVAILABLE


def test_opening_a_review_lays_out_every_document_and_the_usual_meetings(app: Flask) -> None:
    assessment_id = planned()
    assert documents(assessment_id) == []
    advance(actor(PLANNER), assessment_id, Action.OPEN, None)
    wanted = request_list()
    assert [row.document_key for row in documents(assessment_id)] == [one.key for one in wanted.documents]
    usual = [(one.kind, one.key) for one in wanted.meetings if one.usual]
    assert [(row.kind, row.role) for row in meetings(assessment_id)] == usual
    staff = document(assessment_id, "staff-list")
    assert item_key(1) in staff.item_keys
    assert "NHS numbers" in staff.leave_out


def test_opened_again_it_keeps_what_it_has(app: Flask) -> None:
    assessment_id = opened()
    row = document(assessment_id, "staff-list")
    answer(actor("staff"), assessment_id, row.id, Answer(PARTLY, "On the shared drive"), 1)
    before = (
        [(one.id, one.state) for one in documents(assessment_id)],
        [one.id for one in meetings(assessment_id)],
    )
    advance(actor(PLANNER), assessment_id, Action.CANCEL, None, "Snow")
    advance(actor(PLANNER), assessment_id, Action.RESTORE, None)
    advance(actor(PLANNER), assessment_id, Action.OPEN, None)
    assert before == (
        [(one.id, one.state) for one in documents(assessment_id)],
        [one.id for one in meetings(assessment_id)],
    )


def test_another_scale_asks_for_the_same_documents_with_its_own_items(app: Flask) -> None:
    assessment_id = opened(scale="thrive-24")
    assert "employment-team-leader" in document(assessment_id, "supervision-log").item_keys


def test_an_answer_is_saved_once_and_says_who_and_when(app: Flask) -> None:
    assessment_id, before = opened(), audit_rows()
    row = document(assessment_id, "diaries")
    for _ in range(2):
        state = answer(actor("staff"), assessment_id, row.id, Answer(NOT_AVAILABLE, " Kept on paper "), 1)
        assert state is NOT_AVAILABLE
    row = document(assessment_id, "diaries")
    assert (row.state, row.note, row.version) == (NOT_AVAILABLE, "Kept on paper", 2)
    assert row.changed_by == actor("staff").person_id
    assert audit_rows() == before + 1
    bodies = db.session.scalars(select(AuditPayload.body).order_by(AuditPayload.number)).all()
    assert "diaries" in str(bodies[-1]).lower()
    assert "on paper" not in str(bodies[-1])


def test_a_second_answer_over_a_newer_one_is_stale_and_shows_what_stands(app: Flask) -> None:
    assessment_id = opened()
    row = document(assessment_id, "diaries")
    answer(actor("staff"), assessment_id, row.id, Answer(NOT_AVAILABLE, "Kept on paper"), 1)
    with pytest.raises(Stale) as stale:
        answer(actor("manager"), assessment_id, row.id, Answer(NOT_AVAILABLE, "None kept"), 1)
    assert stale.value.current == {"state": NOT_AVAILABLE, "note": "Kept on paper"}
    assert stale.value.version == 2


@pytest.mark.parametrize(
    "state, note, words",
    [
        (NOT_AVAILABLE, "", "Say why"),
        (SUPPLIED, " ", "Add a file"),
        (PARTLY, "", "Add a file"),
        (SUPPLIED, "Ask jo@example.org", "e-mail"),
        (SUPPLIED, "x" * 5_001, "5,000"),
    ],
)
def test_an_answer_that_says_too_little_or_too_much_is_refused(
    app: Flask, state: DocumentState, note: str, words: str
) -> None:
    assessment_id, before = opened(), audit_rows()
    with pytest.raises(Invalid, match=words):
        answer(actor("staff"), assessment_id, document(assessment_id, "diaries").id, Answer(state, note), 1)
    assert audit_rows() == before


def test_files_make_a_document_supplied_and_the_last_one_gone_leaves_it_not_supplied(app: Flask) -> None:
    assessment_id, before = opened(), audit_rows()
    row = document(assessment_id, "staff-list")
    first, second = add_files(
        actor("staff"), assessment_id, row.id, [("staff.csv", CSV), ("vacancies.csv", CSV)]
    )
    assert document(assessment_id, "staff-list").state is SUPPLIED
    assert document(assessment_id, "staff-list").version == 1
    answer(actor("staff"), assessment_id, row.id, Answer(NOT_SUPPLIED), 1)
    assert document(assessment_id, "staff-list").state is SUPPLIED
    for _ in range(2):
        remove_file(actor("staff"), assessment_id, first)
    assert document(assessment_id, "staff-list").state is SUPPLIED
    remove_file(actor("manager"), assessment_id, second)
    assert document(assessment_id, "staff-list").state is NOT_SUPPLIED
    remove_file(actor("manager"), assessment_id, second, back=True)
    assert document(assessment_id, "staff-list").state is SUPPLIED
    assert audit_rows() == before + 4


def test_of_several_files_all_are_added_or_none(app: Flask) -> None:
    assessment_id, before = opened(), audit_rows()
    row = document(assessment_id, "staff-list")
    with pytest.raises(Invalid, match=r"run\.exe.*None of the files"):
        add_files(actor("staff"), assessment_id, row.id, [("staff.csv", CSV), ("run.exe", b"MZ")])
    assert db.session.scalars(select(PortfolioFile)).all() == []
    assert audit_rows() == before


def test_a_document_takes_so_many_files_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio_files, "MOST_FILES", 2)
    assessment_id, staff = opened(), actor("staff")
    row = document(assessment_id, "staff-list")
    first, _ = add_files(staff, assessment_id, row.id, [("a.csv", CSV), ("b.csv", CSV)])
    with pytest.raises(Refused, match="2 files at most"):
        add_files(staff, assessment_id, row.id, [("c.csv", CSV)])
    remove_file(staff, assessment_id, first)
    add_files(staff, assessment_id, row.id, [("c.csv", CSV)])
    with pytest.raises(Refused, match="2 files at most"):
        remove_file(staff, assessment_id, first, back=True)
    with pytest.raises(Invalid, match="2 files at most"):
        add_files(staff, assessment_id, row.id, [("c.csv", CSV)] * 3)


def test_who_may_not_answer_changes_nothing_and_no_file_is_written(app: Flask) -> None:
    assessment_id = opened()
    row = document(assessment_id, "staff-list")
    before, there = audit_rows(), len(list(folder().iterdir()))
    for name, error in (
        (LEAD, Forbidden),
        ("lead", Forbidden),
        ("eism", Forbidden),
        ("other-manager", NotFound),
        ("buyer", NotFound),
        ("commissioner", NotFound),
    ):
        with pytest.raises(error):
            add_files(actor(name), assessment_id, row.id, [("a.csv", CSV)])
        with pytest.raises(error):
            answer(actor(name), assessment_id, row.id, Answer(NOT_AVAILABLE, "No"), 1)
        with pytest.raises(error):
            audit_portfolio(actor(name), assessment_id)
    with pytest.raises(Forbidden):
        audit_portfolio(actor("staff"), assessment_id)
    assert (audit_rows(), len(list(folder().iterdir()))) == (before, there)


def test_a_file_or_document_of_another_review_is_not_found(app: Flask) -> None:
    assessment_id = opened()
    with pytest.raises(NotFound):
        answer(actor("staff"), assessment_id, uuid.uuid4(), Answer(NOT_AVAILABLE, "No"), 1)
    with pytest.raises(NotFound):
        add_files(actor("staff"), assessment_id, uuid.uuid4(), [("a.csv", CSV)])
    with pytest.raises(NotFound):
        remove_file(actor("staff"), assessment_id, uuid.uuid4())


def test_a_planned_or_cancelled_review_takes_no_answers(app: Flask) -> None:
    assessment_id = opened()
    row = document(assessment_id, "staff-list")
    advance(actor(PLANNER), assessment_id, Action.CANCEL, None, "Snow")
    with pytest.raises(Refused):
        answer(actor("staff"), assessment_id, row.id, Answer(NOT_AVAILABLE, "No"), 1)
    with pytest.raises(Refused):
        add_files(actor("staff"), assessment_id, row.id, [("a.csv", CSV)])


def test_reviewers_ask_for_more_and_the_managers_are_told(app: Flask) -> None:
    assessment_id = opened()
    mails = len(db.session.scalars(select(Job)).all())
    wanted = Request("Rota of the cover", "Of last month", (item_key(7), item_key(2)))
    document_id = request(actor(LEAD), assessment_id, wanted)
    row = documents(assessment_id)[-1]
    assert (row.id, row.title, row.asked_by) == (document_id, "Rota of the cover", actor(LEAD).person_id)
    assert row.item_keys == [item_key(2), item_key(7)]
    assert len(db.session.scalars(select(Job)).all()) == mails + 1
    for name, error in (("staff", Forbidden), ("eism", Forbidden), ("other-manager", NotFound)):
        with pytest.raises(error):
            request(actor(name), assessment_id, wanted)


@pytest.mark.parametrize(
    "wanted, words",
    [
        (Request(" "), "Enter what"),
        (Request("x" * 121), "120"),
        (Request("Record of 943 476 5919"), "NHS"),
        (Request("Rota", "x" * 5_001), "5,000"),
        (Request("Rota", "", ("no-such-item",)), "from the list"),
    ],
)
def test_a_request_that_cannot_be_taken_says_why(app: Flask, wanted: Request, words: str) -> None:
    assessment_id = opened()
    with pytest.raises(Invalid, match=words):
        request(actor(LEAD), assessment_id, wanted)


def test_a_withdrawn_document_takes_no_answer_until_it_is_asked_for_again(app: Flask) -> None:
    assessment_id, before = opened(), audit_rows()
    row = document(assessment_id, "leaflets")
    for _ in range(2):
        assert withdraw(actor(LEAD), assessment_id, row.id).startswith("Leaflets")
    with pytest.raises(NotFound):
        answer(actor("staff"), assessment_id, row.id, Answer(NOT_AVAILABLE, "No"), 1)
    withdraw(actor(LEAD), assessment_id, row.id, back=True)
    answer(actor("staff"), assessment_id, row.id, Answer(NOT_AVAILABLE, "No"), 1)
    assert audit_rows() == before + 3
    with pytest.raises(Forbidden):
        withdraw(actor("manager"), assessment_id, row.id)


def test_the_self_audit_records_the_gaps_and_completes_its_step(app: Flask) -> None:
    assessment_id = opened()
    add_files(actor("staff"), assessment_id, document(assessment_id, "staff-list").id, [("a.csv", CSV)])
    audit_portfolio(actor("manager"), assessment_id, "The rest comes on Monday")
    found = db.session.scalars(select(PortfolioAudit)).one()
    titles = [
        row.title for row in documents(assessment_id) if row.required and row.document_key != "staff-list"
    ]
    assert (found.supplied, found.asked, found.gaps) == (1, len(titles) + 1, titles)
    assert found.comment == "The rest comes on Monday"
    steps = db.session.scalars(select(ReviewStepDone.step_key)).all()
    assert list(steps) == ["self-audit"]
    audit_portfolio(actor("manager"), assessment_id)
    assert len(db.session.scalars(select(ReviewStepDone)).all()) == 1
    assert len(db.session.scalars(select(PortfolioAudit)).all()) == 2
    with pytest.raises(Invalid):
        audit_portfolio(actor("manager"), assessment_id, "Ring jo@example.org")


@pytest.mark.parametrize("command", ["sh -c '! grep -q EICAR'", "no-such-scanner"])
def test_every_file_passes_the_scanner_before_it_is_kept(app: Flask, command: str) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], scan_command=command)
    assessment_id = opened()
    row = document(assessment_id, "staff-list")
    there = len(list(folder().iterdir()))
    with pytest.raises(Invalid, match="virus"):
        add_files(actor("staff"), assessment_id, row.id, [("a.csv", b"EICAR,1\n")])
    assert len(list(folder().iterdir())) == there
    assert document(assessment_id, "staff-list").state is NOT_SUPPLIED
    if "grep" in command:
        add_files(actor("staff"), assessment_id, row.id, [("a.csv", CSV)])
        assert document(assessment_id, "staff-list").state is SUPPLIED
