"""The pages of a contract's cycle, as supplier, buyer and others see them."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from portal.contracts.cycle import queries
from portal.contracts.cycle.models import MeetingKind
from portal.contracts.cycle.paper import draw_pdf
from portal.contracts.cycle.rules.agenda import Point
from portal.contracts.cycle.rules.records import CaseKind
from portal.contracts.cycle.rules.report import digest_of
from portal.contracts.cycle.service.meetings import MeetingDetails, plan_meeting
from portal.core import clock
from tests.support.assessing import actor, email
from tests.support.cycling import KEY, compiled, over, submitted
from tests.support.page_client import PageClient

BASE = f"/contracts/{KEY}"


def report_at() -> str:
    return f"{BASE}/{over().key}/report"


def parts(day: date) -> list[str]:
    """A date as its three boxes have it."""
    return [str(day.day), str(day.month), str(day.year)]


def test_a_quarter_is_compiled_submitted_accepted_reviewed_and_closed_on_its_pages(
    client: PageClient,
) -> None:
    client.sign_in(email("lead"))
    assert "Nobody has begun" in client.get(report_at()).text
    assert "The report is begun" in client.submit(button="Begin the report").text
    client.click("Write the summary")
    assert "The summary is saved" in client.submit("edit", summary="A calm quarter").text
    client.click("Add an activity")
    page = client.submit("edit", stream="reporting", text="", expect=400)
    assert "Enter what the activity is" in page.errors
    client.submit("edit", stream="reporting", text="A data clinic", planned=True, done_on=parts(over().first))
    page = client.get(report_at())
    assert "A data clinic" in page.text
    page = client.click("Submit the report")
    assert "frozen as it reads now" in page.text
    page = client.submit("edit")
    assert "It no longer changes" in page.text
    client.sign_in(email("buyer"))
    client.get(report_at())
    client.click("Accept or return")
    page = client.submit("edit", decision="return", expect=400)
    assert "Enter what must be put right" in page.errors
    client.submit("edit", decision="accept")
    client.get(f"{BASE}/meetings")
    page = client.click(f"Plan the review of {over().key}")
    assert "Other issues raised by either side" in page.text
    page = client.submit("edit", on=parts(clock.today()))
    assert "The meeting is planned" in page.text
    client.click("Quarterly review" + f" of {clock.today().day} {clock.today():%B %Y}")
    client.click("Record the meeting")
    page = client.submit("edit", attendance="DWP:", minutes="Agreed", expect=400)
    assert page.errors == ["Enter who came, for at least one party"]
    page = client.submit("edit", attendance="OHID: B. Lowe\nDWP:", minutes="Agreed to go on")
    assert "Agreed to go on" in page.text
    client.click("Add an action")
    page = client.submit("edit", text="Send the plan", owner="Lead", due=parts(clock.today()))
    assert page.table("The open ones first")
    client.get(report_at())
    page = client.submit(button="Close the quarter")
    assert "The quarter is closed" in page.text


def test_a_draft_is_the_suppliers_until_it_is_submitted(client: PageClient) -> None:
    compiled()
    client.sign_in(email("buyer"))
    page = client.get(report_at())
    assert "can be read here once it is submitted" in page.text
    client.get(report_at() + ".json", expect=404)
    client.get(report_at() + "?version=1", expect=404)
    client.sign_in(email("lead"))
    assert "A draft, as the records stand now" in client.get(report_at()).text
    assert client.get(report_at() + ".json").json["number"] == 1
    client.get(report_at() + ".pdf", expect=404)


def test_a_submitted_report_is_downloaded_in_every_form(client: PageClient) -> None:
    report_id = submitted()
    kept = queries.frozen(report_id)
    assert kept is not None
    client.sign_in(email("buyer"))
    page = client.get(report_at() + ".json")
    assert digest_of(page.response.get_data(as_text=True)) == kept.digest
    book = load_workbook(io.BytesIO(client.get(report_at() + ".xlsx").response.data))
    assert "Indicators" in book.sheetnames
    page = client.get(report_at() + ".pdf", expect=202)
    assert "The PDF is being made" in page.heading
    draw_pdf({"report_id": str(report_id)})
    page = client.get(report_at() + ".pdf")
    assert page.response.data.startswith(b"%PDF")
    assert f"{KEY}-{over().key}-report.pdf" in page.response.headers["Content-Disposition"]


def test_a_returned_version_stays_readable_with_the_reasons(client: PageClient) -> None:
    submitted()
    client.sign_in(email("buyer"))
    client.get(report_at())
    client.click("Accept or return")
    page = client.submit("edit", decision="return", reason="The events are missing")
    assert "The events are missing" in page.text
    client.sign_in(email("lead"))
    page = client.get(report_at())
    assert "Why there is version 2" in page.text
    client.click("Submit the report")
    client.submit("edit")
    page = client.get(report_at() + "?version=1")
    assert "Returned" in page.text
    assert [row[0] for row in page.table("Versions, the newest first")[1:]] == ["Version 2", "Version 1"]


def test_who_decides_second_is_told(client: PageClient) -> None:
    submitted()
    client.sign_in(email("buyer"))
    client.get(report_at() + "/decide")
    other = PageClient(client.app)
    other.sign_in(email("buyer"))
    other.get(report_at() + "/decide")
    client.submit("edit", decision="accept")
    page = other.submit("edit", decision="return", reason="No", expect=409)
    assert page.errors == ["The report has been accepted."]


def test_a_correction_begins_a_version_and_says_why(client: PageClient) -> None:
    submitted()
    client.sign_in(email("buyer"))
    client.get(report_at() + "/decide")
    client.submit("edit", decision="accept")
    client.sign_in(email("lead"))
    client.get(report_at())
    client.click("Correct the report")
    page = client.submit("edit", why="A review was counted twice")
    assert "A review was counted twice" in page.text


def test_milestones_are_kept_and_the_mobilisation_plan_is_due_four_weeks_after_award(
    client: PageClient,
) -> None:
    client.sign_in(email("buyer"))
    assert "No milestone yet" in client.get(f"{BASE}/milestones").text
    client.click("Add a milestone")
    awarded = over().first
    page = client.submit(
        "edit", title="Mobilisation plan agreed", due=parts(awarded), awarded_on=parts(awarded)
    )
    due = awarded + timedelta(weeks=4)
    assert f"{due.day} {due:%B %Y}" in page.text
    assert "Late" in page.text
    client.click("Change : Mobilisation plan agreed")
    page = client.submit("edit", done_on=parts(awarded))
    assert "Late" not in page.text
    client.click("Change : Mobilisation plan agreed")
    assert "Removed: the milestone" in client.submit("remove").text


@pytest.mark.parametrize("days, words", [(-1, "In time"), (0, "In time"), (1, "1 day late")])
def test_notice_of_a_new_lead_manager_is_checked(client: PageClient, days: int, words: str) -> None:
    client.sign_in(email("lead"))
    client.get(f"{BASE}/managers/new")
    told = date(2026, 1, 10) + timedelta(days=days)
    page = client.submit("edit", name="Rina Cole", told_on=parts(told), effect_on=parts(date(2026, 2, 10)))
    assert words in page.text


def test_risks_are_kept_by_both_sides(client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get(f"{BASE}/risks/new")
    page = client.submit(
        "edit", kind="risk", text="", grade="high", owner="Lead", raised_on=parts(over().first), expect=400
    )
    assert page.errors == ["Enter what the risk or issue is"]
    client.submit("edit", text="Posts stay empty")
    client.sign_in(email("buyer"))
    client.get(f"{BASE}/risks")
    client.click("Change : Posts stay empty")
    page = client.submit("edit", closed_on=parts(over().first))
    assert "Saved" in page.text


def test_a_change_over_a_newer_one_shows_both(client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get(f"{BASE}/milestones/new")
    client.submit("edit", title="Team in place", due=parts(over().first))
    client.click("Change : Team in place")
    other = PageClient(client.app)
    other.sign_in(email("buyer"))
    other.get(f"{BASE}/milestones")
    other.click("Change : Team in place")
    client.submit("edit", title="Whole team in place")
    page = other.submit("edit", note="All regions", expect=409)
    assert "Whole team in place" in page.text
    assert "All regions" in page.text


def test_a_complaint_goes_to_its_settlement(client: PageClient) -> None:
    client.sign_in(email("lead"))
    assert "None yet" in client.get(f"{BASE}/cases").text
    client.click("Record one")
    client.submit(
        "edit", kind="complaint", sender="A provider", about="A late answer", received_on=parts(clock.today())
    )
    client.click("A late answer")
    page = client.submit("step", what="escalated", text="", expect=400)
    assert page.errors == ["Enter what was done"]
    client.submit("step", what="escalated", text="The two sides disagree")
    client.sign_in(email("buyer"))
    client.get(f"{BASE}/cases")
    client.click("A late answer")
    page = client.submit("step", what="reopened", text="x", expect=409)
    assert "cannot be done now" in page.errors[0]
    page = client.submit("step", what="resolved", text="Answered and accepted")
    assert "Settled" in page.text


def test_an_ad_hoc_meeting_says_who_asked_and_can_be_cancelled(client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get(f"{BASE}/meetings")
    client.click("Plan an ad hoc meeting")
    page = client.submit("edit", on=parts(clock.today()), agenda="# Data", expect=400)
    assert page.errors == ["Enter which side asked for the meeting"]
    client.submit("edit", asked_by="Supplier")
    client.get(f"{BASE}/meetings")
    client.click(f"Ad hoc meeting of {clock.today().day} {clock.today():%B %Y}")
    client.click("Change day or agenda")
    client.submit("edit", agenda="# Data quality\nWhat to do")
    page = client.submit(button="Cancel the meeting")
    assert "The meeting is cancelled" in page.text


def test_a_meeting_to_come_cannot_be_recorded(client: PageClient) -> None:
    ahead = clock.today() + timedelta(days=1)
    details = MeetingDetails(MeetingKind.QUARTERLY, ahead, "", (Point("Performance", ""),))
    meeting_id = plan_meeting(actor("lead"), KEY, over().key, details)
    client.sign_in(email("lead"))
    client.get(f"{BASE}/meetings/{meeting_id}/hold")
    page = client.submit("edit", attendance="OHID: B. Lowe", minutes="Too early", expect=409)
    assert "Record it on that day or after" in page.errors[0]


@pytest.mark.parametrize("who", ["manager", "eism", "commissioner", "administrator"])
def test_who_is_no_party_finds_nothing(client: PageClient, who: str) -> None:
    submitted()
    client.sign_in(email(who))
    for tail in ("meetings", "milestones", "risks", "managers", "cases", f"{over().key}/report"):
        client.get(f"{BASE}/{tail}", expect=404)


def test_a_frozen_page_reads_the_same_after_the_records_change(client: PageClient) -> None:
    submitted()
    client.sign_in(email("lead"))
    before = json.dumps(client.get(report_at() + ".json").json)
    client.get(f"{BASE}/milestones/new")
    client.submit("edit", title="Typed too late", due=parts(over().first))
    assert json.dumps(client.get(report_at() + ".json").json) == before
    assert "Typed too late" not in client.get(report_at()).text


@pytest.mark.parametrize("kind", list(CaseKind))
def test_what_one_side_served_or_asked_for_is_kept_as_what_it_is(client: PageClient, kind: CaseKind) -> None:
    client.sign_in(email("buyer"))
    client.get(f"{BASE}/cases/new")
    client.submit("edit", kind=kind.value, sender="OHID", about="As agreed", received_on=parts(clock.today()))
    page = client.get(f"{BASE}/cases")
    assert kind.words.capitalize() in page.text
    page = client.click("As agreed")
    assert page.heading.startswith(kind.words.capitalize())
