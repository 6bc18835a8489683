"""The item page with its script: live suggestion, saving as one goes, and no word lost whatever happens."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from portal.demonstration.people import PASSWORD
from portal.scales.registry import registry
from portal.scales.rules.calculator import suggest
from tests.support.people_at_work import Demo, Somebody

Be = Callable[..., Somebody]
SAVED = re.compile(r"Saved at \d\d:\d\d")
EMPTY = "/assessments/{empty}/items/{{}}"
WORDS = "Forty records read; the log of the north team is incomplete.\nSecond visit on Tuesday."


def item(number: int, name: str = "empty") -> str:
    return f"/assessments/{{{name}}}/items/{number}"


def status(page: Page) -> object:
    return expect(page.locator("#save-status"))


def says(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("#save-status")).to_contain_text(words)


def press_key(page: Page, key: str) -> None:
    """Press a key while no field has the focus."""
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
    suggestion = suggest(rule, numbers | all_ticks)
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
    held: list[Route] = []
    page.route("**/items/7", lambda route: held.append(route))
    page.locator("#rating-4").check()
    expect(page.locator("#save-status")).to_have_text("Saving")
    page.wait_for_timeout(200)
    expect(page.locator("#save-status")).to_have_text("Saving")
    page.unroute("**/items/7")
    held[0].continue_()
    says(page, SAVED)
    page.reload()
    expect(page.locator("#rating-4")).to_be_checked()


def test_text_is_saved_when_one_pauses(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens(item(7))
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


def test_after_a_lapsed_sign_in_the_page_saves_by_itself(demo: Demo, somebody: Be) -> None:
    staff = somebody(demo, "provider-staff")
    page = staff.opens(item(9))
    page.context.clear_cookies()
    page.clock.install()
    page.locator("#evidence").fill(WORDS)
    says(page, "Not saved: you have been signed out")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    other = opened.value
    other.get_by_label("Email address").fill("provider-staff@example.org")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.locator("h1")).to_contain_text("Your services")
    expect(page.locator("#evidence")).to_have_value(WORDS)
    page.clock.fast_forward(20_000)  # what a person takes to come back
    says(page, SAVED)
    page.reload()
    expect(page.locator("#evidence")).to_have_value(WORDS)


def test_a_button_pressed_after_the_sign_in_lapsed_loses_nothing(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens(item(9))
    page.context.clear_cookies()
    page.locator("#evidence").fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("main")).to_contain_text("What you typed is kept")
    page.get_by_label("Email address").fill("provider-staff@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("main")).to_contain_text("Second visit on Tuesday")
    page.get_by_role("button", name="Send what you typed").click()
    expect(page.locator("#evidence")).to_have_value(WORDS)
    says(page, "Saved at")


def test_without_a_connection_the_words_stay_and_are_saved_when_it_is_back(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens(item(10))
    page.route("**/items/10", lambda route: route.abort())
    page.locator("#evidence").fill("Before the tunnel")
    says(page, "Not saved: no connection")
    page.unroute_all()
    page.context.set_offline(True)
    page.locator("#evidence").fill("In the tunnel")
    says(page, "Not saved: no connection")
    page.context.set_offline(False)
    says(page, SAVED)
    page.reload()
    expect(page.locator("#evidence")).to_have_value("In the tunnel")


def test_a_button_pressed_while_a_save_is_under_way_is_no_conflict_with_oneself(
    demo: Demo, somebody: Be
) -> None:
    page = somebody(demo, "provider-staff").opens(item(7))
    held: list[Route] = []
    page.route("**/items/7", lambda route: held.append(route))
    page.locator("#rating-4").check()
    page.locator("#evidence").fill("Minutes of March")
    page.get_by_role("button", name="Save and next item").click()
    page.wait_for_timeout(200)
    assert len(held) == 1, "only the save under way was sent"
    page.unroute("**/items/7")
    held[0].continue_()
    expect(page.locator("h1")).to_contain_text("8.")
    page.goto(demo.at(item(7)))
    expect(page.locator("#evidence")).to_have_value("Minutes of March")


def test_a_button_pressed_without_a_connection_keeps_the_page(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens(item(10))
    page.context.set_offline(True)
    page.locator("#evidence").fill("In the tunnel")
    page.get_by_role("button", name="Save and next item").click()
    says(page, "Not saved: no connection")
    page.context.set_offline(False)
    says(page, SAVED)
    page.get_by_role("button", name="Save and next item").click()
    expect(page.locator("h1")).to_contain_text("11.")


def test_leaving_with_unsaved_words_asks_first(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens(item(10))
    page.route(
        "**/items/10", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.locator("#evidence").fill("Not yet anywhere")
    says(page, "Not saved")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="All items").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.locator("#evidence")).to_have_value("Not yet anywhere")


def test_two_people_on_one_item_see_both_versions_and_lose_none(demo: Demo, somebody: Be) -> None:
    manager, staff = somebody(demo, "provider-manager"), somebody(demo, "provider-staff")
    theirs, mine = manager.opens(item(8)), staff.opens(item(8))
    theirs.locator("#rating-4").check()
    says(theirs, SAVED)
    theirs.locator("#evidence").fill("Supervision records of May")
    theirs.locator("#rationale").click()
    expect(theirs.locator("#item-form [name=version]")).to_have_value("2")
    mine.locator("#evidence").fill("Supervision records of June")
    says(mine, "Not saved: somebody else saved this item first")
    mine.locator("#evidence").fill("Supervision records of June and July")
    mine.get_by_role("link", name="Show both versions").click()
    both = mine.get_by_role("table")
    expect(both.get_by_role("row", name="Evidence notes")).to_contain_text("Supervision records of May")
    expect(both.get_by_role("row", name="Evidence notes")).to_contain_text("of June and July")
    expect(both.get_by_role("row", name="Evidence notes")).to_contain_text("Differs")
    expect(both.get_by_role("row", name="Rating")).to_contain_text("4")
    expect(mine.locator("#evidence")).to_have_value("Supervision records of June and July")
    mine.locator("#rating-4").check()
    mine.locator("#evidence").fill("Supervision records of May, June and July")
    staff.page.get_by_role("button", name="Save", exact=True).last.click()
    says(mine, "Saved at")
    theirs.reload()
    expect(theirs.locator("#evidence")).to_have_value("Supervision records of May, June and July")
    expect(theirs.locator("#rating-4")).to_be_checked()


def test_a_file_is_added_removed_and_put_back_and_typed_words_travel_along(
    demo: Demo, somebody: Be, tmp_path: Path
) -> None:
    page = somebody(demo, "provider-staff").opens(item(11))
    file = tmp_path / "steering group.csv"
    file.write_text("date,topic\n3 March,fidelity\n")
    page.locator("#upload").set_input_files(file)
    page.locator("#rationale").fill("The steering group met twice.")
    page.get_by_role("button", name="Add file").click()
    expect(page.locator("main")).to_contain_text("Added steering group.csv")
    expect(page.locator("#rationale")).to_have_value("The steering group met twice.")
    with page.expect_download() as got:
        page.get_by_role("link", name="steering group.csv").click()
    assert got.value.path().read_bytes() == file.read_bytes()
    page.get_by_role("button", name="Remove steering group.csv").click()
    expect(page.locator("main")).to_contain_text("You can put it back")
    page.get_by_text("Removed files (1)").click()
    page.get_by_role("button", name="Put back steering group.csv").click()
    expect(page.get_by_role("link", name="steering group.csv")).to_be_visible()
