"""The portfolio's pages, by the service, the team and those who only read."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from flask import Flask

from portal.core.db import db
from portal.reviews.external.models.portfolio import PortfolioFile
from portal.reviews.external.rules.portfolio import DocumentState
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.portfolio import Answer, answer
from portal.reviews.external.service.portfolio_files import add_files
from tests.support.assessing import actor, email, item_key
from tests.support.page_client import PageClient
from tests.support.portfolios import LEAD, PLANNER, document, opened, planned
from tests.support.statements import recorded

CSV = b"name,hours\nrota,37\n"
FORM = "answer-form"


def test_the_service_supplies_a_document_and_the_list_says_so(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    client.sign_in(email("staff"))
    page = client.get(f"/reviews/{assessment_id}/portfolio")
    assert "0 of 21 supplied" in page.text
    client.click("Staff list")
    page = client.submit(
        FORM,
        button="Save",
        fields={"uploads": (BytesIO(CSV), "../../staff list.csv"), "note": "Vacancies in red"},
    )
    assert "Added staff list.csv" in page.text
    assert "1 of 21 supplied" in page.text
    assert "Vacancies in red" in page.text
    page = client.get(f"/reviews/{assessment_id}/portfolio?show=missing")
    assert "20 documents of 22" in page.text
    page = client.get(f"/reviews/{assessment_id}/portfolio?q=staff+vacancies")
    assert "1 document of 22" in page.text
    page = client.get(f"/reviews/{assessment_id}/portfolio?q=zzz")
    assert "No document matches" in page.text


def test_a_file_that_cannot_be_taken_keeps_what_was_typed(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/portfolio/{document(assessment_id, 'diaries').id}")
    page = client.submit(
        FORM,
        button="Save",
        expect=400,
        fields={"uploads": (BytesIO(b"MZ"), "a.exe"), "note": "Typed already"},
    )
    assert "Choose a file of one of these kinds" in page.errors[0]
    assert "Typed already" in page.text
    assert db.session.query(PortfolioFile).count() == 0
    page = client.submit(FORM, button="Save", expect=400, state="not-available", note="")
    assert page.errors == ["Say why it is not available"]


def test_a_refused_answer_keeps_the_files_that_came_with_it(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    row = document(assessment_id, "diaries")
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/portfolio/{row.id}")
    answer(actor("manager"), assessment_id, row.id, Answer(DocumentState.NOT_AVAILABLE, "On paper"), 1)
    fields = {"uploads": (BytesIO(CSV), "diary.csv"), "state": "partly", "note": "One of three"}
    page = client.submit(FORM, button="Save", expect=409, fields=fields)
    assert "Somebody else changed this document first" in page.errors[0]
    assert "On paper" in page.text
    assert "One of three" in page.text
    assert "diary.csv" in page.text
    page = client.submit(FORM, button="Save")
    assert document(assessment_id, "diaries").note == "One of three"
    assert document(assessment_id, "diaries").state is DocumentState.PARTLY


def test_removing_a_file_keeps_what_was_typed_beside_it(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    row = document(assessment_id, "diaries")
    add_files(actor("staff"), assessment_id, row.id, [("diary.csv", CSV)])
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/portfolio/{row.id}")
    page = client.submit(FORM, button="Remove diary.csv", note="Not saved yet")
    assert "Removed" in page.text
    assert "Not saved yet" in page.text
    page = client.submit(FORM, button="Put back diary.csv", note="Still not saved")
    assert "The file is back" in page.text
    assert "Still not saved" in page.text


@pytest.mark.parametrize("name", ["staff", LEAD, "far-eism", "lead"])
def test_files_go_to_the_people_of_the_review_as_attachments(
    app: Flask, client: PageClient, name: str
) -> None:
    assessment_id = opened()
    row = document(assessment_id, "diaries")
    (file_id,) = add_files(actor("staff"), assessment_id, row.id, [("diary.csv", CSV)])
    client.sign_in(email(name))
    assert "diary.csv" in client.get(f"/reviews/{assessment_id}/portfolio").text
    page = client.get(f"/reviews/{assessment_id}/portfolio/files/{file_id}")
    assert page.response.data == CSV
    assert page.response.headers["Content-Disposition"].startswith("attachment")
    assert page.response.headers["X-Content-Type-Options"] == "nosniff"


def test_who_only_follows_the_review_sees_states_and_no_file(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    row = document(assessment_id, "diaries")
    (file_id,) = add_files(actor("staff"), assessment_id, row.id, [("diary.csv", CSV)])
    client.sign_in(email("eism"))
    page = client.get(f"/reviews/{assessment_id}/portfolio")
    assert "1 of 21 supplied" in page.text
    assert "diary.csv" not in page.response.text
    assert "diary.csv" not in client.get(f"/reviews/{assessment_id}/portfolio/{row.id}").response.text
    client.get(f"/reviews/{assessment_id}/portfolio/files/{file_id}", expect=404)
    client.get(f"/reviews/{assessment_id}/portfolio.zip", expect=404)
    for name in ("other-manager", "buyer", "commissioner", "administrator", "peer"):
        client.sign_in(email(name))
        for place in ("", f"/{row.id}", f"/files/{file_id}"):
            client.get(f"/reviews/{assessment_id}/portfolio{place}", expect=404)
        client.get(f"/reviews/{assessment_id}/portfolio.zip", expect=404)


def test_a_file_is_found_in_its_own_review_only(app: Flask, client: PageClient) -> None:
    assessment_id, other = opened(), opened(scale="thrive-24")
    row = document(assessment_id, "diaries")
    (file_id,) = add_files(actor("staff"), assessment_id, row.id, [("diary.csv", CSV)])
    client.sign_in(email("staff"))
    client.get(f"/reviews/{other}/portfolio/files/{file_id}", expect=404)
    client.get(f"/reviews/{other}/portfolio/{row.id}", expect=404)


def test_the_archive_holds_every_file_in_safe_places_and_a_list(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    diaries, staff = document(assessment_id, "diaries"), document(assessment_id, "staff-list")
    big = CSV * 20_000
    add_files(actor("staff"), assessment_id, staff.id, [("../../etc/staff.csv", CSV), ("STAFF.csv", big)])
    add_files(actor("staff"), assessment_id, diaries.id, [("diary.csv", CSV)])
    answer(actor("staff"), assessment_id, diaries.id, Answer(DocumentState.PARTLY, "=1+1"), 1)
    client.sign_in(email(LEAD))
    page = client.get(f"/reviews/{assessment_id}/portfolio.zip")
    assert page.response.mimetype == "application/zip"
    assert page.response.headers["Content-Disposition"] == 'attachment; filename="portfolio-alder-ips.zip"'
    with zipfile.ZipFile(BytesIO(page.response.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "Contents.csv",
            "02 Staff list/staff.csv",
            "02 Staff list/STAFF (2).csv",
            "09 Specialists’ diaries/diary.csv",
        ]
        assert archive.read("02 Staff list/STAFF (2).csv") == big
        listing = archive.read("Contents.csv").decode("utf-8-sig")
    assert "Specialists’ diaries,Partly supplied,1,'=1+1" in listing


def test_reviewers_ask_for_a_document_and_withdraw_one(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    client.sign_in(email(LEAD))
    client.get(f"/reviews/{assessment_id}/portfolio")
    client.click("Ask for another document")
    page = client.submit(button="Ask for it", expect=400)
    assert page.errors == ["Enter what you ask for"]
    page = client.submit(button="Ask for it", title="Cover rota", send="Last month", items=[item_key(7)])
    assert "Asked for" in page.text
    assert "0 of 22 supplied" in page.text
    client.click("Cover rota")
    page = client.submit(button="Withdraw this request")
    assert "Withdrawn: Cover rota" in page.text
    assert "0 of 21 supplied" in page.text
    page = client.submit(button="Ask for it again : Cover rota")
    assert "0 of 22 supplied" in page.text
    client.sign_in(email("staff"))
    page = client.get(f"/reviews/{assessment_id}/portfolio")
    assert "Asked for by Stand in Person" in page.text
    client.get(f"/reviews/{assessment_id}/portfolio/new", expect=403)


def test_the_manager_does_the_self_audit_and_the_team_sees_its_gaps(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    client.sign_in(email("staff"))
    assert "Your manager does it" in client.get(f"/reviews/{assessment_id}/portfolio").text
    client.get(f"/reviews/{assessment_id}/portfolio/self-audit", expect=403)
    client.sign_in(email("manager"))
    client.get(f"/reviews/{assessment_id}/portfolio")
    page = client.click("Do the self-audit")
    assert "What is missing" in page.text
    page = client.submit(button="Self-audit done", comment="Ask jo@example.org", expect=400)
    assert page.errors == ["Leave out e-mail addresses"]
    page = client.submit(button="Self-audit done", comment="The rest comes on Monday")
    assert "0 of 21 were supplied then" in page.text
    client.sign_in(email(LEAD))
    page = client.get(f"/reviews/{assessment_id}/portfolio")
    assert "The rest comes on Monday" in page.text
    assert "What was missing (21)" in page.text


def test_before_it_opens_there_is_nothing_and_after_fieldwork_it_is_closed(
    app: Flask, client: PageClient
) -> None:
    assessment_id = planned()
    client.sign_in(email("manager"))
    assert "appears here when" in client.get(f"/reviews/{assessment_id}/portfolio").text
    advance(actor(PLANNER), assessment_id, Action.OPEN, None)
    row = document(assessment_id, "diaries")
    advance(actor(PLANNER), assessment_id, Action.CANCEL, None, "Snow")
    page = client.get(f"/reviews/{assessment_id}/portfolio/{row.id}")
    assert "Add files" not in page.text
    client.post(
        f"/reviews/{assessment_id}/portfolio/{row.id}", {"state": "supplied", "note": "x"}, expect=400
    )


def test_the_list_takes_as_many_statements_however_much_is_in_it(app: Flask, client: PageClient) -> None:
    assessment_id = opened()
    client.sign_in(email("staff"))
    address = f"/reviews/{assessment_id}/portfolio"
    client.get(address)
    with recorded(app) as bare:
        client.get(address)
    for key in ("diaries", "staff-list", "jobs-list"):
        add_files(actor("staff"), assessment_id, document(assessment_id, key).id, [("a.csv", CSV)] * 3)
    with recorded(app) as full:
        client.get(address)
    assert len(bare) == len(full) <= 17, full
