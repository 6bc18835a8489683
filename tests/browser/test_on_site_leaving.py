"""Leaving a device: a file of edits, signing out, returning a review."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from portal.reviews.offline.export_key import decrypt, unwrap
from tests.support.on_site import ITEM, OTHER_ITEM
from tests.support.on_site_client import Client, interview

Check = Callable[[Page, str], None]
SECRET = "Marigold-7431 the manager said"


def test_a_file_is_saved_without_the_passphrase_and_only_the_server_can_open_it(
    tablet: Client, context: BrowserContext
) -> None:
    client = tablet.ready()
    context.set_offline(True)
    key, fields = interview(SECRET, ITEM)
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
    with client.site.app.app_context():
        data_key = unwrap(b64decode(saved["wrapped_key"]))
        opened = decrypt(data_key, b64decode(one["iv"]), b64decode(one["ciphertext"]), one["aad"].encode())
    operation = json.loads(opened)
    assert operation["fields"] == fields
    assert (operation["op_id"], operation["seq"]) == (one["op_id"], saved["highest_seq"])
    client.presses("Remove this work from the device")
    client.shows("This needs a connection")


def test_signing_out_with_edits_that_cannot_be_sent_offers_what_keeps_them(
    tablet: Client, checked: Check
) -> None:
    client = tablet.ready()
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


def test_signing_out_on_the_portals_own_pages_leads_past_edits_that_wait(tablet: Client) -> None:
    client = tablet.ready()
    client.page.route("**/on-site/api/sync", lambda route: route.abort())
    client.edits("rating", OTHER_ITEM, evidence="Still to be sent")
    client.waits("1 edit waiting to be sent")
    client.page.goto(f"{client.site.url}/account")
    client.presses("Sign out")
    client.heading("Unlock your work")
    client.unlocks()
    client.heading("1 edit could not be sent")


def test_a_returned_review_leaves_nothing_on_the_device(tablet: Client) -> None:
    client = tablet.ready()
    client.goes()
    client.presses("Return")
    client.heading("Nothing is checked out to this device")
    stored = client.stored()
    assert "Lead reviewer Person" not in stored
    assert "rating" not in stored.split("kept ")[0].partition("store ")[2]


def test_a_review_with_edits_that_wait_is_not_returned(tablet: Client) -> None:
    client = tablet.ready()
    client.page.route("**/on-site/api/sync", lambda route: route.abort())
    client.edits("rating", OTHER_ITEM, evidence="Still here")
    client.goes()
    client.presses("Return")
    client.shows("Not returned: edits of this device are still waiting to be sent")
