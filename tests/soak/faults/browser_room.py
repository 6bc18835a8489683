"""F10: the store has no room left; or the browser throws it away."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.soak.browser.tablet import PATIENCE, BrowserTablet
from tests.soak.faults.fault import CHROMIUM, Fault
from tests.soak.run import Run, demand

LITTLE = 1000  # bytes
MUCH = "Heard it said twice. " * 40


def no_room(run: Run) -> None:
    """Not saved is said, nothing typed vanishes, and what was kept before stays; then there is room."""
    review = run.review()
    tablet = BrowserTablet(run, review)
    tablet.proxy.fall()
    number = run.chance.randint(1, 20)
    tablet.item(number)
    tablet.type("rationale", run.words())
    tablet.restarted()  # a browser remembers for a while how much room it had
    _storage(tablet, "Storage.overrideQuotaForOrigin", quotaSize=LITTLE)
    tablet.opened_again()
    tablet.item(number)
    words = run.words() + MUCH
    box = tablet.page.locator("#evidence")
    box.fill(words)
    expect(tablet.page.locator("#on-site-state")).to_contain_text("Not saved", timeout=PATIENCE)
    expect(tablet.page.locator("#on-site-state")).to_contain_text("no room left")
    run.facts["refused and said so"] += 1
    demand(box.input_value() == words, "what could not be kept vanished from the page")
    tablet.all_there()
    _storage(tablet, "Storage.overrideQuotaForOrigin")
    box.press("Control+End")
    box.type(" And more.")
    tablet.kept(evidence=words + " And more.")
    kept = [op["fields"].get("evidence", "") for op in tablet.told.operations.values()]
    demand(words + " And more." in kept, "with room again it was not kept")
    tablet.proxy.rise()
    tablet.sent()


def wiped(run: Run) -> None:
    """The browser removes all: whoever types next is told so, and so is the next check-out."""
    review = run.review()
    tablet = BrowserTablet(run, review)
    tablet.item(1)
    tablet.type("rationale", run.words())
    tablet.sent()
    tablet.proxy.fall()
    tablet.item(run.chance.randint(2, 20))
    tablet.rate(run.chance.randint(1, 5))
    tablet.type("rationale", run.words())
    waiting = [op["op_id"] for op in tablet.told.waiting]
    _storage(tablet, "Storage.clearDataForOrigin", storageTypes="indexeddb")
    tablet.page.locator("#evidence").type(run.words())
    state = tablet.page.locator("#on-site-state")
    expect(state).to_contain_text("removed what was stored on this device", timeout=PATIENCE)
    tablet.proxy.rise()
    tablet.new_page()
    tablet.client.checks_out()
    tablet.client.shows("was not returned from it")
    tablet.client.shows("edits not sent from it are lost")
    tablet.told.lost |= dict.fromkeys(waiting, True)  # said twice: on the page, and at the next check-out
    run.facts["announced"] += 1


def _storage(tablet: BrowserTablet, method: str, **more: Any) -> None:
    devtools = tablet.chromium.context.new_cdp_session(tablet.page)
    devtools.send(method, {"origin": tablet.proxy.url, **more})


FAULTS = (
    Fault("F10a", "No room left in the store", 20, no_room, engines=CHROMIUM),
    Fault("F10b", "Store thrown away", 20, wiped, engines=CHROMIUM),
)
