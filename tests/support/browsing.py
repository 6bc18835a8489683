"""What every page is checked for in a real browser: accessibility, reflow, its looks, a clean console."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, WebError

from tests.support.house_rules import ROOT

AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WIDE, NARROW, REFLOW = 1280, 360, 320
WANTED = "PORTAL_TEST_PICTURES"  # set by `make pictures`: taking them doubles the time of the suite
PICTURES = ROOT / "test-results" / "pictures"
PATIENCE = 45_000  # milliseconds that a page may take on a busy machine
STARTS = 3  # how often a browser is started where it hangs before it can be spoken to
_HEIGHT = 900


@dataclass(frozen=True)
class Watched:
    """A browser's memory, with what has gone wrong in its pages unseen."""

    context: BrowserContext
    faults: list[str]


def forget(context: BrowserContext, origin: str) -> None:
    """Empty a browser's memory of a site, but for the files it has loaded; its first page stays open."""
    first, *others = context.pages
    for page in others:
        page.close()
    context.clear_cookies()
    session = context.new_cdp_session(first)
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    session.detach()


def check(page: Page, name: str) -> None:
    """Check the page as it stands, at both widths; keep a picture of each as `name` where they are wanted."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": _HEIGHT})
        if os.environ.get(WANTED):
            picture(page, f"{name}-{width}")
        faults = accessibility_faults(page)
        assert not faults, f"{name} at {width} px:\n" + "\n".join(faults)
    wide = too_wide(page)
    assert not wide, f"{name} does not reflow at {REFLOW} px: {wide}"
    page.set_viewport_size({"width": WIDE, "height": _HEIGHT})


def accessibility_faults(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, one block for each fault."""
    options = {"runOnly": {"type": "tag", "values": list(AXE_TAGS)}, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):  # checked at several widths, a page is given it once
        page.evaluate(AXE_SCRIPT)
    run = "options => axe.run(options).then(results => results.violations)"
    violations: list[dict[str, Any]] = page.evaluate(run, options)
    return [_described(violation) for violation in violations]


def _described(violation: dict[str, Any]) -> str:
    places = [
        f"    {' '.join(map(str, node['target']))}\n      {node['html'][:160]}\n      "
        + node["failureSummary"].replace("\n", "\n      ")
        for node in violation["nodes"]
    ]
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}\n" + "\n".join(places)


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways at 320 px (WCAG 1.4.10), widest last; empty when it reflows.

    What stands in a box that scrolls by itself, as a wide table may, does not count.
    """
    page.set_viewport_size({"width": REFLOW, "height": _HEIGHT})
    found: list[str] = page.evaluate(
        """() => {
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
            const boxed = element => {
                for (let up = element.parentElement; up && up !== root; up = up.parentElement)
                    if (scrolls(up)) return true;
                return false;
            };
            const wide = [...document.body.querySelectorAll('*')].filter(
                element => element.getBoundingClientRect().right > root.clientWidth + 1 && !boxed(element));
            return [`${root.scrollWidth} px wide`, ...wide.slice(0, 8).map(
                element => element.outerHTML.slice(0, 120))];
        }"""
    )
    return found


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page in test-results/pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def watch(context: BrowserContext, faults: list[str] | None = None) -> list[str]:
    """A list that fills with what goes wrong unseen: script errors, refused code, files that fail to load.

    A page that answers 403 or 404, and a save that is refused, are no faults here: tests ask for them.
    """
    faults = [] if faults is None else faults

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"console: {message.text}")

    def on_error(error: WebError) -> None:
        faults.append(f"script: {error.error}")

    def on_response(response: Response) -> None:
        asked_for = response.request.resource_type in {"document", "fetch", "xhr"}
        if response.status >= (500 if asked_for else 400):
            faults.append(f"{response.status} for {response.url}")

    context.on("console", on_console)
    context.on("weberror", on_error)
    context.on("response", on_response)
    return faults
