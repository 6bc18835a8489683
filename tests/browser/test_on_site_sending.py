"""Edits made on site are sent by their owner alone, once there is a way, and none is dropped on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from portal.reviews.offline.rules.parts import Choice, Decision
from portal.reviews.offline.service.settling import settle
from tests.support.assessing import actor
from tests.support.on_site import ITEM, LEAD, OTHER_ITEM, SECOND, rating
from tests.support.on_site import note as note_of
from tests.support.on_site_client import Client, interview

Check = Callable[[Page, str], None]
MINE = {"text": Decision(Choice.YOURS)}
SECRET = "Marigold-7431 the manager said"


def test_a_lapsed_sign_in_pauses_sending_and_the_same_person_resumes_it(
    tablet: Client, context: BrowserContext
) -> None:
    client = tablet.ready()
    context.clear_cookies()
    client.edits("rating", OTHER_ITEM, rating=2)
    client.notice("Sending is paused: you are signed out. What you type is kept on this device.")
    expect(client.page.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    client.edits("rating", OTHER_ITEM, rationale="Typing goes on")
    client.state("Saved on this device")
    client.waits("2 edits waiting to be sent")
    client.signs_in(LEAD)
    client.goes("/waiting")
    client.presses("Send now")
    client.waits("Nothing waiting")
    expect(client.page.locator("#on-site-notice")).to_be_hidden()


def test_another_person_on_the_tablet_neither_sends_nor_reads_the_first_ones_work(
    tablet: Client, context: BrowserContext
) -> None:
    client = tablet.ready()
    context.set_offline(True)
    client.edits("rating", ITEM, evidence=SECRET)
    context.clear_cookies()
    client.signs_in(SECOND)
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
    assert client.holds("rating", ITEM).get("evidence") != SECRET
    client.goes("/waiting")
    client.presses("Send now")
    client.shows("Nothing waits")
    with client.site.app.app_context():
        row = rating(client.review_id)
        assert row is None or row.evidence != SECRET


def test_a_token_that_lapsed_is_renewed_without_a_word(tablet: Client) -> None:
    client = tablet.ready()
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
    tablet: Client, new_context: CreateContextCallback, checked: Check
) -> None:
    client = tablet.ready()
    context = client.page.context
    key, fields = interview(SECRET, ITEM)
    client.edits("note", key, **fields)
    client.state("Saved on server")
    context.set_offline(True)
    client.edits("note", key, text="From the first tablet")
    second = Client(new_context().new_page(), client.site, client.review_id)
    second.signs_in(LEAD)
    second.checks_out()
    second.edits("note", key, text="From the second tablet")
    second.state("Saved on server")
    context.set_offline(False)
    client.waits("Nothing waiting")
    found = client.comes_to_hold("note", key, text="From the second tablet")
    assert found["held"]["outcome"] == "conflict"
    client.goes("/waiting")
    client.shows("Somebody else changed this first")
    client.shows("From the first tablet")
    expect(client.page.get_by_role("link", name="Compare and choose")).to_have_attribute(
        "href", f"/reviews/{client.review_id}/on-site/held/{found['held']['op_id']}"
    )
    checked(client.page, "on-site-aside")
    with client.site.app.app_context():
        assert note_of(key).text == "From the second tablet"
        settle(actor(LEAD), client.review_id, UUID(found["held"]["op_id"]), MINE, note_of(key).version)
    client.page.reload()
    client.unlocks()
    expect(client.page.get_by_role("link", name="Compare and choose")).to_have_count(0)
    assert client.comes_to_hold("note", key, text="From the first tablet")["held"] is None


def test_a_photo_cut_off_on_its_way_is_sent_on_from_where_it_stopped(tablet: Client) -> None:
    client = tablet.ready()
    pieces: list[int] = []

    def cut_the_second(route: Route) -> None:
        if route.request.method == "PUT":
            pieces.append(int(route.request.url.rpartition("=")[2]))
            if len(pieces) == 2:
                return route.abort()
        return route.continue_()

    client.page.route("**/on-site/api/photos/*", cut_the_second)
    key, fields = interview(SECRET, ITEM)
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


def test_an_edit_that_the_server_cannot_take_does_not_hold_up_the_others(
    tablet: Client, context: BrowserContext
) -> None:
    client = tablet.ready()

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
    with client.site.app.app_context():
        row = rating(client.review_id, key=OTHER_ITEM)
        assert row is not None
        assert row.rationale == "After it"
    client.page.unroute_all()
    client.goes("/waiting")
    client.presses("Send now")
    client.waits("Nothing waiting")


def test_an_edit_known_by_another_content_stays_and_is_shown(tablet: Client) -> None:
    client = tablet.ready()

    def mistaken(route: Route) -> None:
        operations = json.loads(route.request.post_data or "")["operations"]
        if not operations:  # a round in which nothing waits, as after unlocking
            return route.continue_()
        (one,) = operations
        receipt = {"op_id": one["op_id"], "outcome": "mismatch", "version": None, "saved_at": None}
        return route.fulfill(json={"receipts": [receipt | {"reason": "", "held": None, "current": None}]})

    client.page.route("**/on-site/api/sync", mistaken)
    client.edits("rating", OTHER_ITEM, evidence="Kept whatever happens")
    client.goes("/waiting")
    client.shows("the portal has another edit by the same number")
    client.waits("1 edit waiting to be sent")
    client.comes_to_hold("rating", OTHER_ITEM, evidence="Kept whatever happens")


def test_edits_that_neither_side_has_are_said_out_loud(tablet: Client) -> None:
    client = tablet.ready()

    def gap(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"missing": [[40, 43], [50, 50]]})

    client.page.route("**/on-site/api/sync", gap)
    client.edits("rating", OTHER_ITEM, rating=1)
    client.notice("5 edits made on this device never arrived and are no longer stored here")


def test_edits_that_waited_for_more_than_a_day_are_not_forgotten(
    tablet: Client, context: BrowserContext
) -> None:
    client = tablet.ready()
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


def test_what_was_typed_by_somebody_whose_account_was_closed_is_handed_in_all_the_same(
    tablet: Client,
) -> None:
    client = tablet.ready()
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
