"""The whole life of an external review in the browser, by five people.

The lead manager plans it, the service answers, two reviewers go on site, rate alone and agree, a moderator
asks and approves, the service comments on the draft, and the report is published.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from portal.core import clock
from portal.demonstration.people import LEAD_REVIEWER, MODERATOR, OBSERVER, SECOND_REVIEWER
from tests.support.consensus import item
from tests.support.item_page import SAVED
from tests.support.people_at_work import Demo, Somebody

REVIEW = "/reviews/{new review}"


def test_from_the_plan_of_a_review_to_its_published_report(
    demo: Demo, somebody: Callable[..., Somebody]
) -> None:
    planner, lead, second, moderator, manager = (
        somebody(demo, role)
        for role in ("lead-manager", "lead-reviewer", "second-reviewer", "moderator", "provider-manager")
    )
    make_room(planner)
    demo.facts["new review"] = plan(planner)
    prepare(manager)
    go_on_site(lead)
    count_together(lead)
    rate_with_the_teams_figures(second)
    leave(lead)
    rate_alone_and_lock(lead, {2: 5, 3: 2})
    nothing_is_told_before_both_have_locked(lead, second, moderator)
    rate_alone_and_lock(second, {2: 4, 3: 4})
    agree(lead, second)
    hand_in(lead)
    ask_answer_approve(moderator, lead)
    comment(manager)
    answer_the_comment_and_publish(lead)
    read_the_report(manager)


def make_room(planner: Somebody) -> None:
    """A service has one review under way on a scale: the planned one is cancelled."""
    planner.opens("/reviews/{planned review}/do/cancel")
    planner.presses("Cancel this review")
    planner.reads("Give a reason")
    planner.page.locator("#reason").fill("The visit comes sooner.")
    planner.presses("Cancel this review")
    planner.reads("Nothing is lost")


def plan(planner: Somebody) -> str:
    page = planner.opens("/services/{half service}/reviews/new")
    page.locator("input[name=scale][value=ips-25]").check()
    today = clock.today()
    for name in ("fieldwork_from", "fieldwork_to"):
        for part, value in (("", today.day), ("-month", today.month), ("-year", today.year)):
            page.locator(f"#{name}{part}").fill(str(value))
    page.locator("#lead").select_option(str(LEAD_REVIEWER.id))
    page.locator("#second").select_option(str(SECOND_REVIEWER.id))
    page.locator("#observer").select_option(str(OBSERVER.id))
    page.locator(f"input[name=moderator][value='{MODERATOR.id}']").check()
    planner.presses("Save the plan")
    planner.heading("External fidelity review of Middlesbrough")
    planner.presses("Open the review")
    planner.reads("Opened. The service and the team have been told.")
    return page.url.rsplit("/", 1)[1]


def prepare(manager: Somebody) -> None:
    page = manager.opens(f"{REVIEW}/portfolio")
    page.locator("tbody th a").first.click()
    page.locator("#uploads").set_input_files(
        {"name": "caseloads.csv", "mimeType": "text/csv", "buffer": b"team,clients\nNorth,52\n"}
    )
    page.locator("#answer-form").get_by_label("Supplied", exact=True).check()
    manager.presses("Save")
    manager.reads("caseloads.csv")


def go_on_site(lead: Somebody) -> None:
    lead.opens(REVIEW)
    lead.presses("Begin fieldwork")
    lead.reads("Fieldwork has begun.")
    page = lead.opens(f"{REVIEW}/fieldwork/notes/new?kind=interview&role=team-leader")
    page.locator("#text").fill("Each specialist sees about twenty people; two posts are vacant.")
    page.locator("#item-1").check()
    lead.presses("Save and close")
    lead.reads("Each specialist sees about twenty people")


def count_together(lead: Somebody) -> None:
    """A row of a worksheet saves itself, and the figure stands below at once."""
    page = lead.opens(f"{REVIEW}/worksheets/caseload")
    page.locator("#row-1-clients").fill("42")
    page.locator("#row-1-fte").fill("2")
    lead.reads("42 clients for 2 full-time equivalent")
    expect(page.locator("#row-1 [role=status]")).to_contain_text("Saved")


def rate_with_the_teams_figures(second: Somebody) -> None:
    """The team's notes and figures stand beside a reviewer's own rating."""
    page = second.opens(f"{REVIEW}/scoring")
    second.reads("Not locked yet")
    second.presses("Start with item 1")
    second.reads("Each specialist sees about twenty people")
    second.reads("From the team’s worksheets")
    second.page.locator("button[value=fill-team]").click()
    second.reads("Suggested rating: 4")
    expect(page.locator("#in-clients")).to_have_value("42")
    page.locator("#rating-4").check()
    expect(page.locator("#save-status")).to_contain_text(SAVED)
    page.keyboard.press("n")
    second.heading("2.")


def leave(lead: Somebody) -> None:
    lead.opens(f"{REVIEW}/do/leave-site")
    lead.page.locator("#reason").fill("The jobcentre is telephoned on Monday.")
    lead.presses("Leave the site")
    lead.reads("Fieldwork is closed.")


def rate_alone_and_lock(reviewer: Somebody, apart: dict[int, int]) -> None:
    page = reviewer.opens(f"{REVIEW}/scoring/sheet")
    for number in range(1, 26):
        page.locator(f"#r-{number}-{apart.get(number, 4)}").check()
    expect(page.locator("#score-line")).to_contain_text("25 of 25 rated")
    reviewer.presses("Save sheet")
    reviewer.reads("Saved:")
    reviewer.opens(f"{REVIEW}/scoring")
    reviewer.presses("Check and lock")
    reviewer.reads("What locking means")
    reviewer.presses("Lock my ratings")
    reviewer.reads("Confirm that you want to lock your ratings for ever")
    page.locator("#sure").check()
    reviewer.presses("Lock my ratings")
    reviewer.reads("Locked.")


def nothing_is_told_before_both_have_locked(*people: Somebody) -> None:
    for person in people:
        answer = person.page.goto(person.demo.at(f"{REVIEW}/consensus"))
        assert answer is not None
        assert answer.status == 404


def agree(lead: Somebody, second: Somebody) -> None:
    page = second.opens(f"{REVIEW}/consensus")
    second.reads("0 agreed · 25 to discuss")
    second.reads("2 points apart")
    second.presses("Agree all identical (23)")
    second.reads("23 agreed · 2 to discuss")
    item(page, 2).locator("input[value='4']").check()
    expect(item(page, 2)).to_contain_text("Agreed 4")
    second.reads("24 agreed · 1 to discuss")
    both_at_once(lead, second)


def both_at_once(lead: Somebody, second: Somebody) -> None:
    """A reason where it is neither of the two; and what both see when they save the same item."""
    first, other = lead.opens(f"{REVIEW}/consensus"), second.opens(f"{REVIEW}/consensus")
    expect(item(first, 3).locator("#reason-3")).to_be_hidden()
    item(first, 3).locator("input[value='3']").check()
    expect(item(first, 3)).to_contain_text("say why it is neither of the two")
    first.locator("#reason-3").fill("Half of the specialists do all phases.")
    expect(item(first, 3)).to_contain_text("Agreed 3")
    item(other, 3).locator("input[value='2']").check()
    expect(item(other, 3)).to_contain_text("Your colleague agreed 3.")
    expect(item(other, 3)).to_contain_text("Half of the specialists do all phases.")
    second.presses("Take theirs")
    expect(item(other, 3)).to_contain_text("Agreed 3")
    expect(other.locator("#reason-3")).to_have_value("Half of the specialists do all phases.")
    second.reads("25 agreed · 0 to discuss")


def hand_in(lead: Somebody) -> None:
    lead.opens(f"{REVIEW}/consensus")
    lead.presses("Check and hand in")
    lead.reads("25 of 25 agreed")
    lead.reads("Half of the specialists do all phases.")
    lead.presses("Hand in to the moderators")
    lead.reads("Handed in. The moderators have been told.")


def ask_answer_approve(moderator: Somebody, lead: Somebody) -> None:
    page = moderator.opens("/moderation")
    moderator.reads("Middlesbrough")
    page = moderator.opens(f"{REVIEW}/moderation")
    page.locator("#item-3 summary", has_text="Ask about item 3").click()
    page.locator("#query-3").fill("Which phases are missing?")
    page.locator("#item-3").get_by_role("button", name="Send query", exact=True).click()
    moderator.reads("Which phases are missing?")
    page = lead.opens(f"{REVIEW}/moderation")
    page.locator("#answer-3").fill("Job retention is with another team.")
    lead.presses("Send answer")
    lead.reads("Job retention is with another team.")
    moderator.opens(f"{REVIEW}/moderation")
    moderator.presses("Settle the query")
    moderator.opens(f"{REVIEW}/moderation")
    moderator.presses("Check and approve")
    moderator.presses("Approve")
    moderator.opens(REVIEW)
    moderator.reads("With the service to check")


def comment(manager: Somebody) -> None:
    page = manager.opens(f"{REVIEW}/accuracy")
    page.get_by_role("link", name="Comment on item 3", exact=True).click()
    page.locator("#text").fill("Job retention moved to this team in June.")
    manager.presses("Save")
    manager.opens(f"{REVIEW}/accuracy")
    manager.presses("Check and send")
    manager.presses("Send to the reviewers")
    manager.reads("Sent. The reviewers have been told.")


def answer_the_comment_and_publish(lead: Somebody) -> None:
    page = lead.opens(f"{REVIEW}/accuracy/3")
    page.locator("input[name=decision][value=decline]").check()
    page.locator("#reason").fill("The records are from before June.")
    lead.presses("Save the decision")
    lead.opens(REVIEW)
    lead.presses("Check and publish")
    lead.presses("Publish the report")
    lead.opens(REVIEW)
    lead.reads("The report is published.")


def read_the_report(manager: Somebody) -> None:
    manager.opens(REVIEW)
    manager.presses("Read the report")
    # 23 fours, 4 on item 2 and 3 on item 3.
    manager.reads("99 of 125")
