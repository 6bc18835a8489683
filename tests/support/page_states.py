"""How a state of a page is written down, and the doings that bring a page into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page, expect

Doing = Callable[[Page], None]


@dataclass(frozen=True)
class PageState:
    """A page in one state.

    `name` is also that of its pictures; `who` is a role, or None for somebody not signed in; `path` may name
    facts of the demonstration in {braces}; `heading` is in its h1; `shows` is what marks the state.
    """

    name: str
    who: str | None
    path: str
    heading: str
    doings: tuple[Doing, ...] = ()
    shows: str = ""


def press(name: str) -> Doing:
    """Press a button by its exact name."""

    def do(page: Page) -> None:
        page.get_by_role("button", name=name, exact=True).first.click()
        page.wait_for_load_state()

    return do


def follow(name: str) -> Doing:
    """Follow a link by its exact name."""

    def do(page: Page) -> None:
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_load_state()

    return do


def enter(selector: str, text: str) -> Doing:
    """Fill a field."""

    def do(page: Page) -> None:
        page.locator(selector).fill(text)

    return do


def tick(selector: str) -> Doing:
    """Tick a box or choose a radio."""

    def do(page: Page) -> None:
        page.locator(selector).check()

    return do


def choose(selector: str, value: str) -> Doing:
    """Choose an option."""

    def do(page: Page) -> None:
        page.locator(selector).select_option(value)

    return do


def hidden(name: str, value: str) -> Doing:
    """Change a hidden field: an old version, so that a save is stale, or a text too long to be typed here."""

    def do(page: Page) -> None:
        page.evaluate(
            "([name, value]) => document.getElementsByName(name).forEach(field => { field.value = value; })",
            [name, value],
        )

    return do


def without(selector: str) -> Doing:
    """Take elements out of the page."""

    def do(page: Page) -> None:
        page.locator(selector).evaluate_all("found => found.forEach(one => one.remove())")

    return do


def upload(name: str, text: str) -> Doing:
    """Choose a file."""

    def do(page: Page) -> None:
        file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
        page.locator("input[type=file]").set_input_files(file)

    return do


def opened(page: Page) -> None:
    """Open everything that opens."""
    page.locator("details:not([open]) > summary").evaluate_all("found => found.forEach(one => one.click())")


def waits_for(text: str) -> Doing:
    """Wait until the page says something."""

    def do(page: Page) -> None:
        expect(page.locator("main")).to_contain_text(text)

    return do


def signed_out(page: Page) -> None:
    """End the sign-in behind the page's back, as time does."""
    page.context.clear_cookies()
