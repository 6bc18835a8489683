"""Fieldwork on a tablet: notes and rows save themselves, figures follow at once, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.core import clock
from portal.reviews.external.fieldwork_notes import notes_of
from portal.reviews.external.fieldwork_rows import stored_rows
from portal.reviews.external.service.fieldwork_rows import save_row
from tests.support.assessing import actor, email
from tests.support.item_page import sends
from tests.support.site import Site
from tests.support.visited import on_a_visit

Check = Callable[[Page, str], None]
SignIn = Callable[[Site, str], None]


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, UUID]]:
    """A review whose team is on site."""
    with on_a_visit(tmp_path_factory.mktemp("visit")) as visit:
        yield visit


@pytest.fixture
def go(visit: tuple[Site, UUID], page: Page, sign_in: SignIn) -> Callable[[str], Page]:
    """Open a page of the review as its lead reviewer."""
    site, assessment_id = visit
    sign_in(site, email("lead-reviewer"))

    def to(path: str) -> Page:
        page.goto(f"{site.url}/reviews/{assessment_id}/{path}")
        return page

    return to


def test_a_note_saves_itself_and_takes_questions_of_the_guide(
    visit: tuple[Site, UUID], go: Callable[[str], Page], checked: Check
) -> None:
    site, assessment_id = visit
    page = go("fieldwork/notes/new?kind=interview&role=client")
    page.get_by_label("Note", exact=True).fill("Five people came.")
    expect(page.locator("#save-status")).to_contain_text("Saved at")
    question = page.locator(".portal-ask li", has_text="Where do you meet your specialist?")
    question.get_by_role("button").click()
    expect(page.get_by_label("Note", exact=True)).to_have_value(
        "Five people came.\n\nWhere do you meet your specialist?\n"
    )
    expect(page.get_by_label("24. Community-based services")).to_be_checked()
    page.get_by_label("Find an item").fill("zero")
    expect(page.get_by_label("7. Vocational unit")).to_be_hidden()
    expect(page.get_by_label("24. Community-based services")).to_be_visible()  # ticked ones stay in view
    with sends(page, "zero-exclusion"):
        page.get_by_label("9. Zero exclusion criteria").check()
    expect(page.locator("#save-status")).to_contain_text("Saved at")
    page.reload()  # at the note's own address by now
    expect(page.get_by_label("9. Zero exclusion criteria")).to_be_checked()
    checked(page, "fieldwork-note")
    with site.app.app_context():
        assert [note.item_keys for note in notes_of(assessment_id)] == [
            ("zero-exclusion", "community-based-services")
        ]


def test_figures_follow_while_a_record_is_filled_and_are_those_of_the_server(
    visit: tuple[Site, UUID], go: Callable[[str], Page], checked: Check
) -> None:
    page = go("worksheets/records?row=1")
    page.get_by_label("Joined the service").fill("2026-01-01")
    page.get_by_label("First face-to-face meeting with an employer").fill("2026-02-01")
    page.get_by_role("group", name="Gets support in work now").get_by_label("Not applicable").check()
    figure = page.locator("#figures-known [data-figure=days-to-employer]")
    expect(figure).to_have_text("31 days over 1 record: 31 on average, median 31")
    expect(page.locator("#row-1 .portal-status")).to_contain_text("Saved at")
    expect(page.locator("[data-answered='1']")).to_have_text("3")
    page.get_by_role("button", name="Save and next record").click()
    expect(page.locator("h3", has_text="Record 2")).to_be_visible()
    expect(figure).to_have_text("31 days over 1 record: 31 on average, median 31")
    page.get_by_label("Joined the service").fill("2026-01-01")
    page.get_by_label("First face-to-face meeting with an employer").fill("2026-01-30")
    expect(figure).to_have_text("60 days over 2 records: 30 on average, median 30")
    expect(page.locator("#row-2 .portal-status")).to_contain_text("Saved at")
    checked(page, "worksheet-records")


def test_rows_of_a_tally_save_on_their_own_and_say_what_is_wrong(
    visit: tuple[Site, UUID], go: Callable[[str], Page], checked: Check
) -> None:
    site, assessment_id = visit
    page = go("worksheets/caseload")
    row = page.locator("#row-1")
    row.get_by_label("Active clients").fill("2o")
    expect(row.locator(".portal-status")).to_contain_text("Not saved")
    expect(row.get_by_text("enter a whole number, like 12").first).to_be_visible()
    row.get_by_label("Active clients").fill("20")
    row.get_by_label("Full-time equivalent").fill("0.8")
    expect(row.locator(".portal-status")).to_contain_text("Saved at")
    expect(page.locator("[data-figure=per-post]")).to_have_text(
        "20 clients for 0.8 full-time equivalent (1 specialist): 25 each"
    )
    checked(page, "worksheet-caseload")
    with site.app.app_context():
        save_row(actor("second-reviewer"), assessment_id, "caseload", 2, {"clients": "9"}, 0)
    page.locator("#row-2").get_by_label("Active clients").fill("12")
    status = page.locator("#row-2 .portal-status")
    expect(status).to_contain_text("somebody else saved this row first")
    status.get_by_role("link", name="Show both versions").click()
    expect(page.locator("#stale")).to_contain_text("9")
    page.locator("#row-2").get_by_role("button", name="Save specialist 2").click()  # as it stands
    expect(page.locator("main")).to_contain_text("Specialist 2 saved")
    with site.app.app_context():
        assert stored_rows(assessment_id)["caseload"][2].answers == {"clients": "12"}


def test_a_row_typed_after_the_sign_in_lapsed_is_saved_once_one_is_back(
    visit: tuple[Site, UUID], go: Callable[[str], Page], context: BrowserContext, sign_in: SignIn
) -> None:
    site, assessment_id = visit
    page = go("worksheets/time")
    context.clear_cookies()
    page.clock.install()
    page.locator("#row-1").get_by_label("All hours worked").fill("37.5")
    page.clock.fast_forward(2_000)
    expect(page.locator("#row-1 .portal-status")).to_contain_text("you have been signed out")
    sign_in(site, email("lead-reviewer"))
    page.clock.fast_forward(20_000)  # what a person takes to come back
    expect(page.locator("#row-1 .portal-status")).to_contain_text("Saved at")
    with site.app.app_context():
        assert stored_rows(assessment_id)["time"][1].answers == {"hours": "37.5"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("fieldwork", "fieldwork"),
        ("gaps", "fieldwork-gaps"),
        ("fieldwork/guide/client", "fieldwork-guide"),
        ("fieldwork/notes/new?kind=document", "fieldwork-note-new"),
        ("worksheets/employer-contacts", "worksheet-contacts"),
        ("worksheets/jobs", "worksheet-jobs"),
    ],
)
def test_every_page_of_fieldwork_can_be_used_by_everybody(
    go: Callable[[str], Page], checked: Check, path: str, name: str
) -> None:
    page = go(path)
    expect(page.locator("h1")).to_be_visible()
    checked(page, name)


def test_without_a_script_notes_and_rows_are_saved_by_their_buttons(
    visit: tuple[Site, UUID], new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    site, assessment_id = visit
    context = new_context(java_script_enabled=False)
    name, text = site.cookie_for(email("second-reviewer"))
    context.add_cookies([{"name": name, "value": text, "url": site.url}])
    page = context.new_page()
    page.goto(f"{site.url}/reviews/{assessment_id}/worksheets/jobs")
    row = page.locator("#row-1")
    row.get_by_label("Type of job").fill("Cleaner")
    row.get_by_role("button", name="Save job 1").click()
    expect(page.locator("#row-1").get_by_label("Type of job")).to_have_value("Cleaner")
    expect(page.locator("[data-figure=types]")).to_have_text("1 type in 1 job (100%)")
    page.goto(f"{site.url}/reviews/{assessment_id}/fieldwork/notes/new?kind=document")
    page.get_by_label("Note", exact=True).fill(f"Minutes of {clock.today().year}")
    page.get_by_role("button", name="Save and close").click()
    expect(page.locator("#notes")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"Minutes of {clock.today().year}")
