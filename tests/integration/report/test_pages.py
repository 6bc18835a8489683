"""The report's page and its downloads: who may have them, and what they say."""

from __future__ import annotations

import csv
import io
import json
import uuid
from datetime import date

import pytest
from openpyxl import load_workbook

from portal.core.db import db
from portal.core.jobs import worker
from portal.reviews.assessment.models import PublishedReport
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.starting import Start, start
from tests.support.assessed import Proposing, World, all_rated, drafts
from tests.support.page_client import PageClient
from tests.support.statements import recorded

LIVE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://example.org")')


@pytest.fixture
def made(world: World) -> uuid.UUID:
    world.past(date(2025, 5, 20), all_rated(3))
    return world.final(drafts(all_rated(4, n1=5, n15=2)), {"rapid-job-search": Proposing(1)})


def test_whoever_may_read_the_result_reads_its_report(
    world: World, made: uuid.UUID, client: PageClient
) -> None:
    for who in ("manager", "staff", "eism", "commissioner", "buyer"):
        client.sign_in(world.email(who))
        assert client.get(f"/assessments/{made}/report").heading == "Guided self-assessment of Bridge IPS"
        for ending in ("csv", "xlsx", "json"):
            client.get(f"/assessments/{made}/report.{ending}")


def test_others_are_told_that_nothing_is_there(world: World, made: uuid.UUID, client: PageClient) -> None:
    for who in ("other-manager", "other-commissioner", "administrator"):
        client.sign_in(world.email(who))
        for address in (
            "report",
            "report.pdf",
            "report.csv",
            "report.xlsx",
            "report.json",
            "report/pdf-state",
        ):
            client.get(f"/assessments/{made}/{address}", expect=404)


def test_without_a_sign_in_no_report_is_shown(made: uuid.UUID, client: PageClient) -> None:
    page = client.get(f"/assessments/{made}/report")
    assert page.path == "/sign-in"
    assert "Bridge IPS" not in page.text


def test_an_assessment_under_way_has_no_report_and_leads_to_its_own_page(
    world: World, client: PageClient
) -> None:
    wanted = Start(world.service_id, "ips-25", Kind.SELF, date(2026, 1, 1), date(2026, 3, 1))
    open_one = start(world.actor("manager"), wanted)
    client.sign_in(world.email("manager"))
    assert client.get(f"/assessments/{open_one}/report").path == f"/assessments/{open_one}"
    assert client.get(f"/assessments/{open_one}/report.json").path == f"/assessments/{open_one}"


def test_the_first_screen_says_result_change_what_went_well_and_what_comes_first(
    world: World, made: uuid.UUID, client: PageClient
) -> None:
    client.sign_in(world.email("manager"))
    page = client.get(f"/assessments/{made}/report")
    assert "98 of 125 Fair fidelity" in page.text
    assert "2 points below Good fidelity" in page.text
    assert "+23 since the guided self-assessment of 20 May 2025 (75, Fair fidelity)" in page.text
    assert "Not agreed: 15. Rapid job search for competitive job" in page.text
    assert page.text.index("Done well") < page.text.index("Priorities") < page.text.index("Profile")
    assert page.table("The total and the bands")[2][0] == "Exemplary fidelity"
    assert page.table("Share of the maximum by section")[1] == ["Staffing", "13", "15", "86%"]
    assert len(page.table("Rating of each item")) == 26


def test_each_item_has_its_block_with_evidence_and_recommendation(
    world: World, made: uuid.UUID, client: PageClient
) -> None:
    client.sign_in(world.email("manager"))
    page = client.get(f"/assessments/{made}/report")
    headings = [tag.get_text() for tag in page.soup.select(".portal-item h3")]
    assert len(headings) == 25
    block = page.soup.select_one("section[aria-labelledby=item-15]")
    assert block is not None
    words = " ".join(block.get_text(" ").split())
    for said in (
        "Not agreed",
        "Rated 1 of 5",
        "Provider 2, guide 1",
        "Seen: rapid-job-search",
        "Recommendation",
    ):
        assert said in words


def test_what_people_wrote_is_shown_as_text_and_never_run(world: World, client: PageClient) -> None:
    sheet = drafts(all_rated(4))
    sheet["caseload-size"] = ItemDraft(4, evidence="<script>alert(1)</script> {{ 7*7 }} & “quotes”")
    made = world.final(sheet, kind=Kind.SELF)
    client.sign_in(world.email("manager"))
    page = client.get(f"/assessments/{made}/report")
    assert "<script>alert(1)</script> {{ 7*7 }} & “quotes”" in page.text


def test_a_scale_without_bands_says_that_none_are_published(world: World, client: PageClient) -> None:
    made = world.past(date(2025, 5, 20), all_rated(4, "thrive-24"), scale_key="thrive-24")
    client.sign_in(world.email("manager"))
    page = client.get(f"/assessments/{made}/report")
    assert "96 of 120" in page.text
    assert "No bands are published for this scale" in page.text
    assert "first result of the service on this scale" in page.text


