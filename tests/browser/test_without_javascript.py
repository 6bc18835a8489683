"""The main journey's forms where no script runs."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from portal.demonstration.people import PASSWORD
from tests.support.people_at_work import Demo, Somebody

Be = Callable[..., Somebody]


def test_signing_in_and_out(demo: Demo, somebody: Be) -> None:
    anyone = somebody(demo, "provider-staff", java_script_enabled=False)
    anyone.page.context.clear_cookies()
    anyone.opens("/sign-in")
    anyone.types("Email address", "provider-staff@example.org")
    anyone.page.locator("#password").fill(PASSWORD)
    anyone.presses("Sign in")
    anyone.heading("Your services")
    anyone.presses("Sign out")
    anyone.heading("Sign in")


def test_rating_an_item_by_buttons(demo: Demo, somebody: Be) -> None:
    staff = somebody(demo, "provider-staff", java_script_enabled=False)
    page = staff.opens("/assessments/{empty}")
    staff.presses("Start with item 1")
    page.locator("#in-clients").fill("130")
    page.locator("#in-fte").fill("5")
    staff.presses("Work it out")
    staff.reads("Suggested rating: 3")
    staff.reads("130 clients ÷ 5 full-time employment specialists = 26 clients")
    page.locator("#rating-4").check()
    staff.presses("Save and next item")
    staff.reads("Say why you chose a rating other than the suggested one")
    expect(page.locator("#rating-4")).to_be_checked()
    page.locator("#rationale").fill("One specialist was off for a month.")
    staff.presses("Save and next item")
    staff.heading("2.")
    staff.opens("/assessments/{empty}/items/1")
    expect(page.locator("#rationale")).to_have_value("One specialist was off for a month.")


def test_a_figure_that_cannot_be_read_keeps_what_was_typed(demo: Demo, somebody: Be) -> None:
    staff = somebody(demo, "provider-staff", java_script_enabled=False)
    page = staff.opens("/assessments/{empty}/items/1")
    page.locator("#in-clients").fill("many")
    page.locator("#evidence").fill("The rota")
    staff.presses("Work it out")
    staff.reads("There is a problem")
    expect(page.locator("#in-clients-error")).to_contain_text("must be a whole number, like 12")
    expect(page.locator("#in-clients")).to_have_value("many")
    expect(page.locator("#evidence")).to_have_value("The rota")


def test_a_stale_save_shows_both_versions(demo: Demo, somebody: Be) -> None:
    one, other = (
        somebody(demo, role, java_script_enabled=False) for role in ("provider-staff", "provider-manager")
    )
    for person, text in ((one, "Log of May"), (other, "Log of June")):
        person.opens("/assessments/{half}/items/2")
        person.page.locator("#evidence").fill(text)
    one.page.get_by_role("button", name="Save", exact=True).last.click()
    other.page.get_by_role("button", name="Save", exact=True).last.click()
    other.reads("Somebody else saved this item first")
    row = other.page.get_by_role("row", name="Evidence notes")
    expect(row).to_contain_text("Log of May")
    expect(row).to_contain_text("Log of June")
    expect(other.page.locator("#evidence")).to_have_value("Log of June")


def test_the_sheet_the_file_and_the_submission(demo: Demo, somebody: Be) -> None:
    staff = somebody(demo, "provider-staff", java_script_enabled=False)
    page = staff.opens("/assessments/{half}/sheet")
    for number in range(13, 25):
        page.locator(f"#r-{number}-4").check()
    staff.presses("Save sheet")
    staff.reads("Saved: 12 items changed.")
    staff.opens("/assessments/{half}/import")
    file = {"name": "last.csv", "mimeType": "text/csv", "buffer": b"item,rating\n25,3\n"}
    page.locator("#upload").set_input_files(file)  # type: ignore[arg-type]  # a plain dict will do
    staff.presses("Read the file")
    staff.reads("Not saved yet.")
    staff.presses("Save sheet")
    staff.reads("Saved: 1 item changed.")
    manager = somebody(demo, "provider-manager", java_script_enabled=False)
    manager.opens("/assessments/{half}/check")
    manager.presses("Submit to the guide")
    manager.reads("Submitted. The guide has been told.")
    manager.presses("Take it back to draft")
    manager.reads("Taken back to draft.")


def test_guiding_answering_and_agreeing(demo: Demo, somebody: Be) -> None:
    eism = somebody(demo, "eism", java_script_enabled=False)
    page = eism.opens("/assessments/{with-guide}/guide/5")
    page.locator("#rating-1").check()
    page.locator("#reason").fill("No meeting was seen.")
    eism.presses("Propose")
    eism.reads("Proposed 1 for item 5.")
    eism.opens("/assessments/{with-guide}/guidance")
    eism.presses("Hand over for answers")
    eism.reads("Handed over.")
    manager = somebody(demo, "provider-manager", java_script_enabled=False)
    manager.opens("/assessments/{with-guide}/answers")
    manager.page.locator("#choice-5-kept").check()
    manager.page.locator("textarea[name=why-5]").fill("The minutes are of another team.")
    manager.presses("Save and send to the guide")
    manager.reads("Sent. The guide has been told.")
    eism.opens("/assessments/{with-guide}/guidance")
    eism.page.get_by_role("button", name="Take the provider’s rating").click()
    eism.page.get_by_role("button", name="Check and agree").click()
    eism.presses("Agree and hand to a moderator")
    eism.reads("Handed to a moderator")
    moderator = somebody(demo, "moderator", java_script_enabled=False)
    moderator.opens("/moderation").locator("button", has_text="Redcar").click()
    moderator.opens("/assessments/{with-guide}/moderation/approve")
    moderator.presses("Approve")
    moderator.reads("Approved. The assessment is final")


def test_a_plan_is_edited(demo: Demo, somebody: Be) -> None:
    manager = somebody(demo, "provider-manager", java_script_enabled=False)
    page = manager.opens("/plans/{draft plan}/actions/{draft plan action}")
    page.locator("#owner").fill("Team leader")
    manager.presses("Save")
    manager.reads("The action has been saved.")
    manager.reads("Team leader")


def test_a_report_is_checked_by_its_code(demo: Demo, somebody: Be) -> None:
    anyone = somebody(demo, "provider-staff", java_script_enabled=False)
    anyone.page.context.clear_cookies()
    anyone.opens("/verify")
    anyone.page.locator("#code").fill(demo.facts["code"].lower())
    anyone.presses("Check")
    anyone.heading("This report was published")
