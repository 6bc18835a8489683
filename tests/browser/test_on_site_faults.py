"""The fault campaign's part that only a true browser has, at its small counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.soak.campaign import BROWSER_FAULTS, at_small_counts
from tests.soak.faults.fault import Fault
from tests.soak.ground import Ground, ground


@pytest.fixture(scope="module")
def place(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One served portal for all faults: each run has a review and a profile of its own."""
    with ground("sqlite", tmp_path_factory.mktemp("soak")) as place:
        place.engine, place.playwright = "chromium", playwright
        yield place


@pytest.mark.parametrize("fault", BROWSER_FAULTS, ids=lambda fault: fault.key)
def test_nothing_is_lost(fault: Fault, place: Ground) -> None:
    at_small_counts(fault, place)
