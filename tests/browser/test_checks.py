"""The checks of the browser tests can fail, and the first page passes them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.support import browsing
from tests.support.site import Site

SOUND = (
    "<!DOCTYPE html><html lang='en'><head><title>Sound</title></head>"
    "<body><main><h1>Sound</h1>{}</main></body></html>"
)
SMALL_LINKS = "<a href='#{0}' style='display:inline-block;width:8px;height:8px'>{0}</a>"


def test_the_first_page_passes_every_check(page: Page, shared_site: Site) -> None:
    page.goto(shared_site.url)
    browsing.check(page, "first-page")


@pytest.mark.parametrize(
    "planted, rule",
    [
        ("<img src='data:,'>", "image-alt"),
        ("<input name='figure'>", "label"),
        ("<p style='color:#aaa;background:#fff'>Faint</p>", "color-contrast"),
        ("<p><button style='width:9px;height:9px;padding:0;border:0'></button></p>", "button-name"),
        ("<p aria-labelledby='x' role='nonsense'>Role</p>", "aria-roles"),
        (f"<p>{SMALL_LINKS.format('a')}{SMALL_LINKS.format('b')}</p>", "target-size"),
    ],
)
def test_axe_sees_a_planted_fault(page: Page, planted: str, rule: str) -> None:
    page.set_content(SOUND.format(planted))
    faults = browsing.accessibility_faults(page)
    assert any(fault.strip().startswith(f"{rule} (") for fault in faults), faults


def test_a_page_that_does_not_reflow_is_seen(page: Page) -> None:
    page.set_content(SOUND.format("<p style='width:400px'>Wide</p>"))
    assert "400px" in " ".join(browsing.too_wide(page))


def test_a_wide_table_in_a_box_that_scrolls_reflows(page: Page) -> None:
    page.set_content(SOUND.format("<div style='overflow-x:auto'><p style='width:400px'>Wide</p></div>"))
    assert browsing.too_wide(page) == []


def test_refused_code_and_missing_files_are_seen(
    page: Page, shared_site: Site, nothing_goes_wrong_unseen: list[str]
) -> None:
    page.goto(shared_site.url)
    page.evaluate(
        """() => new Promise(done => {
            const inline = document.createElement('script');
            inline.textContent = '1';
            const gone = new Image();
            gone.onerror = done;
            gone.src = '/static/gone.png';
            document.body.append(inline, gone);
        })"""
    )
    assert len([fault for fault in nothing_goes_wrong_unseen if "gone.png" in fault]) == 1
    assert [fault for fault in nothing_goes_wrong_unseen if "Content Security Policy" in fault]
    nothing_goes_wrong_unseen.clear()
