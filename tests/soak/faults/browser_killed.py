"""F3: the browser is killed with SIGKILL while somebody types: only the page's process, or all of it."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import expect

from tests.soak.browser.tablet import BrowserTablet
from tests.soak.faults.fault import CHROMIUM, Fault
from tests.soak.run import Run, demand

DEBOUNCE, STORING = 0.4, 0.6  # seconds: the pause after which typing is kept, and what keeping may take
EACH_KEY = 45  # milliseconds


def page_killed(run: Run) -> None:
    """Kill what draws the page and runs its script."""

    def kill(tablet: BrowserTablet) -> None:
        run.facts["renderers killed"] += tablet.chromium.kill_renderers()
        tablet.new_page()

    _killed(run, kill)


def browser_killed(run: Run) -> None:
    """Kill everything of the browser, and open another on the same profile."""
    _killed(run, BrowserTablet.restarted)


def _killed(run: Run, kill: Callable[[BrowserTablet], None]) -> None:
    """Again and again: type without a network, be killed, unlock, find it all, send it."""
    tablet = BrowserTablet(run, run.review())
    for number in range(1, run.repeat + 1):
        tablet.proxy.fall()
        tablet.item(number)
        tablet.rate(run.chance.randint(1, 5))
        kept = run.words() + ". "
        tablet.type("rationale", kept)
        typed = _types_on(run, tablet, number)
        kill(tablet)
        tablet.opened_again()
        tablet.item(number)
        there = tablet.page.locator("#rationale").input_value()
        _at_most_a_pause_lost(kept, typed, there)
        run.facts["letters lost"] += max(0, len(kept) + len(typed) - 1 - len(there))
        tablet.note_down()
        tablet.proxy.rise()
        tablet.sent()
        run.look()


def _types_on(run: Run, tablet: BrowserTablet, number: int) -> list[tuple[float, str]]:
    """Type until the kill. Returns each key with its time, and the time of the kill with an empty one."""
    expect(tablet.page.locator("#rationale")).to_be_focused()
    keys = []
    for letter in run.words()[: run.chance.randint(5, 30)]:
        tablet.page.keyboard.type(letter)
        keys.append((time.monotonic(), letter))
        tablet.page.wait_for_timeout(EACH_KEY)
    tablet.page.wait_for_timeout(run.chance.uniform(0, 1500 * (number % 2) + 1))
    return [*keys, (time.monotonic(), "")]


def _at_most_a_pause_lost(kept: str, typed: list[tuple[float, str]], there: str) -> None:
    """What was seen kept is there; of what followed, what had its pause before the kill."""
    words = kept + "".join(letter for _, letter in typed)
    demand(words.startswith(there.rstrip("\n")) or there.startswith(kept), "what is there was never typed")
    demand(there.startswith(kept), "what was shown as saved is gone")
    killed_at, last_key = typed[-1][0], typed[-2][0]
    if killed_at - last_key > DEBOUNCE + STORING:
        demand(there == words, "what had its pause before the kill is gone")


FAULTS = (
    Fault("F3a", "Page killed while typing", 100, page_killed, engines=CHROMIUM, each=10),
    Fault("F3b", "Browser killed, same profile", 100, browser_killed, engines=CHROMIUM, each=10),
)
