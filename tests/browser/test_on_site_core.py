"""The on-site client's core: what is typed is kept encrypted, sent by its owner alone, and never lost."""

from __future__ import annotations

import json
import uuid
from base64 import b64decode
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from portal.reviews.offline.export_key import decrypt, unwrap
from tests.support import databases, reviewing
from tests.support.assessing import email
from tests.support.on_site import ITEM, LEAD, OTHER_ITEM, SECOND, rating
from tests.support.on_site import note as note_of
from tests.support.on_site_client import PASSPHRASE, Client
from tests.support.site import Site, serving

Check = Callable[[Page, str], None]
Open = Callable[[], Client]
SECRET = "Marigold-7431 the manager said"


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal with people who go on site."""
    folder = tmp_path_factory.mktemp("on-site")
    with (
        databases.copy_of_template("sqlite", folder, "reviewing", reviewing.fill) as url,
        serving(url, folder / "data", worker=False) as site,
    ):
        yield site


@pytest.fixture(scope="module")
def review_id(visited: Site) -> UUID:
    """A review whose team is on site."""
    with visited.app.app_context():
        return reviewing.in_fieldwork()


def be(context: BrowserContext, site: Site, name: str) -> None:
    """Sign the browser in as this person."""
    cookie, value = site.cookie_for(email(name))
    context.add_cookies([{"name": cookie, "value": value, "url": site.url, "httpOnly": True}])


@pytest.fixture
def client(context: BrowserContext, page: Page, visited: Site, review_id: UUID) -> Client:
    """The lead reviewer's tablet with the review on it."""
    be(context, visited, LEAD)
    made = Client(page, visited, review_id)
    made.checks_out()
    made.goes()
    made.heading("Reviews on this device")
    return made


def note() -> tuple[str, dict[str, object]]:
    """A new note: its key and its fields."""
    fields = {"kind": "interview", "role": "clinician", "source": "INT", "heading": "Ward", "text": SECRET}
    return str(uuid.uuid4()), fields | {"item_keys": [ITEM], "taken_on": "2026-03-02"}


def test_a_review_is_checked_out_with_a_passphrase_and_says_how_safe_the_device_is(
    context: BrowserContext, page: Page, visited: Site, review_id: UUID, checked: Check
) -> None:
    client = Client(page, visited, review_id)
    client.goes()
    client.heading("Nothing is checked out to this device")
    checked(page, "on-site-empty")
    client.goes(f"/check-out/{review_id}")
    client.shows("You are signed out")
    be(context, visited, LEAD)
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
    client: Client, context: BrowserContext, visited: Site, review_id: UUID, checked: Check
) -> None:
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
    mine = client.record("rating", ITEM)["fields"]
    assert (mine["rating"], mine["rationale"]) == (4, "Eighteen on each caseload")
    context.set_offline(False)
    client.waits("Nothing waiting")
    client.state("Saved on server")
    client.shows("every edit made on this device has reached the portal")
    with visited.app.app_context():
        row = rating(review_id)
        assert row is not None
        assert (row.rating, row.rationale, row.version) == (4, "Eighteen on each caseload", 2)
    assert client.record("rating", ITEM)["version"] == 2


def test_without_the_passphrase_nothing_typed_can_be_read_on_the_device(
    client: Client, context: BrowserContext
) -> None:
    context.set_offline(True)
    key, fields = note()
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
    assert client.record("note", key)["fields"]["text"] == SECRET


def test_work_locks_by_itself_when_nobody_touches_the_page(
    context: BrowserContext, page: Page, visited: Site, review_id: UUID
) -> None:
    be(context, visited, LEAD)
    page.clock.install()
    client = Client(page, visited, review_id)
    client.checks_out()
    page.clock.fast_forward("14:30")
    client.heading("Checked out to this device")
    page.clock.fast_forward("01:00")
    client.goes()
    client.heading("Unlock your work")


