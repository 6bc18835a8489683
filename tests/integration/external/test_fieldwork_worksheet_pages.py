"""The page of a worksheet: rows by buttons and by script, both versions, downloads, statements."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from portal.reviews.external.fieldwork_rows import stored_rows
from portal.reviews.external.service.fieldwork_rows import save_row
from tests.support import statements
from tests.support.assessing import actor, email
from tests.support.fieldwork import ME, posted, put, value
from tests.support.page_client import PageClient
from tests.support.reviewing import in_fieldwork


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