def test_a_replaced_result_leads_to_the_later_one(world: World, made: uuid.UUID, client: PageClient) -> None:
    old = world.past(date(2024, 5, 20), all_rated(2))
    client.sign_in(world.email("commissioner"))
    page = client.get(f"/assessments/{old}/report")
    assert "A later result has replaced this one" in page.text
    assert any(link["href"] == f"/assessments/{made}/report" for link in page.soup.find_all("a", href=True))


def test_only_who_may_read_plans_is_led_to_the_plan(
    world: World, made: uuid.UUID, client: PageClient
) -> None:
    client.sign_in(world.email("manager"))
    assert client.get(f"/assessments/{made}/report").link("Action plan").startswith("/plans/")
    client.sign_in(world.email("buyer"))
    assert "Action plan" not in client.get(f"/assessments/{made}/report").text


def test_the_json_is_the_very_text_that_is_hashed(world: World, made: uuid.UUID, client: PageClient) -> None:
    client.sign_in(world.email("manager"))
    response = client.get(f"/assessments/{made}/report.json").response
    row = db.session.get_one(PublishedReport, (made, 1))
    assert response.data.decode() == row.content
    assert response.headers["ETag"] == f'"{row.digest}"'
    assert "bridge-ips" in response.headers["Content-Disposition"]
    assert json.loads(response.data)["total"] == 98
    client.get(
        f"/assessments/{made}/report.json", headers={"If-None-Match": response.headers["ETag"]}, expect=304
    )


def test_the_sheets_hold_every_rating_and_the_sums_with_what_they_are_out_of(
    world: World, made: uuid.UUID, client: PageClient
) -> None:
    client.sign_in(world.email("manager"))
    text = client.get(f"/assessments/{made}/report.csv").response.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 25 + 3 + 1
    assert rows[14]["Rating"] == "1"
    assert rows[14]["Provider’s rating"] == "2"
    assert rows[14]["Agreed"] == "no"
    assert rows[14]["Change since last time"] == "-2"
    assert [(row["Item"], row["Rating"], row["Out of"]) for row in rows[25:]] == [
        ("Section total", "13", "15"), ("Section total", "32", "40"),
        ("Section total", "53", "70"), ("Total", "98", "125"),
    ]  # fmt: skip
    book = load_workbook(io.BytesIO(client.get(f"/assessments/{made}/report.xlsx").response.data))
    sheet = book["Ratings"]
    assert [cell.value for cell in sheet[1]] == list(rows[0])
    assert sheet.cell(30, 5).value == 98
    assert sheet.cell(16, 5).value == 1


def test_no_cell_of_a_sheet_is_a_formula(world: World, client: PageClient) -> None:
    sheet = drafts(all_rated(4))
    for key, live in zip(sheet, LIVE, strict=False):
        sheet[key] = ItemDraft(4, evidence=live, rationale=live)
    made = world.final(sheet, kind=Kind.SELF)
    client.sign_in(world.email("manager"))
    text = client.get(f"/assessments/{made}/report.csv").response.data.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(f"/assessments/{made}/report.xlsx").response.data))
    written = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    for live in LIVE:
        assert any(live.strip() in cell for cell in written), live
    assert not [cell for cell in written if cell.startswith(("=", "+", "@", "\t", "＝"))]
    assert not [cell for row in book["Ratings"].iter_rows() for cell in row if cell.data_type == "f"]


def test_a_past_results_pdf_is_made_when_first_asked_for(
    world: World, client: PageClient, quick_pdf: bytes
) -> None:
    made = world.past(date(2025, 5, 20), all_rated(3))
    client.sign_in(world.email("commissioner"))
    client.get(f"/assessments/{made}/report")
    waiting = client.submit(f"/assessments/{made}/report/pdf", expect=202)
    assert waiting.heading == "The PDF is being made"
    assert waiting.link("Look again") == f"/assessments/{made}/report.pdf"
    assert client.get(f"/assessments/{made}/report/pdf-state").json == {"ready": False}

    client.post(f"/assessments/{made}/report/pdf", {}, expect=400)  # a forged request has no token
    assert worker.run_all() == 1
    assert client.get(f"/assessments/{made}/report/pdf-state").json == {"ready": True}
    assert client.get(f"/assessments/{made}/report.pdf").response.data == quick_pdf


@pytest.mark.usefixtures("quick_pdf")
def test_asking_twice_makes_one_job(world: World, client: PageClient) -> None:
    made = world.past(date(2025, 5, 20), all_rated(3))
    client.sign_in(world.email("manager"))
    for _ in range(2):
        client.get(f"/assessments/{made}/report.pdf", expect=202)
        if client.page is not None and client.page.heading == "The PDF is not made yet":
            client.submit(expect=202)
    assert worker.run_all() == 1


def test_the_page_takes_as_many_statements_whatever_it_holds(
    world: World, made: uuid.UUID, client: PageClient
) -> None:
    client.sign_in(world.email("manager"))
    client.get(f"/assessments/{made}/report")
    with recorded(client.app) as first:
        client.get(f"/assessments/{made}/report")
    for month in range(1, 6):
        world.past(date(2024, month, 20), all_rated(2))
    with recorded(client.app) as second:
        client.get(f"/assessments/{made}/report")
    assert len(second) == len(first) <= 13, second
