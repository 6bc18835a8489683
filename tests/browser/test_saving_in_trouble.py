"""Saving on the item page when something comes between: a lapsed sign-in, no network, other people, haste."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Dialog, expect

from portal.demonstration.people import PASSWORD
from tests.support.item_page import SAVED, come_to, hold_first_save, item, says
from tests.support.people_at_work import Demo, Somebody

Be = Callable[..., Somebody]
WORDS = "Forty records read; the log of the north team is incomplete.\nSecond visit on Tuesday."


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
    held = hold_first_save(page, 7)
    page.locator("#rating-4").check()
    page.locator("#evidence").fill("Minutes of March")
    page.get_by_role("button", name="Save and next item").click()
    come_to(page, held)
    page.wait_for_timeout(200)
    assert len(held) == 1, "only the save under way was sent"
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
    come_to(page, asked)
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
    expect(mine.locator("#save-status")).to_have_text("Not saved")
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
