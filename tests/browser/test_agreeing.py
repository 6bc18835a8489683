"""Reviewers at their ratings in trouble: signed out, somebody else first, locked meanwhile, no script."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.support.consensus import item
from tests.support.people_at_work import Demo, Somebody

TABLE = "/reviews/{consensus review}/consensus"


def test_agreeing_in_trouble_loses_nothing(demo: Demo, somebody: Callable[..., Somebody]) -> None:
    """Signed out meanwhile, and the other reviewer first: what was chosen stays until a person decides."""
    lead, second = somebody(demo, "lead-reviewer"), somebody(demo, "second-reviewer")
    page, other = lead.opens(TABLE), second.opens(TABLE)
    page.context.clear_cookies()
    item(page, 18).locator("input[value='3']").check()
    expect(item(page, 18)).to_contain_text("Not saved: you have been signed out.")
    expect(item(page, 18).locator("input[value='3']")).to_be_checked()
    page.context.add_cookies([demo.cookie("lead-reviewer")])
    page.locator("#comment-18").fill("Visits of June and July.")
    expect(item(page, 18)).to_contain_text("Agreed 3")
    item(other, 18).locator("input[value='1']").check()
    expect(item(other, 18)).to_contain_text("Visits of June and July.")
    second.presses("Keep mine")
    expect(item(other, 18)).to_contain_text("Agreed 1")
    expect(item(lead.opens(TABLE), 18)).to_contain_text("Changed from 3 to 1 in consensus by Owen Hughes")


def test_agreeing_by_the_keyboard_alone(demo: Demo, somebody: Callable[..., Somebody]) -> None:
    lead = somebody(demo, "lead-reviewer")
    page = lead.opens(TABLE)
    page.locator("#r-18-1").focus()
    page.keyboard.press("Space")
    expect(item(page, 18)).to_contain_text("Agreed 1")
    page.keyboard.press("ArrowRight")
    expect(item(page, 18)).to_contain_text("say why it is neither of the two")
    page.keyboard.press("Tab")
    expect(page.locator("#reason-18")).to_be_focused()
    page.keyboard.type("Half of the visits.")
    expect(item(page, 18)).to_contain_text("Agreed 2")


def test_agreeing_without_javascript(demo: Demo, somebody: Callable[..., Somebody]) -> None:
    lead = somebody(demo, "lead-reviewer", java_script_enabled=False)
    page = lead.opens(TABLE)
    expect(page.locator("#reason-18")).to_be_visible()
    page.locator("#r-18-2").check()
    item(page, 18).get_by_role("button", name="Save item 18").click()
    lead.reads("Item 18: Say why the agreed rating differs from both reviewers’")
    expect(page.locator("#r-18-2")).to_be_checked()
    page.locator("#reason-18").fill("Half of the visits.")
    item(page, 18).get_by_role("button", name="Save item 18").click()
    expect(item(page, 18)).to_contain_text("Agreed 2")
    expect(page).to_have_url(demo.at(TABLE) + "?item=18#item-18")


def test_what_was_locked_meanwhile_is_said_where_one_types(
    demo: Demo, somebody: Callable[..., Somebody]
) -> None:
    tablet, laptop = somebody(demo, "second-reviewer"), somebody(demo, "second-reviewer")
    page = tablet.opens("/reviews/{scoring review}/scoring/1")
    laptop.opens("/reviews/{scoring review}/scoring/lock").locator("#sure").check()
    laptop.presses("Lock my ratings")
    laptop.heading("Consensus on")
    page.locator("#evidence").fill("One more thing.")
    expect(page.locator("#save-status")).to_contain_text("Not saved: This review is at “Consensus”")
    expect(page.locator("#evidence")).to_have_value("One more thing.")
