"""What is typed on site is kept on the device, encrypted, and whatever comes between is said out loud."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.support.on_site import ITEM, LEAD, OTHER_ITEM, rating
from tests.support.on_site_client import PASSPHRASE, Client, interview

Check = Callable[[Page, str], None]
SECRET = "Marigold-7431 the manager said"


def test_a_review_is_checked_out_with_a_passphrase_and_says_how_safe_the_device_is(
    tablet: Client, page: Page, checked: Check
) -> None:
    client = tablet
    page.context.clear_cookies()
    client.goes()
    client.heading("Nothing is checked out to this device")
    checked(page, "on-site-empty")
    client.goes(f"/check-out/{client.review_id}")
    client.shows("You are signed out")
    client.signs_in(LEAD)
    client.presses("Try again")
    page.locator("#passphrase").fill("too short")
    client.presses("Check out to this device")
    client.shows("Use 10 characters or more")
    checked(page, "on-site-check-out")
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("#again").fill("another one altogether")
    client.presses("Check out to this device")
    client.shows("The two are not the same")
    page.locator("#again").fill(PASSPHRASE)
    client.presses("Check out to this device")
    client.heading("Checked out to this device")
    client.shows("These pages open without a network")
    client.shows("promised to keep")
    checked(page, "on-site-checked-out")
    client.goes()
    client.heading("Reviews on this device")
    client.shows("room")
    checked(page, "on-site-home")


def test_an_edit_made_without_a_network_outlives_the_page_and_is_sent_when_it_is_back(
    tablet: Client, context: BrowserContext, checked: Check
) -> None:
    client = tablet.ready()
    before = client.version("rating", ITEM)
    context.set_offline(True)
    client.edits("rating", ITEM, rating=4)
    client.state("Saved on this device")
    client.edits("rating", ITEM, rationale="Eighteen on each caseload")
    client.waits("2 edits waiting to be sent")
    client.page.reload()
    client.heading("Unlock your work")
    client.waits("2 edits waiting to be sent")
    checked(client.page, "on-site-locked")
    client.unlocks()
    client.notice("No connection to the portal")
    client.goes("/waiting")
    client.shows("2 edits only on this device")
    client.shows("rating 4")
    checked(client.page, "on-site-waiting")
    client.comes_to_hold("rating", ITEM, rating=4, rationale="Eighteen on each caseload")
    context.set_offline(False)
    client.waits("Nothing waiting")
    client.state("Saved on server")
    client.shows("every edit made on this device has reached the portal")
    with client.site.app.app_context():
        row = rating(client.review_id)
        assert row is not None
        assert (row.rating, row.rationale, row.version) == (4, "Eighteen on each caseload", before + 2)
    assert client.version("rating", ITEM) == before + 2


def test_without_the_passphrase_nothing_typed_can_be_read_on_the_device(
    tablet: Client, context: BrowserContext
) -> None:
    client = tablet.ready()
    client.edits("rating", ITEM, rating=4)
    client.edits("rating", ITEM, rating=3)  # something to send, whatever was rated before
    client.state("Saved on server")
    context.set_offline(True)
    key, fields = interview(SECRET, ITEM)
    client.edits("note", key, **fields)
    client.presses("Lock now")
    client.heading("Unlock your work")
    stored = client.stored()
    assert key not in stored
    assert SECRET not in stored
    assert "Alder" not in stored, "the service's name is in the pack"
    assert ITEM in stored, "a record's key stands in clear"
    client.page.locator("input[type=password]").fill("not the right words")
    client.presses("Unlock")
    client.shows("That is not the passphrase")
    client.unlocks()
    client.comes_to_hold("note", key, text=SECRET)


def test_work_locks_by_itself_when_nobody_touches_the_page(tablet: Client, page: Page) -> None:
    page.clock.install()
    tablet.checks_out()
    page.clock.fast_forward("14:30")
    tablet.heading("Checked out to this device")
    page.clock.fast_forward("01:00")
    tablet.goes()
    tablet.heading("Unlock your work")


def test_an_edit_that_finds_no_room_is_not_saved_and_says_so(tablet: Client) -> None:
    client = tablet.ready()
    # Chromium 156 lists Storage.overrideQuotaForOrigin as active and still lets IndexedDB write past it, so
    # the fault is made where the browser would make it: the transaction is ended with this error.
    client.page.evaluate(
        """() => {
            const { add } = IDBObjectStore.prototype;
            const error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error').get;
            const full = new DOMException('No room', 'QuotaExceededError');
            window.full = true;
            IDBObjectStore.prototype.add = function (...row) {
                const request = add.apply(this, row);
                if (window.full) this.transaction.abort();
                return request;
            };
            Object.defineProperty(IDBTransaction.prototype, 'error', {
                get() { return window.full ? full : error.call(this); },
            });
        }"""
    )
    refused = client.edits("rating", ITEM, rationale="Where does it stay?")
    assert refused is not None
    assert "no room left" in refused
    client.state("Not saved: this device has no room left")
    client.waits("Nothing waiting")
    client.page.evaluate("window.full = false")
    assert client.edits("rating", ITEM, rationale="Where does it stay?") is None
    client.state("Saved on this device")
    client.waits("Nothing waiting")


def test_a_store_that_the_browser_removed_is_said_out_loud(tablet: Client) -> None:
    client = tablet.ready()
    devtools = client.page.context.new_cdp_session(client.page)
    devtools.send(
        "Storage.clearDataForOrigin", {"origin": client.site.url, "storageTypes": "indexeddb,cache_storage"}
    )
    refused = client.page.evaluate(
        """async (review) => {
            const work = await import('/static/js/on-site/work.js');
            const said = (error) => error instanceof work.NotHere ? 'NotHere' : error.stack;
            return work.openReview(review).then(() => 'opened', said);
        }""",
        str(client.review_id),
    )
    assert refused == "NotHere"
    client.goes(f"/review/{client.review_id}/gaps")
    client.heading("Not on this device")
    client.checks_out()
    client.shows("was not returned from it")
    client.shows("If that was this very device")


def test_an_older_client_opens_the_store_of_a_newer_one(tablet: Client) -> None:
    client = tablet.ready()
    client.page.goto(f"{client.site.url}/on-site/manifest.webmanifest")
    client.page.evaluate(
        """() => new Promise((resolve, reject) => {
            const opening = indexedDB.open('on-site', 50);
            opening.onupgradeneeded = () => opening.result.createObjectStore('of_next_year');
            opening.onsuccess = () => { opening.result.close(); resolve(); };
            opening.onerror = reject;
        })"""
    )
    client.goes()
    client.unlocks()
    assert client.edits("rating", OTHER_ITEM, rating=5) is None


def test_two_pages_of_one_device_number_their_edits_without_a_gap(
    tablet: Client, context: BrowserContext
) -> None:
    client = tablet.ready()
    other = Client(context.new_page(), client.site, client.review_id)
    other.goes()
    other.unlocks()
    context.set_offline(True)
    for rating_ in (1, 2, 3):
        assert client.edits("rating", ITEM, rating=rating_) is None
        assert other.edits("rating", OTHER_ITEM, rating=rating_) is None
    seqs = client.page.evaluate(
        """async () => {
            const { loadOperations } = await import('/static/js/on-site/loading.js');
            return (await loadOperations()).map(({ seq }) => seq);
        }"""
    )
    assert seqs == list(range(seqs[0], seqs[0] + 6))
    client.comes_to_hold("rating", OTHER_ITEM, rating=3)


def test_a_browser_that_stores_nothing_says_so(tablet: Client, page: Page) -> None:
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    page.goto(f"{tablet.site.url}/on-site/")
    expect(page.locator("h1")).to_have_text("This browser stores nothing for these pages")
