"""Worksheets: saved row by row, figures for the calculators, rows added, removed and put back, downloads."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from openpyxl import load_workbook

from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.external import measures
from portal.reviews.external.fieldwork_rows import rows_of, stored_rows
from portal.reviews.external.fieldwork_worksheets import worksheet
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.rules.worksheet_rows import MOST_ROWS
from portal.reviews.external.service.fieldwork_rows import add_row, remove_row, save_row
from portal.scales.rules.calculator import suggest
from tests.support import reviewing, statements
from tests.support.assessing import actor, audit_rows, email
from tests.support.page_client import PageClient
from tests.support.pages import Page
from tests.support.reviewing import fresh, in_consensus, in_fieldwork, planned

ME = "lead-reviewer"
ROW = {"joined": "2026-01-01", "first-employer": "2026-01-31", "supported": "yes"}


def put(assessment_id: UUID, sheet: str, position: int, version: int = 0, /, **answers: str) -> int:
    typed = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return save_row(actor(ME), assessment_id, sheet, position, typed, version).version


def positions(assessment_id: UUID, sheet_key: str) -> list[int]:
    sheet = worksheet(sheet_key)
    assert sheet is not None
    return [row.position for row in rows_of(fresh(assessment_id), sheet) if not row.removed]


def value(page: Page, selector: str) -> str:
    """The value of the one field that the selector finds."""
    tag = page.soup.select_one(selector)
    assert tag is not None, selector
    return str(tag.get("value", tag.text))


def posted(client: PageClient, address: str, **data: str) -> tuple[int, dict[str, Any]]:
    """Status and body of what a script sends."""
    names = {name.replace("__", "-"): text for name, text in data.items()}
    answer = client.browser.post(address, data=names, headers={"Accept": "application/json"})
    body: dict[str, Any] = answer.get_json()
    return answer.status_code, body


def test_the_record_review_starts_with_the_programmes_sample(app: Flask) -> None:
    assessment_id = in_fieldwork()

    assert fresh(assessment_id).process.record_sample == 10
    assert positions(assessment_id, "records") == list(range(1, 11))
    assert positions(assessment_id, "caseload") == [1, 2, 3, 4]
    assert stored_rows(assessment_id) == {}


def test_a_row_is_saved_once_however_often_it_is_sent(app: Flask) -> None:
    assessment_id, before = in_fieldwork(), audit_rows()

    assert save_row(actor(ME), assessment_id, "records", 1, ROW, 0).version == 1
    assert save_row(actor(ME), assessment_id, "records", 1, ROW, 0).version == 1
    assert (
        save_row(actor("observer"), assessment_id, "records", 1, {**ROW, "supported": "no"}, 1).version == 2
    )
    assert save_row(actor(ME), assessment_id, "records", 2, {}, 0).version == 0  # nothing was entered

    assert audit_rows() == before + 2
    assert stored_rows(assessment_id)["records"][1].answers == {**ROW, "supported": "no"}


def test_two_people_may_fill_two_rows_at_once_but_not_one(app: Flask) -> None:
    assessment_id = in_fieldwork()
    put(assessment_id, "records", 1, supported="yes")
    save_row(actor("second-reviewer"), assessment_id, "records", 2, {"supported": "no"}, 0)

    with pytest.raises(Stale) as stale:
        save_row(actor("second-reviewer"), assessment_id, "records", 1, {"supported": "no"}, 0)

    assert (stale.value.current, stale.value.version) == ({"supported": "yes"}, 1)


def test_figures_reach_the_calculators_of_every_item_they_inform(app: Flask) -> None:
    assessment_id = in_fieldwork()
    for position, days in enumerate(("2026-01-31", "2026-01-31", "2026-02-01"), 1):
        put(assessment_id, "records", position, joined="2026-01-01", first_employer=days)
    put(assessment_id, "employer-contacts", 1, week_1="6", week_2="6", log="weekly")
    put(assessment_id, "caseload", 1, clients="20", fte="1")
    put(assessment_id, "caseload", 2, clients="13", fte="0.6")
    found = fresh(assessment_id)

    offers = measures.offers(found)

    assert offers["rapid-job-search"].entries == {"days": "91", "people": "3", "tracked": True}
    assert offers["caseload-size"].entries == {"clients": "33", "fte": "1.6"}
    ratings = {
        key: suggestion.rating
        for key in ("rapid-job-search", "caseload-size", "employer-contact-frequency")
        for suggestion in [suggest(found.scale.item(key).rule, offers[key].entries)]
        if suggestion
    }
    # 91 days over 3 people are 30⅓, over 30: not rounded to 30
    assert ratings == {"rapid-job-search": 4, "caseload-size": 4, "employer-contact-frequency": 5}
    assert measures.offer(found, "disclosure") == measures.NOTHING


def test_offers_take_one_statement_however_many_rows(app: Flask) -> None:
    assessment_id = in_fieldwork()
    for position in range(1, 6):
        put(assessment_id, "records", position, supported="yes")
    found = fresh(assessment_id)

    with statements.recorded(app) as made:
        measures.offers(found)

    assert len(made) == 1, made


def test_a_removed_row_leaves_the_figures_and_comes_back_with_its_answers(app: Flask) -> None:
    assessment_id = in_fieldwork()
    put(assessment_id, "records", 1, supported="yes")
    put(assessment_id, "records", 2, supported="no")
    before = audit_rows()

    for _ in range(2):
        assert remove_row(actor(ME), assessment_id, "records", 2) == "Record 2"
    assert measures.offers(fresh(assessment_id))["individualised-support"].words == (
        "People in work who get support: 1 of 1 record (100%) (ticked when at least 50% or more than 50%)",
    )
    with pytest.raises(Refused, match="Put it back first"):
        put(assessment_id, "records", 2, 1, supported="na")
    for _ in range(2):
        remove_row(actor(ME), assessment_id, "records", 2, back=True)
    assert "1 of 2 records" in measures.offers(fresh(assessment_id))["individualised-support"].words[0]
    assert audit_rows() == before + 2


def test_rows_are_added_at_the_end_and_an_untouched_one_can_be_removed(app: Flask) -> None:
    assessment_id = in_fieldwork()

    assert add_row(actor(ME), assessment_id, "caseload") == 5
    assert add_row(actor("observer"), assessment_id, "caseload") == 6
    remove_row(actor(ME), assessment_id, "caseload", 2)

    assert positions(assessment_id, "caseload") == [1, 3, 4, 5, 6]
    assert put(assessment_id, "caseload", 6, 1, clients="7") == 2


def test_a_worksheet_has_so_many_rows_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.reviews.external.service.fieldwork_rows.MOST_ROWS", 5)
    assert MOST_ROWS > 5
    assessment_id = in_fieldwork()
    assert add_row(actor(ME), assessment_id, "caseload") == 5
    with pytest.raises(Refused, match="5 rows at most"):
        add_row(actor(ME), assessment_id, "caseload")


@pytest.mark.parametrize(
    ("sheet", "answers", "field"),
    [
        ("records", {"joined": "2026-02-30"}, "joined"),
        ("records", {"contacts": "3", "contacts_matching": "4"}, "contacts-matching"),
        ("caseload", {"clients": "20.5"}, "clients"),
        ("jobs", {"employer": "jo@example.org"}, "employer"),
        ("time", {"hours": "30", "community_hours": "31"}, "community-hours"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_question(
    app: Flask, sheet: str, answers: dict[str, str], field: str
) -> None:
    assessment_id = in_fieldwork()

    with pytest.raises(Invalid) as invalid:
        put(assessment_id, sheet, 1, 0, **answers)

    assert set(invalid.value.problems) == {field}
    assert stored_rows(assessment_id) == {}


@pytest.mark.parametrize(("sheet", "position"), [("no-such", 1), ("records", 0), ("records", 11)])
def test_rows_that_are_not_there_are_not_found(app: Flask, sheet: str, position: int) -> None:
    assessment_id = in_fieldwork()

    with pytest.raises(NotFound):
        put(assessment_id, sheet, position, supported="yes")
    with pytest.raises(NotFound):
        remove_row(actor(ME), assessment_id, sheet, position)


def test_who_may_not_and_when_nothing_is_written(app: Flask) -> None:
    assessment_id = in_fieldwork()
    before = audit_rows()
    for name, error in (
        ("lead", Forbidden),
        ("moderator", Forbidden),
        ("manager", Forbidden),
        ("other-manager", NotFound),
        ("buyer", NotFound),
    ):
        with pytest.raises(error):
            save_row(actor(name), assessment_id, "records", 1, ROW, 0)
        with pytest.raises(error):
            add_row(actor(name), assessment_id, "records")
        with pytest.raises(error):
            remove_row(actor(name), assessment_id, "records", 1)
    assert audit_rows() == before


def test_tallies_open_with_fieldwork_and_close_when_both_have_locked(app: Flask) -> None:
    early = planned()
    with pytest.raises(Refused):
        put(early, "records", 1, supported="yes")
    reviewing.move(early, Action.OPEN, "lead")
    reviewing.move(early, Action.BEGIN_FIELDWORK, "lead-reviewer")
    reviewing.move(early, Action.LEAVE_SITE, "lead-reviewer", "By telephone.")
    put(early, "records", 1, supported="yes")


def test_after_unblinding_the_figures_behind_locked_ratings_stay(app: Flask) -> None:
    assessment_id = in_consensus()
    with pytest.raises(Refused):
        put(assessment_id, "records", 1, supported="yes")


def test_without_a_script_a_record_is_filled_and_the_next_one_opens(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
    client.sign_in(email(ME))
    page = client.get(f"/reviews/{assessment_id}/worksheets/records")
    assert "Nothing yet" in page.text

    page = client.submit(
        "row-1",
        button="next",
        fields={"q-joined": "1/3/2026", "q-first-employer": "2026-03-31", "q-supported": "na"},
    )

    assert page.form("row-2") is not None
    assert "30 days over 1 record: 30 on average, median 30 Item 15" in page.text
    assert "No figure: not applicable in 1 record" in page.text


def test_a_row_that_cannot_be_saved_keeps_what_was_typed(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
    client.sign_in(email(ME))
    client.get(f"/reviews/{assessment_id}/worksheets/caseload")

    page = client.submit("row-2", button="save", expect=400, fields={"q-clients": "many", "q-fte": "1"})

    assert page.errors == ["Active clients: enter a whole number, like 12"]
    assert value(page, "#row-2-clients") == "many"
    assert value(page, "#row-2-fte") == "1"


def test_whoever_saves_a_row_second_sees_both_versions(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
    client.sign_in(email(ME))
    client.get(f"/reviews/{assessment_id}/worksheets/records?row=3")
    with client.app.app_context():
        typed = {"joined": "2026-03-27", "supported": "no"}
        save_row(actor("second-reviewer"), assessment_id, "records", 3, typed, 0)

    page = client.submit("row-3", button="save", expect=409, fields={"q-supported": "yes"})

    assert page.table("Where yours and theirs differ") == [
        ["Field", "You typed", "Saved now"],
        ["Joined the service", "(empty)", "27 March 2026"],
        ["Gets support in work now", "Yes", "No"],
    ]
    client.submit("row-3", button="save")
    with client.app.app_context():
        row = stored_rows(assessment_id)["records"][3]
        assert (row.answers, row.version) == ({"supported": "yes"}, 2)


def test_rows_are_added_removed_and_put_back_by_buttons(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
    client.sign_in(email(ME))
    base = f"/reviews/{assessment_id}/worksheets/caseload"
    client.get(base)
    page = client.submit(f"{base}/rows")
    assert "Specialist 5" in page.text
    token = value(page, "#row-5 [name=csrf_token]")
    page = client.post(f"{base}/rows/5/remove", {"csrf_token": token})
    assert "Removed specialists (1)" in page.text
    page = client.submit(f"{base}/rows/5/restore")
    assert "Specialist 5 is back" in page.text


def test_a_script_gets_receipts_and_reasons_as_data(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
    client.sign_in(email(ME))
    address = f"/reviews/{assessment_id}/worksheets/caseload"
    token = value(client.get(address), "#row-1 [name=csrf_token]")
    row = f"{address}/rows/1"
    status, body = posted(client, row, csrf_token=token, version="0", q__clients="20")
    assert (status, body["version"]) == (200, 1)
    status, body = posted(client, row, csrf_token=token, version="0", q__clients="21")
    assert (status, body["error"]) == (409, "stale")
    status, body = posted(client, row, csrf_token=token, version="0", q__clients="x")
    assert (status, set(body["problems"])) == (400, {"clients"})


def test_the_lead_manager_reads_answers_without_fields(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
        put(assessment_id, "records", 1, joined="2026-03-27", supported="na")
    client.sign_in(email("lead"))

    page = client.get(f"/reviews/{assessment_id}/worksheets/records?row=1")

    assert "27 March 2026" in page.text
    assert "Not applicable" in page.text
    assert page.soup.select("main input, main button") == []


def test_downloads_hold_the_rows_and_the_figures(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
        put(assessment_id, "jobs", 1, type="=HYPERLINK(1)", employer="Brewer & Sons", competitive="yes")
    client.sign_in(email("second-reviewer"))
    base = f"/reviews/{assessment_id}/worksheets/jobs"

    text = client.get(f"{base}.csv").response.get_data().decode("utf-8-sig")
    assert text.splitlines()[0] == "Job,Type of job,Employer,Permanent and competitive"
    assert text.splitlines()[1] == "Job 1,'=HYPERLINK(1),Brewer & Sons,Yes"
    book = load_workbook(BytesIO(client.get(f"{base}.xlsx").response.get_data()))
    assert book.sheetnames == ["Jobs", "Figures"]
    assert [cell.value for cell in book["Figures"][2]] == [
        "Different types of job",
        "1 type in 1 job (100%)",
        "19. Diversity of job types",
    ]


def test_the_page_takes_as_many_statements_with_one_row_as_with_ten(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
        put(assessment_id, "records", 1, supported="yes")
    client.sign_in(email(ME))
    address = f"/reviews/{assessment_id}/worksheets/records"
    client.get(address)
    with statements.recorded(client.app) as one:
        client.get(address)
    with client.app.app_context():
        for position in range(2, 11):
            put(assessment_id, "records", position, supported="yes")
    with statements.recorded(client.app) as ten:
        client.get(address)
    assert len(one) == len(ten)
