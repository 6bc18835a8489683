"""A tablet with the true on-site client in Chromium, and a journal of what it was seen to keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, expect

from portal.scales.registry import registry
from tests.soak.browser.chromium import Chromium
from tests.soak.ground import LEAD
from tests.soak.journal import Op, Told
from tests.soak.proxy import Proxy
from tests.soak.run import Run, demand
from tests.support.browsing import PATIENCE
from tests.support.on_site_client import Client
from tests.support.reviewing import SCALE
from tests.support.site import Site

expect.set_options(timeout=PATIENCE)

_OPERATIONS = """async () => {
    const { loadOperations } = await import('/static/js/on-site/loading.js');
    return loadOperations();
}"""
_DEVICE = "async () => (await import('/static/js/on-site/vault.js')).mine().deviceId"
# A round of sending waits until what was typed is written into the journal: else it may be gone by then.
_HOLD_SENDING = """() => new Promise((held) => {
    const until = () => new Promise((letGo) => { window.letSendingGo = letGo; held(); });
    navigator.locks.request('on-site-sending', until);
})"""
_LET_GO = "() => window.letSendingGo()"
_WORKS_OFFLINE = "() => navigator.serviceWorker.ready.then((one) => Boolean(one.active))"
# What an operation is on the wire; the client keeps some more beside it.
WIRE = ("op_id", "seq", "schema", "review", "kind", "key", "base_version", "after", "base", "fields", "at")


class BrowserTablet:
    """One profile behind one proxy. `told` has each edit from the moment the page said that it is saved."""

    def __init__(self, run: Run, review: str, person: str = LEAD) -> None:
        assert run.ground.playwright is not None
        self.run, self.review, self.person = run, review, person
        self.proxy = Proxy(run.ground.server.port)
        self.proxy.rise()
        self.chromium = Chromium(run.ground.playwright, run.folder / f"profile-{len(run.browsers)}")
        run.browsers.append(self)
        self.told = Told("", person)
        self.key = ""  # of the item whose page is open
        self.page = self._prepared(self.chromium.open())
        self.sign_in(person)
        self.client.checks_out()
        self.page.wait_for_function(_WORKS_OFFLINE)
        self.told.device_id = self.page.evaluate(_DEVICE)

    @property
    def client(self) -> Client:
        return Client(self.page, Site(self.proxy.url, self.run.ground.app), UUID(self.review))

    def sign_in(self, person: str) -> None:
        """Make the browser this person's."""
        name, value = self.run.ground.cookie(person)
        self.chromium.context.clear_cookies()
        cookie = {"name": name, "value": value, "url": self.proxy.url, "httpOnly": True}
        self.chromium.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict will do

    def item(self, number: int) -> None:
        """Open an item's page."""
        self.key = registry().get(SCALE).items[number - 1].key
        self.client.goes(f"/review/{self.review}/item/{number}")
        expect(self.page.locator("#rationale")).to_be_visible()

    def rate(self, rating: int) -> None:
        """Tap a rating, and see it kept."""
        with self._kept_back():
            self.page.locator(f"label[for=rating-{rating}]").click()
            self.kept(rating=rating)

    def type(self, field: str, words: str) -> None:
        """Type at the end of a field, and see it kept."""
        with self._kept_back():
            box = self.page.locator(f"#{field}")
            box.focus()
            self.page.keyboard.press("Control+End")
            self.page.keyboard.type(words)
            self.kept(**{field: box.input_value()})

    def kept(self, **fields: object) -> None:
        """Wait until the item has this and the strip says so; from then on it must never be lost."""
        self.client.comes_to_hold("rating", self.key, **fields)
        self.client.state("Saved on this device")
        self.note_down()

    @contextmanager
    def _kept_back(self) -> Iterator[None]:
        self.page.evaluate(_HOLD_SENDING)
        yield
        self.page.evaluate(_LET_GO)

    def on_device(self) -> list[dict[str, Any]]:
        """The operations in its store, opened with the key of the page."""
        found: list[dict[str, Any]] = self.page.evaluate(_OPERATIONS)
        return found

    def note_down(self) -> None:
        """Write into the journal what is in the store."""
        for op in self.on_device():
            kept = {name: op[name] for name in WIRE}
            kept["schema"] = op.get("schema", 1)
            self.told.operations.setdefault(op["op_id"], kept)

    def all_there(self) -> None:
        """Every edit that was seen kept, and did not go to the portal, is in the store."""
        here = {op["op_id"] for op in self.on_device()}
        gone = [op["seq"] for op_id, op in self._unsent() if op_id not in here]
        demand(not gone, f"edits {gone} were shown as saved and are not on the device")

    def _unsent(self) -> list[tuple[str, Op]]:
        return [(op["op_id"], op) for op in self.told.waiting]

    def opened_again(self) -> None:
        """The page anew: the prompt to unlock, then all that was kept."""
        self.client.goes()
        self.client.heading("Unlock your work")
        self.client.shows("waiting to be sent")
        self.client.unlocks()
        self.all_there()

    def new_page(self) -> None:
        """Another page of the same browser."""
        self.page = self._prepared(self.chromium.page())

    def restarted(self) -> None:
        """The same profile in a new browser."""
        self.chromium.kill()
        self.page = self._prepared(self.chromium.open())
        self.sign_in(self.person)  # a sign-in ends with the browser

    def sent(self) -> None:
        """Send all that waits, and take down what the portal answered."""
        self.note_down()
        self.client.goes("/waiting")
        self.client.presses("Send now")
        expect(self.page.locator("#on-site-count")).to_have_text("Nothing waiting", timeout=PATIENCE)
        left = {op["op_id"] for op in self.on_device()}
        for op_id in self.told.operations.keys() - left:
            self.told.receipts[op_id] = {"op_id": op_id, "outcome": self.run.outcome(op_id)}

    def close(self) -> None:
        """End the browser and its line."""
        self.chromium.kill()
        self.proxy.fall()

    def _prepared(self, page: Page) -> Page:
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": 768, "height": 1024})
        return page
