"""The consensus page in browser tests."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def item(page: Page, number: int) -> Locator:
    """An item's part of the page."""
    return page.locator(f"#item-{number}")
