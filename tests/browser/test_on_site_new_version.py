"""A new version of the portal is deployed while somebody works: it is offered, and taken without loss."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Playwright, expect

from tests.soak.browser.tablet import BrowserTablet
from tests.soak.faults.browser_update import BUILD, half_an_update, next_version
from tests.soak.ground import Ground, ground
from tests.soak.proxy import Weather
from tests.soak.run import Run

USE = "Use the new version"


@pytest.fixture(scope="module")
def place(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with ground("sqlite", tmp_path_factory.mktemp("new-version")) as place:
        place.engine, place.playwright = "chromium", playwright
        yield place


@pytest.fixture
def run(place: Ground, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Run]:
    run = Run(place, tmp_path, Random(request.node.name))
    yield run
    for browser in run.browsers:
        browser.close()


def at_work(run: Run) -> BrowserTablet:
    """A tablet with an edit that waits, behind a line that leads to the next version from now on."""
    tablet = BrowserTablet(run, run.review())
    tablet.proxy.weather.up = False
    tablet.item(3)
    tablet.type("rationale", run.words())
    tablet.proxy.lead_to(next_version(run.ground).port)
    return tablet


def takes_the_new_version(tablet: BrowserTablet, run: Run) -> None:
    """Press the button, and find everything there in the new version."""
    before = tablet.page.evaluate(BUILD)
    tablet.page.get_by_role("button", name=USE).click()
    tablet.page.wait_for_function(f"before => {BUILD} !== before", arg=before)
    expect(tablet.page.get_by_role("heading", name="Unlock your work")).to_be_visible()
    tablet.client.unlocks()
    tablet.item(4)
    tablet.type("evidence", run.words())
    tablet.sent()
    assert not run.check()


def test_a_new_version_is_offered_to_a_page_that_is_open_and_taken_without_loss(run: Run) -> None:
    tablet = at_work(run)
    tablet.proxy.weather = Weather()
    tablet.client.goes("/waiting")
    tablet.client.presses("Send now")

    takes_the_new_version(tablet, run)


@pytest.mark.parametrize("loaded_again", [False, True])
def test_after_half_an_update_the_new_version_is_still_offered(run: Run, loaded_again: bool) -> None:
    """On the page that was open then, and on one loaded without a network."""
    tablet = at_work(run)
    half_an_update(run, tablet)
    if loaded_again:
        tablet.page.reload()
        tablet.opened_again()
    tablet.proxy.weather = Weather()
    tablet.client.goes("/waiting")
    tablet.client.presses("Send now")

    takes_the_new_version(tablet, run)
