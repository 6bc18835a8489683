"""The item page in browser tests: its address, what its status says, and a save held on its way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from urllib.parse import urlencode

from playwright.sync_api import Page, Route, expect

from tests.support.browsing import PATIENCE

SAVED = re.compile(r"Saved at \d\d:\d\d")


def item(number: int, name: str = "empty") -> str:
    """The path of an item of an assessment of the demonstration."""
    return f"/assessments/{{{name}}}/items/{number}"


def says(page: Page, words: str | re.Pattern[str]) -> None:
    """Fail unless the status comes to say this."""
    expect(page.locator("#save-status")).to_contain_text(words)


@contextmanager
def sends(page: Page, words: str) -> Iterator[None]:
    """Wait until the portal has answered a save that holds these words, typed or chosen in the block."""
    typed = urlencode({"": words})[1:]
    with page.expect_response(lambda answer: typed in (answer.request.post_data or "")):
        yield


def hold_first_save(page: Page, number: int) -> list[Route]:
    """Hold the next save of an item on its way: the list gets it, `continue_` lets it go."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/items/{number}", hold, times=1)
    return held


def come_to(page: Page, happened: Sequence[object]) -> None:
    """Wait until a list that the page's events fill has something."""
    until = monotonic() + PATIENCE / 1000
    while not happened:
        assert monotonic() < until, "it did not happen"
        page.wait_for_timeout(50)


def ready(page: Page) -> None:
    """Wait until the page's script listens to keys: it then shows the switch for them."""
    expect(page.locator(".portal-keys:not([hidden])")).to_be_attached()
