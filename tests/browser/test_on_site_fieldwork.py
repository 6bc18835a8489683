"""Fieldwork on the device: notes, photos, worksheets and sources without a network."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from portal.core import clock
from portal.reviews.external.fieldwork_notes import notes_of
from portal.reviews.external.fieldwork_rows import stored_rows
from tests.support.on_site_client import Client

Check = Callable[[Page, str], None]
Go = Callable[[str], Page]


# --- notes ----------------------------------------------------------------------------------------


def test_a_note_takes_questions_is_found_removed_and_put_back(go: Go, tablet: Client, checked: Check) -> None:
    page = go("/notes")
    page.get_by_role("link", name=re.compile("Take notes.*: clients")).click()
    expect(page.locator("h1")).to_have_text("Interview: clients")
    page.get_by_label("Note", exact=True).fill("Five people came.")
    tablet.state("Saved on this device")
    expect(page).to_have_url(re.compile(r"/notes/[0-9a-f-]{36}$"))
    question = page.locator(".portal-ask li", has_text="Where do you meet your specialist?")
    question.get_by_role("button").click()
    expect(page.get_by_label("Note", exact=True)).to_have_value(
        "Five people came.\n\nWhere do you meet your specialist?\n"
    )
    expect(page.get_by_label("24. Community-based services")).to_be_checked()
    checked(page, "on-site-note")
    page.get_by_role("button", name="Close").click()

    note = page.locator(".portal-fieldnote", has_text="Five people came.")
    expect(note).to_contain_text("Item 24")
    checked(page, "on-site-notes")
    page.get_by_label("Words").fill("nobody said this")
    expect(page.locator("main")).to_contain_text("No note fits.")
    page.get_by_label("Words").fill("five PEOPLE")
    note.get_by_role("link").click()
    page.get_by_role("button", name="Remove this note").click()
    expect(note).to_have_count(0)
    page.get_by_text("Removed notes (1)").click()
    page.get_by_role("button", name=re.compile("^Put back")).click()
    expect(note).to_have_count(1)


def test_an_interview_without_a_role_waits_until_it_is_said(go: Go, tablet: Client) -> None:
    page = go("/notes/new?kind=document")
    page.get_by_label("Note", exact=True).fill("Minutes of March")
    tablet.state("Saved on this device")
    page.get_by_label("What it is", exact=True).select_option("interview")
    tablet.state("Not saved: Choose whom you spoke to")
    expect(page.locator("#role-error")).to_contain_text("Choose whom you spoke to")

    page.get_by_label("Whom with").select_option("clinician")

    tablet.state("Saved on this device")
    expect(page.locator("h1")).to_have_text("Interview: clinicians")
    key = page.url.rsplit("/", 1)[1]
    tablet.comes_to_hold("note", key, kind="interview", role="clinician", source="INT")


def test_a_note_that_names_somebody_says_so_while_it_is_typed_and_is_kept_all_the_same(
    go: Go, tablet: Client
) -> None:
    page = go("/notes/new?kind=document&heading=Form")
    text = page.get_by_label("Note", exact=True)
    text.fill("The form said 943 476 5919")
    expect(page.locator("#text-error")).to_contain_text("Leave out the number that looks like an NHS number")
    tablet.state("Not saved: Leave out the number")
    text.fill("The form had a number")
    tablet.state("Saved on this device")
    expect(page.locator("#text-error")).to_be_hidden()

    text.fill("The form said 9434765919")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("h1")).to_have_text("Interviews and notes")

    expect(page.locator(".portal-fieldnote").filter(has_text="The form said 9434765919")).to_be_visible()


def test_a_note_has_the_portals_date_where_the_clock_of_the_tablet_is_a_day_ahead(tablet: Client) -> None:
    page = tablet.page
    page.clock.install(time=datetime.now(UTC) + timedelta(days=1))
    tablet.checks_out()
    page.context.set_offline(True)
    tablet.opens("/notes/new?kind=document&heading=Board")
    expect(page.locator("#taken_on")).to_have_value(clock.today().isoformat())
    page.get_by_label("Note", exact=True).fill("Five vacancies on the board.")
    page.clock.run_for(2000)
    tablet.state("Saved on this device")
    page.context.set_offline(False)
    tablet.goes("/waiting")
    tablet.presses("Send now")
    tablet.waits("Nothing waiting")

    with tablet.site.app.app_context():
        [note] = notes_of(tablet.review_id)
        assert note.taken_on == clock.today()


def test_a_photo_is_kept_small_without_its_place_and_shown_on_the_note(
    go: Go, tablet: Client, checked: Check
) -> None:
    page = go("/notes/new?kind=observation&heading=Team%20meeting")
    expect(page.locator("#photo-hint")).to_contain_text("Never photograph clients")
    page.get_by_label("What the photo shows").fill("Board of vacancies")
    picture = Image.new("RGB", (3000, 1500), "navy")
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=exif)
    page.locator("#photo-file").set_input_files(
        {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}
    )

    photo = page.locator(".portal-onsite-photos li")
    expect(photo).to_contain_text("Board of vacancies")
    expect(photo).to_contain_text("On this device, waiting to be sent")
    tablet.state("Saved on this device")
    drawn = page.locator(".portal-onsite-photos canvas")
    expect(drawn).to_have_attribute("aria-label", "Board of vacancies")
    expect(drawn).to_have_attribute("height", "240")  # drawn: twice as wide as it is high
    blue = drawn.evaluate("(canvas) => canvas.getContext('2d').getImageData(9, 9, 1, 1).data[2]")
    assert blue > 100
    checked(page, "on-site-note-photo")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".portal-fieldnote", has_text="Team meeting")).to_contain_text("1 photo")


# --- worksheets -----------------------------------------------------------------------------------


def test_rows_are_kept_as_typed_and_figures_follow(go: Go, tablet: Client, checked: Check) -> None:
    page = go("/worksheets/time")
    page.locator("#row-1-hours").fill("37.5")
    page.locator("#row-1-employment-hours").fill("30")
    expect(page.locator("[data-figure='employment']")).to_contain_text("80%")
    tablet.state("Saved on this device")
    page.locator("#row-1-employment-hours").fill("40")
    expect(page.locator("#row-1-employment-hours-error")).to_contain_text("cannot be more than")
    tablet.state("Not saved")
    page.locator("#row-1-employment-hours").fill("30")
    tablet.state("Saved on this device")
    checked(page, "on-site-worksheet")

    page.get_by_role("button", name="Add a specialist").click()
    expect(page.locator("#row-5-name")).to_be_focused()
    page.locator("#row-5-hours").fill("20")
    expect(page.locator("#row-5")).to_contain_text("Waiting to be sent")
    page.context.set_offline(False)
    tablet.waits("Nothing waiting")
    with tablet.site.app.app_context():
        rows = stored_rows(tablet.review_id)["time"]
    assert dict(rows[1].answers) == {"hours": "37.5", "employment-hours": "30"}
    assert dict(rows[5].answers) == {"hours": "20"}


def test_a_row_is_removed_and_put_back_with_its_answers(go: Go) -> None:
    page = go("/worksheets/jobs")
    page.locator("#row-3-employer").fill("Corner shop")
    page.get_by_role("button", name="Remove job 3").click()
    expect(page.locator("#row-3")).to_have_count(0)
    page.get_by_text("Removed jobs (1)").click()

    page.get_by_role("button", name="Put back job 3").click()

    expect(page.locator("#row-3-employer")).to_have_value("Corner shop")
    expect(page.locator("#row-3-name")).to_be_focused()


def card(page: Page, position: int) -> Locator:
    """The button that opens a record."""
    return page.locator(f".portal-strip [data-row='{position}']")


def test_records_are_cards_one_at_a_time(go: Go, tablet: Client, checked: Check) -> None:
    page = go("/worksheets/records")
    card(page, 4).click()
    expect(page.locator("#row-4-name")).to_be_focused()
    group = page.get_by_role("group", name="Profile, plan and notes are in the main clinical record")
    group.get_by_label("Yes").check()
    tablet.state("Saved on this device")
    expect(card(page, 4)).to_contain_text("1/33")
    checked(page, "on-site-worksheet-cards")
    card(page, 1).click()
    card(page, 4).click()
    expect(group.get_by_label("Yes")).to_be_checked()


# --- sources --------------------------------------------------------------------------------------


def test_the_device_shows_the_same_sources_as_the_server(go: Go, tablet: Client, checked: Check) -> None:
    page = go("/notes/new?kind=observation&heading=Visit&items=disclosure&items=caseload-size")
    page.get_by_label("Note", exact=True).fill("Seen")
    tablet.state("Saved on this device")
    page = go("/gaps")
    checked(page, "on-site-gaps")
    on_device = table(page)

    page.context.set_offline(False)
    tablet.waits("Nothing waiting")
    page.goto(f"{tablet.site.url}/reviews/{tablet.review_id}/gaps")

    assert on_device == table(page)
    with tablet.site.app.app_context():
        assert "Visit" in {note.heading for note in notes_of(tablet.review_id)}


def table(page: Page) -> list[str]:
    """The rows of the table of sources as people read them."""
    expect(page.locator(".portal-matrix tbody tr")).to_have_count(25)
    return [" ".join(row.split()) for row in page.locator(".portal-matrix tbody tr").all_inner_texts()]
