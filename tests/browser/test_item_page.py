"""The item page with its script: live suggestion, saving as one goes, keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.scales.registry import registry
from portal.scales.rules.calculator import suggest
from tests.support.item_page import SAVED, come_to, hold_first_save, item, ready, says, sends
from tests.support.people_at_work import Demo, Somebody

Be = Callable[..., Somebody]


def press_key(page: Page, key: str) -> None:
    """Press a key while no field has the focus."""
    ready(page)
    page.locator("h1").click()
    page.keyboard.press(key)


@pytest.mark.parametrize(
    "number, key, numbers, ticks",
    [
        (1, "caseload-size", {"clients": "102", "fte": "5"}, ()),
        (3, "vocational-generalists", {}, ("intake", "engagement")),
        (6, "jobcentre-plus", {}, ("contact-weekly",)),
    ],
)
def test_the_suggestion_follows_what_is_typed_with_its_sum(
    demo: Demo, somebody: Be, number: int, key: str, numbers: dict[str, str], ticks: tuple[str, ...]
) -> None:
    page = somebody(demo, "provider-staff").opens(item(number))
    for name, text in numbers.items():
        page.locator(f"#in-{name}").fill(text)
    for name in ticks:
        page.locator(f"#is-{name}").check()
    rule = registry().get("ips-25").item(key).rule
    all_ticks = {
        fact.key: fact.key in ticks
        for fact in (*getattr(rule, "facts", ()), *getattr(rule, "components", ()))
    }
    suggestion = suggest(rule, {**numbers, **all_ticks})
    assert suggestion is not None
    shown = page.locator("#suggestion")
    expect(shown).to_contain_text(f"Suggested rating: {suggestion.rating}")
    for step in suggestion.steps:
        expect(shown).to_contain_text(step)
    marked = page.locator(".portal-anchor", has=page.locator(".portal-anchor__suggested:visible"))
    expect(marked).to_have_attribute("data-rating", str(suggestion.rating))
    expect(marked).to_have_count(1)


def test_a_figure_that_cannot_be_read_is_named_at_its_field(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens(item(1))
    page.locator("#in-clients").fill("many")
    expect(page.locator("#in-clients-error")).to_contain_text("must be a whole number, like 12")
    page.locator("#in-clients").fill("102")
    expect(page.locator("#in-clients-error")).to_be_hidden()


def test_the_status_is_saving_while_it_is_and_saved_when_it_was(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens(item(7))
    held = hold_first_save(page, 7)
    page.locator("#rating-4").check()
    come_to(page, held)
    page.wait_for_timeout(200)
    expect(page.locator("#save-status")).to_have_text("Saving")
    held[0].continue_()
    says(page, SAVED)
    page.reload()
    expect(page.locator("#rating-4")).to_be_checked()


def test_text_is_saved_when_one_pauses(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens(item(7))
    with sends(page, "Minutes of March"):  # a slow machine may save a part of it first
        page.locator("#evidence").press_sequentially("Minutes of March", delay=5)
    says(page, SAVED)
    page.reload()
    expect(page.locator("#evidence")).to_have_value("Minutes of March")


def test_keys_rate_and_move_and_can_be_switched_off(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens(item(6))
    press_key(page, "4")
    expect(page.locator("#rating-4")).to_be_checked()
    expect(page.locator("#rating-4")).to_be_focused()
    says(page, SAVED)
    page.keyboard.press("n")
    expect(page.locator("h1")).to_contain_text("7.")
    ready(page)
    page.keyboard.press("p")
    expect(page.locator("h1")).to_contain_text("6.")
    expect(page.locator("#rating-4")).to_be_checked()
    page.locator("#rationale").press_sequentially("2 n p")
    expect(page.locator("#rationale")).to_have_value("2 n p")
    expect(page.locator("#rating-4")).to_be_checked()
    says(page, SAVED)
    page.get_by_text("Keyboard help").click()
    page.get_by_label("Use these keys on this device").uncheck()
    press_key(page, "2")
    expect(page.locator("#rating-4")).to_be_checked()
    page.reload()
    press_key(page, "2")
    expect(page.locator("#rating-4")).to_be_checked()
