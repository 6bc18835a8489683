"""Browser tests: Debian's Chromium against the portal as it is served."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from tests.support import browsing, databases, demonstrated
from tests.support.assessing import email
from tests.support.on_site_client import Client
from tests.support.people_at_work import Demo, Somebody
from tests.support.site import Site, serving
from tests.support.visited import on_a_visit

expect.set_options(timeout=browsing.PATIENCE)

# The flags a container's root needs, and none of the browser's own errands.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # pages of one memory share a process, where scripts need not be compiled again
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How Chromium is started; without one the tests are skipped with the reason, in CI they fail."""
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "Chromium is missing: install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return {**browser_type_launch_args, "executable_path": chromium, "args": _FLAGS}


@pytest.fixture(scope="session")
def launch_browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Callable[..., Browser]:
    """Start Chromium; one that hangs before it can be spoken to, as happens on a busy machine, anew."""

    def launch(**more: Any) -> Browser:
        for _ in range(browsing.STARTS - 1):
            with contextlib.suppress(Error):
                return browser_type.launch(**browser_type_launch_args, **more)
        return browser_type.launch(**browser_type_launch_args, **more)

    return launch


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A British reader at a desk."""
    size = {"width": browsing.WIDE, "height": 900}
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London", "viewport": size}


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One portal for all tests that only read."""
    folder = tmp_path_factory.mktemp("site")
    with (
        databases.copy_of_template("sqlite", folder) as url,
        serving(url, folder / "data", worker=False) as site,
    ):
        yield site


@pytest.fixture(scope="session")
def shared_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demonstration for all tests that only read; its jobs wait."""
    copy = demonstrated.copy_to(tmp_path_factory.mktemp("demonstration") / "site")
    with serving(copy.url, copy.folder, worker=False) as site:
        yield Demo(site, copy.facts)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A demonstration of this test's own, to write to; its jobs wait."""
    with _demonstration(tmp_path, worker=False) as demo:
        yield demo


@pytest.fixture
def demo_at_work(tmp_path: Path) -> Iterator[Demo]:
    """A demonstration of this test's own whose jobs are done: papers are drawn, mails are sent."""
    with _demonstration(tmp_path, worker=True) as demo:
        yield demo


@contextlib.contextmanager
def _demonstration(folder: Path, *, worker: bool) -> Iterator[Demo]:
    copy = demonstrated.copy_to(folder / "site")
    with serving(copy.url, copy.folder, worker=worker) as site:
        yield Demo(site, copy.facts)


@pytest.fixture
def somebody(
    new_context: CreateContextCallback, nothing_goes_wrong_unseen: list[str]
) -> Callable[..., Somebody]:
    """A person in a browser of their own: `somebody(demo, "eism")`; more arguments are the browser's."""

    def be(demo: Demo, role: str, **browser: Any) -> Somebody:
        context = new_context(**browser)
        browsing.watch(context, nothing_goes_wrong_unseen)
        context.set_default_timeout(browsing.PATIENCE)
        context.add_cookies([demo.cookie(role)])
        return Somebody(demo, role, context.new_page())

    return be


@pytest.fixture
def sign_in(context: BrowserContext) -> Callable[[Site, str], None]:
    """Make the test's browser a person's: `sign_in(site, email)`."""

    def be(site: Site, email: str) -> None:
        name, value = site.cookie_for(email)
        context.add_cookies([{"name": name, "value": value, "url": site.url, "httpOnly": True}])

    return be


@pytest.fixture(scope="session")
def reading(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[browsing.Watched]:
    """One browser's memory for the tests of the shared demonstration: files it has loaded stay loaded."""
    context = browser.new_context(**browser_context_args)
    context.set_default_timeout(browsing.PATIENCE)
    yield browsing.Watched(context, browsing.watch(context))
    context.close()


@pytest.fixture
def watched(request: pytest.FixtureRequest) -> Iterator[browsing.Watched]:
    """The memory that a test's pages share; where tests only read, it is emptied between them."""
    if "shared_demo" not in request.fixturenames:
        context = request.getfixturevalue("new_context")()
        context.set_default_timeout(browsing.PATIENCE)
        yield browsing.Watched(context, browsing.watch(context))
        return
    kept: browsing.Watched = request.getfixturevalue("reading")
    origin = request.getfixturevalue("shared_demo").site.url
    if not kept.context.pages:
        kept.context.new_page().goto(f"{origin}/static/icon.svg")  # a page that stays keeps the process
    kept.faults.clear()
    yield kept
    browsing.forget(kept.context, origin)


@pytest.fixture
def context(watched: browsing.Watched) -> BrowserContext:
    """What pytest-playwright makes the test's page in."""
    return watched.context


@pytest.fixture(autouse=True)
def nothing_goes_wrong_unseen(watched: browsing.Watched) -> Iterator[list[str]]:
    """Fail a test whose pages had script errors, refused code, missing files. Clear the list to allow it."""
    yield watched.faults
    assert watched.faults == []


@pytest.fixture
def checked() -> Callable[[Page, str], None]:
    """Check accessibility and reflow of the page as it stands; keep pictures where they are wanted."""
    return browsing.check


@pytest.fixture
def visited(tmp_path: Path) -> Iterator[tuple[Site, UUID]]:
    """A portal of this test's own, with a review whose team is on site."""
    with on_a_visit(tmp_path) as visited:
        yield visited


@pytest.fixture
def tablet(page: Page, visited: tuple[Site, UUID], sign_in: Callable[[Site, str], None]) -> Client:
    """The lead reviewer's tablet, with nothing on it yet."""
    site, review_id = visited
    sign_in(site, email("lead-reviewer"))
    return Client(page, site, review_id)


@pytest.fixture
def go(tablet: Client) -> Callable[[str], Page]:
    """Open a page of the review on the tablet, where there is no network any more."""
    tablet.checks_out()
    tablet.page.context.set_offline(True)
    return tablet.opens
