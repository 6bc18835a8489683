"""The review and its items on the device: a rating is kept at once, and what cannot be changed is said."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.external.service.scoring import save_own_item
from portal.scales.registry import registry
from tests.support.assessing import actor
from tests.support.on_site_client import Client

Check = Callable[[Page, str], None]
Go = Callable[[str], Page]
# The browser's store takes no new edit, as when the device is full; `restore` ends it.
_FULL = """() => {
    const { add } = IDBObjectStore.prototype;
    window.restore = () => { IDBObjectStore.prototype.add = add; };
    IDBObjectStore.prototype.add = function (...given) {
        const request = add.apply(this, given);
        this.transaction.abort();
        return request;
    };
}"""


def read_only(route: Route) -> None:
    """What is checked out of a review in which this person may change nothing."""
    answer = route.fetch()
    body = answer.json()
    review = body.get("pack", body)["review"]
    review["may"] = {"rate": False, "note": False, "tally": False}
    review |= {"standing": "Your ratings are locked and stay as they are.", "stage": "consensus"}
    route.fulfill(response=answer, body=json.dumps(body))


def anchor(page: Page, rating: int) -> Locator:
    return page.locator(f".portal-anchor[data-rating='{rating}'] label")


def reopened(page: Page, tablet: Client) -> None:
    """Load the page again, as after the browser was closed, and unlock it."""
    page.reload()
    tablet.unlocks()


# --- the review ---------------------------------------------------------------------------------


def test_the_review_says_how_far_one_is_and_leads_on(go: Go, tablet: Client, checked: Check) -> None:
    page = go("/item/2")
    before = rated(go(""))
    page = go("/item/2")
    anchor(page, 4).click()
    tablet.state("Saved on this device")
    page.get_by_role("link", name="2 of 25").or_(page.locator(".portal-onsite-steps__all")).first.click()

    expect(page.locator("#score-line")).to_contain_text(f"{before + 1} of 25 rated · total so far")
    expect(page.locator("#task-2")).to_contain_text("Rated 4")
    expect(page.locator("#task-2")).to_contain_text("Waiting to be sent")
    checked(page, "on-site-review")
    page.get_by_role("button", name="Continue where you left off").click()
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".portal-trail__place")).to_contain_text("of 25")


def rated(page: Page) -> int:
    words = page.locator("#score-line").inner_text()
    return int(words.split()[0])


# --- an item ------------------------------------------------------------------------------------


def test_a_tap_on_a_rating_is_kept_at_once_and_stands_after_a_reload(
    go: Go, tablet: Client, checked: Check
) -> None:
    page = go("/item/3")
    anchor(page, 2).click()
    tablet.state("Saved on this device")
    expect(page.locator("main")).to_contain_text("Waiting to be sent")
    checked(page, "on-site-item")

    page.context.set_offline(False)  # this browser has no worker in tests of pages: only the shell needs it
    reopened(page, tablet)

    expect(page.locator("#rating-2")).to_be_checked()


def test_words_are_kept_when_one_pauses_and_when_one_leaves_in_mid_word(go: Go, tablet: Client) -> None:
    page = go("/item/4")
    page.get_by_label("Rationale").press_sequentially("Two teams")
    tablet.state("Saved on this device")
    page.get_by_label("Evidence notes").press_sequentially("Rota of Ma")
    page.get_by_role("link", name="Next item, 5").click()
    expect(page.locator("h1")).to_contain_text("5. ")

    page.get_by_role("link", name="Previous item, 4").click()

    expect(page.get_by_label("Rationale")).to_have_value("Two teams")
    expect(page.get_by_label("Evidence notes")).to_have_value("Rota of Ma")


def test_the_suggestion_follows_figures_and_asks_for_a_reason_where_the_rating_differs(go: Go) -> None:
    page = go("/item/1")
    page.locator("#in-clients").fill("102")
    page.locator("#in-fte").fill("5")
    expect(page.locator("#suggestion")).to_contain_text("Suggested rating: 4")
    expect(page.locator("#suggestion")).to_contain_text(
        "102 clients ÷ 5 full-time employment specialists = 20.4 clients"
    )
    expect(page.locator(".portal-anchor[data-rating='4']")).to_contain_text("Suggested from your figures")
    reason = page.locator(".portal-onsite-reason")
    expect(reason).to_be_hidden()

    anchor(page, 2).click()
    expect(reason).to_be_visible()
    page.get_by_label("Rationale").fill("Half of them are on paper only.")
    expect(reason).to_be_hidden()
    page.locator("#in-fte").fill("many")
    expect(page.locator("#in-fte-error")).to_contain_text("must be a number, like 12 or 12.5")


def test_keys_rate_and_move_unless_one_is_typing(go: Go) -> None:
    page = go("/item/8")
    page.locator("h1").click()
    page.keyboard.press("3")
    expect(page.locator("#rating-3")).to_be_checked()
    page.keyboard.press("n")
    expect(page.locator("h1")).to_contain_text("9. ")
    page.keyboard.press("p")
    expect(page.locator("h1")).to_contain_text("8. ")
    page.get_by_label("Rationale").press_sequentially("n5")
    expect(page.locator("#rating-3")).to_be_checked()
    expect(page.get_by_label("Rationale")).to_have_value("n5")


def test_figures_of_the_worksheets_on_the_device_are_offered_and_taken_over(go: Go) -> None:
    page = go("/worksheets/caseload")
    page.locator("#row-2-clients").fill("36")
    page.locator("#row-2-fte").fill("2")
    expect(page.locator("[data-figure='per-post']")).to_contain_text("18")
    page = go("/item/1")
    expect(page.locator("#calculator")).to_contain_text("From the team’s worksheets: ")

    page.get_by_role("button", name="Use these figures").first.click()

    expect(page.locator("#in-clients")).not_to_have_value("")
    expect(page.locator("#suggestion")).to_contain_text("Suggested rating: 5")


# --- what cannot be kept --------------------------------------------------------------------------


def test_what_the_browser_refuses_stays_in_its_field_and_the_page_stays(
    go: Go, tablet: Client, checked: Check
) -> None:
    page = go("/item/6")
    page.evaluate(_FULL)
    page.get_by_label("Evidence notes").fill("Letters of the year")
    tablet.state("Not saved")
    page.get_by_role("link", name="Next item, 7").click()
    expect(page.locator("h1")).to_contain_text("6. ")
    expect(page.get_by_label("Evidence notes")).to_have_value("Letters of the year")
    checked(page, "on-site-item-not-saved")

    page.evaluate("restore()")
    page.get_by_label("Evidence notes").press_sequentially("s")
    expect(page.locator("#on-site-state")).to_contain_text("Saved on this device")
    page.get_by_role("link", name="Next item, 7").click()
    expect(page.locator("h1")).to_contain_text("7. ")


def test_an_edit_that_lost_shows_both_values_and_where_it_is_settled(
    go: Go, tablet: Client, checked: Check
) -> None:
    page = go("/item/20")
    anchor(page, 2).click()
    tablet.state("Saved on this device")
    with tablet.site.app.app_context():
        key = registry().get("ips-25").items[19].key
        save_own_item(actor("lead-reviewer"), tablet.review_id, key, ItemDraft(5), 0)

    page.context.set_offline(False)

    held = page.locator(".portal-conflict")
    expect(held).to_contain_text("This was changed elsewhere first")
    expect(held.locator("tbody tr")).to_have_text(re.compile(r"^\s*Rating\s*2\s*5\s*$"))
    expect(held.get_by_role("link", name="Settle it on the server")).to_have_attribute(
        "href", f"/reviews/{tablet.review_id}/on-site"
    )
    expect(page.locator("#rating-5")).to_be_checked()
    expect(page.locator(".portal-onsite-yours:visible")).to_have_text(
        "This was saved elsewhere first. Yours is kept: 2"
    )
    checked(page, "on-site-item-held")
    page.locator(".portal-onsite-steps__all").click()
    expect(page.locator("#task-20")).to_contain_text("To settle")


# --- what cannot be changed -----------------------------------------------------------------------


def test_what_may_not_be_changed_is_said_and_shown(tablet: Client, page: Page, checked: Check) -> None:
    page.route(re.compile(r"/on-site/api/(check-outs|packs/[^/]+)$"), read_only)
    tablet.checks_out()
    go = tablet.opens

    page = go("/item/1")
    tablet.shows("Your ratings are locked and stay as they are.")
    expect(page.locator("main input[type=radio], main textarea")).to_have_count(0)
    checked(page, "on-site-item-locked")
    page = go("/notes")
    tablet.shows("Notes and worksheets are closed since both reviewers locked their ratings.")
    expect(page.get_by_role("link", name="Take notes")).to_have_count(0)
    page = go("/notes/new?kind=document")
    tablet.heading("You cannot write a note now")
    page = go("/worksheets/caseload")
    expect(page.locator("main input")).to_have_count(0)
    checked(page, "on-site-worksheet-closed")
    page = go("")
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)


@pytest.mark.parametrize(
    "path, heading",
    [
        ("/item/99", "There is no such item"),
        ("/notes/00000000-0000-0000-0000-000000000000", "There is no such note"),
        ("/worksheets/none", "There is no such worksheet"),
    ],
)
def test_an_address_that_leads_nowhere_says_so_and_leads_back(
    go: Go, tablet: Client, path: str, heading: str
) -> None:
    page = go(path)

    tablet.heading(heading)
    expect(page.locator("main").get_by_role("link")).to_have_count(1)
