"""The main job, end to end in the browser: a guided self-assessment from its start to an agreed plan.

Provider staff, the manager, the EISM and a visitor each have a browser of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.support.item_page import SAVED, ready
from tests.support.people_at_work import Demo, Somebody

NEW = "/services/{final service}"


def test_from_the_start_of_an_assessment_to_an_agreed_plan(
    demo_at_work: Demo, somebody: Callable[..., Somebody], context: BrowserContext, tmp_path: Path
) -> None:
    staff, manager, eism = (
        somebody(demo_at_work, role) for role in ("provider-staff", "provider-manager", "eism")
    )
    make_room(manager)
    assessment = start(staff)
    demo_at_work.facts["new"] = assessment
    rate_with_the_calculator(staff, tmp_path)
    rate_the_rest_on_the_sheet(staff)
    bring_in_a_spreadsheet(staff)
    submit(manager)
    guide(eism)
    answer(staff, manager)
    settle(eism)
    moderate(somebody(demo_at_work, "moderator"))
    code, pdf = read_the_report(manager)
    visit(Somebody(demo_at_work, "nobody", context.new_page()), code, pdf)
    agree_the_plan(manager)


def make_room(manager: Somebody) -> None:
    """A service has one open assessment on a scale: the empty draft is withdrawn."""
    manager.opens("/assessments/{empty}")
    manager.presses("Withdraw this draft")
    manager.reads("Withdrawn. Nothing is lost")


def start(staff: Somebody) -> str:
    page = staff.opens(NEW)
    staff.presses("Start an assessment")
    staff.presses("Start")
    staff.reads("Select the kind")
    expect(page.get_by_label("Guided self-assessment")).not_to_be_checked()
    page.get_by_label("Guided self-assessment").check()
    page.locator("input[name=scale][value=ips-25]").check()
    staff.presses("Start")
    staff.heading("Guided self-assessment of Hartlepool")
    staff.reads("0 of 25 rated")
    return page.url.rsplit("/", 1)[1]


def rate_with_the_calculator(staff: Somebody, folder: Path) -> None:
    page = staff.page
    staff.presses("Start with item 1")
    page.locator("#in-clients").fill("102")
    page.locator("#in-fte").fill("5")
    staff.reads("Suggested rating: 4")
    staff.reads("102 clients ÷ 5 full-time employment specialists = 20.4 clients")
    page.locator("#rating-5").check()
    expect(page.locator("#save-status")).to_contain_text("Say why you differ from the suggestion")
    page.locator("#rationale").fill("Two clients left on the day of the count.")
    page.locator("#evidence").fill("Caseload report of the last Friday.")
    rota = folder / "rota.csv"
    rota.write_text("day,specialist\nMonday,A\n")
    page.locator("#upload").set_input_files(rota)
    staff.presses("Add file")
    staff.reads("Added rota.csv")
    staff.presses("Save and next item")
    staff.heading("2.")
    ready(page)
    page.keyboard.press("4")
    expect(page.locator("#save-status")).to_contain_text(SAVED)
    page.keyboard.press("n")
    staff.heading("3.")


def rate_the_rest_on_the_sheet(staff: Somebody) -> None:
    page = staff.opens("/assessments/{new}")
    staff.reads("2 of 25 rated")
    staff.follows("Rate on one sheet")
    for number in range(3, 25):
        page.locator(f"#r-{number}-{ {5: 3, 24: 2}.get(number, 4) }").check()
    expect(page.locator("#score-line")).to_contain_text("24 of 25 rated")
    expect(page.locator("#score-line")).to_contain_text("not saved yet")
    staff.presses("Save sheet")
    staff.reads("Saved: 22 items changed.")


def bring_in_a_spreadsheet(staff: Somebody) -> None:
    page = staff.opens("/assessments/{new}/import")
    with page.expect_download() as got:
        staff.follows("Template as CSV")
    assert b"item" in got.value.path().read_bytes().splitlines()[0]
    ratings = {
        "name": "last.csv",
        "mimeType": "text/csv",
        "buffer": b"item,rating,evidence\n25,2,Two closed records\n",
    }
    page.locator("#upload").set_input_files(ratings)  # type: ignore[arg-type]  # a plain dict will do
    staff.presses("Read the file")
    staff.reads("Not saved yet.")
    expect(page.locator("#r-25-2")).to_be_checked()
    staff.presses("Save sheet")
    staff.reads("Saved: 1 item changed.")
    staff.reads("25 of 25 rated")


def submit(manager: Somebody) -> None:
    manager.opens("/assessments/{new}")
    manager.presses("Check and submit")
    manager.presses("Submit to the guide")
    manager.reads("Submitted. The guide has been told.")


def guide(eism: Somebody) -> None:
    page = eism.opens("/assessments/{new}")
    eism.presses("Guide this assessment")
    eism.follows("5. ")
    eism.reads("What the provider says")
    page.locator("#rating-2").check()
    page.locator("#reason").fill("The minutes show no shared decisions.")
    eism.presses("Propose")
    eism.reads("Proposed 2 for item 5.")
    eism.opens("/assessments/{new}/guide/24")
    page.locator("#rating-4").check()
    page.locator("#reason").fill("The share over the weeks as they were is 53%.")
    eism.presses("Propose")
    eism.reads("Proposed 4 for item 24.")
    eism.opens("/assessments/{new}/guide/9")
    page.locator("#question").fill("How does somebody who stopped coming get back in?")
    eism.presses("Ask")
    eism.reads("Your question was added.")
    eism.follows("Back to all items")
    eism.reads("2 proposals")
    eism.presses("Hand over for answers")
    eism.reads("Handed over.")


def answer(staff: Somebody, manager: Somebody) -> None:
    page = staff.opens("/assessments/{new}")
    staff.presses("Answer the guide")
    page.get_by_label(re.compile("asked:.*get back in")).fill("A message to the team leader is enough.")
    staff.presses("Save answers")
    staff.reads("Saved: 1 answer changed.")
    page = manager.opens("/assessments/{new}/answers")
    manager.reads("1 of 3 answered")
    page.locator("#choice-5-accepted").check()
    page.locator("#choice-24-kept").check()
    manager.presses("Save and send to the guide")
    manager.reads("There is a problem")
    expect(page.locator("#choice-5-accepted")).to_be_checked()
    page.locator("textarea[name=why-24]").fill("Two specialists were off for a month.")
    manager.presses("Save and send to the guide")
    manager.reads("Sent. The guide has been told.")


def settle(eism: Somebody) -> None:
    eism.opens("/assessments/{new}")
    eism.presses("Settle what still differs")
    eism.reads("Two specialists were off for a month.")
    eism.presses("Check and agree")
    # 5, then 22 fours, item 5 as accepted, item 24 as the guide says, item 25: 5 + 84 + 2 + 4 + 2.
    eism.reads("97 of 125")
    eism.reads("Not agreed: your rating stands")
    eism.presses("Agree and hand to a moderator")
    eism.reads("Handed to a moderator")


def moderate(moderator: Somebody) -> None:
    page = moderator.opens("/moderation")
    page.locator("button", has_text="Hartlepool").click()
    moderator.opens("/assessments/{new}/moderation/approve")
    moderator.presses("Approve")
    moderator.reads("Approved. The assessment is final")


def read_the_report(manager: Somebody) -> tuple[str, bytes]:
    page = manager.opens("/assessments/{new}")
    manager.presses("Read the report")
    manager.reads("97 of 125")
    expect(page.get_by_text("Not agreed:").first).to_contain_text("24.")
    for name in ("CSV", "Excel", "Data (JSON)"):
        with page.expect_download() as got:
            page.get_by_role("link", name=name, exact=True).click()
        assert got.value.path().stat().st_size > 500
    code = page.get_by_role("link", name=re.compile("^check ")).inner_text().removeprefix("check ")
    with page.expect_download(timeout=90_000) as got:  # it is drawn by a job
        manager.presses("Download the PDF")
    pdf = got.value.path().read_bytes()
    assert pdf.startswith(b"%PDF")
    return code, pdf


def visit(visitor: Somebody, code: str, pdf: bytes) -> None:
    """Somebody with the printed report and no account."""
    page = visitor.opens("/verify")
    page.locator("#code").fill(code)
    visitor.presses("Check")
    visitor.heading("This report was published")
    visitor.reads("97 of 125")
    visitor.reads("Current")
    for data, words in ((pdf, "Match"), (pdf + b" ", "No match")):
        file = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": data}
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a plain dict will do
        visitor.presses("Check the file")
        expect(page.locator("#file-result")).to_have_text(words)


def agree_the_plan(manager: Somebody) -> None:
    page = manager.opens("/assessments/{new}/report")
    manager.follows("Action plan")
    manager.reads("Before the plan can be agreed")
    actions = page.get_by_role("table").get_by_role("link")
    expect(actions).to_have_count(2)
    for number in range(2):
        actions.nth(number).click()
        page.locator("#owner").fill("Team leader")
        for part, text in zip(("Day", "Month", "Year"), ("31", "3", "2027"), strict=True):
            page.get_by_label(part, exact=True).fill(text)
        manager.presses("Save")
        manager.reads("The action has been saved.")
    manager.presses("Agree the plan")
    manager.reads("The plan is agreed.")
    expect(page.locator(".portal-facts")).to_contain_text("Agreed")