def test_a_lapsed_sign_in_pauses_sending_and_the_same_person_resumes_it(
    client: Client, context: BrowserContext, visited: Site
) -> None:
    context.clear_cookies()
    client.edits("rating", OTHER_ITEM, rating=2)
    client.notice("Sending is paused: you are signed out. What you type is kept on this device.")
    expect(client.page.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    client.edits("rating", OTHER_ITEM, rationale="Typing goes on")
    client.state("Saved on this device")
    client.waits("2 edits waiting to be sent")
    be(context, visited, LEAD)
    client.goes("/waiting")
    client.presses("Send now")
    client.waits("Nothing waiting")
    expect(client.page.locator("#on-site-notice")).to_be_hidden()


def test_another_person_on_the_tablet_neither_sends_nor_reads_the_first_ones_work(
    client: Client, context: BrowserContext, visited: Site, review_id: UUID
) -> None:
    context.set_offline(True)
    client.edits("rating", ITEM, evidence=SECRET)
    context.clear_cookies()
    be(context, visited, SECOND)
    sent: list[str] = []
    client.page.on("request", lambda request: sent.append(request.url) if "/sync" in request.url else None)
    context.set_offline(False)
    client.goes("/waiting")
    client.presses("Send now")
    client.notice("Second reviewer Person is signed in, and only Lead reviewer Person can send these edits")
    client.waits("1 edit waiting to be sent")
    assert sent == []
    client.presses("Lock now")
    client.checks_out()
    client.goes()
    client.shows("Work of Lead reviewer Person is on this device too, with 1 edit not sent yet")
    assert (client.record("rating", ITEM) or {"fields": {}})["fields"].get("evidence") != SECRET
    client.goes("/waiting")
    client.presses("Send now")
    client.shows("Nothing waits")
    with visited.app.app_context():
        row = rating(review_id)
        assert row is None or row.evidence != SECRET


def test_a_token_that_lapsed_is_renewed_without_a_word(client: Client) -> None:
    answered: list[str] = []

    def stale_once(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        answered.append(body["token"])
        route.fulfill(response=answer, json=body | ({"token": "lapsed"} if len(answered) == 1 else {}))

    client.page.route("**/on-site/api/me", stale_once)
    client.edits("rating", OTHER_ITEM, rating=3)
    client.waits("1 edit waiting to be sent")
    client.waits("Nothing waiting")
    assert len(answered) == 2


def test_what_somebody_else_saved_first_stands_and_mine_is_kept_beside_it(
    client: Client, visited: Site, new_context: CreateContextCallback, checked: Check
) -> None:
    context, review_id = client.page.context, client.review_id
    key, fields = note()
    client.edits("note", key, **fields)
    client.waits("Nothing waiting")
    context.set_offline(True)
    client.edits("note", key, text="From the first tablet")
    other = new_context()
    be(other, visited, LEAD)
    second = Client(other.new_page(), visited, review_id)
    second.checks_out()
    second.edits("note", key, text="From the second tablet")
    second.waits("Nothing waiting")
    context.set_offline(False)
    client.waits("Nothing waiting")
    found = client.record("note", key)
    assert found["fields"]["text"] == "From the second tablet"
    assert found["held"]["outcome"] == "conflict"
    client.goes("/waiting")
    client.shows("Somebody else changed this first")
    client.shows("From the first tablet")
    href = client.page.get_by_role("link", name="Compare and choose").get_attribute("href")
    assert href == f"/reviews/{review_id}/on-site/held/{found['held']['op_id']}"
    checked(client.page, "on-site-aside")
    with visited.app.app_context():
        assert note_of(key).text == "From the second tablet"


def test_an_edit_that_finds_no_room_is_not_saved_and_says_so(client: Client) -> None:
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


def test_a_store_that_the_browser_removed_is_said_out_loud(client: Client) -> None:
    devtools = client.page.context.new_cdp_session(client.page)
    devtools.send(
        "Storage.clearDataForOrigin", {"origin": client.site.url, "storageTypes": "indexeddb,cache_storage"}
    )
    refused = client.page.evaluate(
        """async (review) => {
            const work = await import('/static/js/on-site/work.js');
            return work.openReview(review).then(() => 'opened', (error) => error.constructor.name);
        }""",
        str(client.review_id),
    )
    assert refused == "NotHere"
    client.goes(f"/review/{client.review_id}/gaps")
    client.heading("Not on this device")
    client.checks_out()
    client.shows("was not returned from it")
    client.shows("If that was this very device")


def test_a_photo_cut_off_on_its_way_is_sent_on_from_where_it_stopped(client: Client, visited: Site) -> None:
    pieces: list[int] = []

    def cut_the_second(route: Route) -> None:
        if route.request.method == "PUT":
            pieces.append(int(route.request.url.rpartition("=")[2]))
            if len(pieces) == 2:
                return route.abort()
        return route.continue_()

    client.page.route("**/on-site/api/photos/*", cut_the_second)
    key, fields = note()
    client.edits("note", key, **fields)
    client.takes_photo(key)
    client.waits("Nothing waiting")
    client.goes("/waiting")
    client.presses("Send now")
    client.shows("every edit made on this device has reached the portal")
    expect(client.page.locator("main")).not_to_contain_text("not sent whole yet")
    assert client.photo_states(key) == ["sent"]
    assert pieces[:3] == [0, 262144, 262144]
    drawn = client.page.evaluate(
        """async ([review, note]) => {
            const { openReview } = await import('/static/js/on-site/work.js');
            const canvas = Object.assign(document.createElement('canvas'), { width: 200 });
            await (await openReview(review)).photos(note)[0].draw(canvas);
            return canvas.height;
        }""",
        [str(client.review_id), key],
    )
    assert drawn == 150


def test_a_file_is_saved_without_the_passphrase_and_only_the_server_can_open_it(
    client: Client, context: BrowserContext, visited: Site
) -> None:
    context.set_offline(True)
    key, fields = note()
    client.edits("note", key, **fields)
    client.presses("Lock now")
    client.page.get_by_role("link", name="I have forgotten the passphrase").click()
    client.heading("A forgotten passphrase")
    with client.page.expect_download() as got:
        client.presses("Save an encrypted file")
    client.shows("The file holds 1 edit")
    text = got.value.path().read_text()
    assert SECRET not in text
    saved = json.loads(text)
    (one,) = saved["operations"]
    with visited.app.app_context():
        data_key = unwrap(b64decode(saved["wrapped_key"]))
        opened = decrypt(data_key, b64decode(one["iv"]), b64decode(one["ciphertext"]), one["aad"].encode())
    operation = json.loads(opened)
    assert operation["fields"] == fields
    assert (operation["op_id"], operation["seq"]) == (one["op_id"], saved["highest_seq"])
    client.presses("Remove this work from the device")
    client.shows("This needs a connection")


def test_an_edit_that_the_server_cannot_take_does_not_hold_up_the_others(
    client: Client, context: BrowserContext, visited: Site, review_id: UUID
) -> None:
    def fail_for_one(route: Route) -> None:
        if "Too much for it" in (route.request.post_data or ""):
            route.fulfill(status=400, json={"error": "It cannot be read"})
        else:
            route.continue_()

    client.page.route("**/on-site/api/sync", fail_for_one)
    context.set_offline(True)
    client.edits("rating", OTHER_ITEM, rationale="Before it")
    client.edits("rating", ITEM, evidence="Too much for it")
    client.edits("rating", ITEM, rationale="Follows on it")
    client.edits("rating", OTHER_ITEM, rationale="After it")
    context.set_offline(False)
    client.waits("2 edits waiting to be sent")
    client.notice("The portal could not take your edits just now (It cannot be read)")
    with visited.app.app_context():
        row = rating(review_id, key=OTHER_ITEM)
        assert row is not None
        assert row.rationale == "After it"
    client.page.unroute_all()
    client.goes("/waiting")
    client.presses("Send now")
    client.waits("Nothing waiting")


def test_an_edit_known_by_another_content_stays_and_is_shown(client: Client) -> None:
    def mistaken(route: Route) -> None:
        (one,) = json.loads(route.request.post_data or "")["operations"]
        receipt = {"op_id": one["op_id"], "outcome": "mismatch", "version": None, "saved_at": None}
        route.fulfill(json={"receipts": [receipt | {"reason": "", "held": None, "current": None}]})

    client.page.route("**/on-site/api/sync", mistaken, times=1)
    client.edits("rating", OTHER_ITEM, evidence="Kept whatever happens")
    client.goes("/waiting")
    client.shows("the portal has another edit by the same number")
    client.waits("1 edit waiting to be sent")
    assert client.record("rating", OTHER_ITEM)["fields"]["evidence"] == "Kept whatever happens"


def test_edits_that_neither_side_has_are_said_out_loud(client: Client) -> None:
    def gap(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"missing": [[40, 43], [50, 50]]})

    client.page.route("**/on-site/api/sync", gap)
    client.edits("rating", OTHER_ITEM, rating=1)
    client.notice("5 edits made on this device never arrived and are no longer stored here")


def test_edits_that_waited_for_more_than_a_day_are_not_forgotten(
    client: Client, context: BrowserContext
) -> None:
    context.set_offline(True)
    client.page.evaluate(
        """() => {
            const Today = Date;
            window.Date = class extends Today {
                constructor(...given) { super(...(given.length ? given : [Today.now() - 25 * 3600e3])); }
            };
        }"""
    )
    client.edits("rating", OTHER_ITEM, rating=2)
    client.page.reload()
    client.unlocks()
    client.notice("Some edits have waited for more than a day")


def test_signing_out_with_edits_that_cannot_be_sent_offers_what_keeps_them(
    client: Client, context: BrowserContext, checked: Check
) -> None:
    client.page.route("**/on-site/api/sync", lambda route: route.fulfill(status=429, json={"error": "busy"}))
    client.edits("rating", OTHER_ITEM, evidence="Not sent")
    client.page.get_by_role("link", name="Sign out").click()
    client.heading("1 edit could not be sent")
    for name in ("Stay signed in", "Save an encrypted file", "Lock this device", "Sign out"):
        expect(client.page.get_by_role("button", name=name, exact=True)).to_be_visible()
    checked(client.page, "on-site-sign-out")
    client.presses("Lock this device")
    client.heading("Unlock your work")
    client.waits("1 edit waiting to be sent")


def test_signing_out_on_the_portals_own_pages_leads_past_edits_that_wait(client: Client) -> None:
    client.page.route("**/on-site/api/sync", lambda route: route.abort())
    client.edits("rating", OTHER_ITEM, evidence="Still to be sent")
    client.waits("1 edit waiting to be sent")
    client.page.goto(f"{client.site.url}/account")
    client.presses("Sign out")
    client.heading("Unlock your work")
    client.unlocks()
    client.heading("1 edit could not be sent")


def test_what_was_typed_by_somebody_whose_account_was_closed_is_handed_in_all_the_same(
    client: Client, visited: Site
) -> None:
    client.page.route("**/on-site/api/me", lambda route: route.fulfill(status=401, json={"error": "sign-in"}))
    handed_in: list[str] = []

    def take(route: Route) -> None:
        handed_in.append(route.request.headers["authorization"])
        sent = json.loads(route.request.post_data or "")["operations"]
        receipts = [
            {"op_id": one["op_id"], "outcome": "quarantined", "version": None, "saved_at": None}
            | {"reason": "The account is closed.", "held": one["op_id"], "current": None}
            for one in sent
        ]
        route.fulfill(json={"receipts": receipts, "missing": []})

    client.page.route("**/on-site/api/deposit", take)
    client.edits("rating", OTHER_ITEM, evidence="Typed before I left")
    client.waits("Nothing waiting")
    client.goes("/waiting")
    client.shows("The portal keeps this edit for the lead reviewer to decide. The account is closed.")
    client.page.get_by_role("button", name="Remove from this list").click()
    expect(client.page.get_by_text("Kept aside by the portal")).to_be_hidden()
    assert len(handed_in[0]) > len("Bearer ") + 40


def test_a_browser_that_stores_nothing_says_so(page: Page, visited: Site) -> None:
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    page.goto(f"{visited.url}/on-site/")
    expect(page.locator("h1")).to_have_text("This browser stores nothing for these pages")


def test_a_returned_review_leaves_nothing_on_the_device(client: Client) -> None:
    client.goes()
    client.presses("Return")
    client.heading("Nothing is checked out to this device")
    stored = client.stored()
    assert "Lead reviewer Person" not in stored
    assert "rating" not in stored.split("kept ")[0].partition("store ")[2]


def test_a_review_with_edits_that_wait_is_not_returned(client: Client) -> None:
    client.page.route("**/on-site/api/sync", lambda route: route.abort())
    client.edits("rating", OTHER_ITEM, evidence="Still here")
    client.goes()
    client.presses("Return")
    client.shows("Not returned: edits of this device are still waiting to be sent")


def test_an_older_client_opens_the_store_of_a_newer_one(client: Client) -> None:
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
    client: Client, context: BrowserContext
) -> None:
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
    assert client.record("rating", OTHER_ITEM)["fields"]["rating"] == 3
