"""Every page in every state: accessible, reflowing, with a clean console, and saying what it should."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.core import error_pages
from tests.support import (
    states_of_accounts,
    states_of_agreement,
    states_of_assessments,
    states_of_comms,
    states_of_contract_terms,
    states_of_cycle,
    states_of_events,
    states_of_figures,
    states_of_history,
    states_of_hub,
    states_of_learning,
    states_of_library,
    states_of_moderation,
    states_of_on_site,
    states_of_payments,
    states_of_portfolio,
    states_of_posts,
    states_of_publication,
    states_of_reviews,
    states_of_services,
    states_of_staff,
    states_of_surveys,
    states_of_timelines,
    states_of_visits,
)
from tests.support.page_states import PageState
from tests.support.people_at_work import Demo

STATES = (
    *states_of_accounts.STATES,
    *states_of_agreement.STATES,
    *states_of_comms.STATES,
    *states_of_contract_terms.STATES,
    *states_of_cycle.STATES,
    *states_of_events.STATES,
    *states_of_figures.STATES,
    *states_of_history.STATES,
    *states_of_hub.STATES,
    *states_of_learning.STATES,
    *states_of_library.STATES,
    *states_of_moderation.STATES,
    *states_of_reviews.STATES,
    *states_of_services.STATES,
    *states_of_staff.STATES,
    *states_of_surveys.STATES,
    *states_of_assessments.STATES,
    *states_of_timelines.STATES,
    *states_of_visits.STATES,
    *states_of_on_site.STATES,
    *states_of_payments.STATES,
    *states_of_portfolio.STATES,
    *states_of_posts.STATES,
    *states_of_publication.STATES,
)

# GET routes without a state above: why.
NO_PAGE = {
    "surveys.codes_file": "a CSV file",
    "surveys.people_file": "a CSV file",
    "surveys.results_file": "a CSV file",
    "static": "files",
    "accounts.token": "JSON for the page's own script",
    "agreement.download": "a CSV file",
    "agreement.exercise_file": "a CSV file",
    "comms.calendar_file": "a CSV file",
    "comms.newsletter_mail": "an HTML file for mail programs",
    "contracts.contract_file": "CSV, XLSX or JSON",
    "contracts.definition_file": "a TOML file",
    "contracts.payments_file": "CSV or a spreadsheet",
    "contracts.quarter_file": "CSV, XLSX or JSON",
    "contracts.report_file": "a spreadsheet or JSON",
    "contracts.report_pdf": "a PDF file",
    "contracts.take_back_payment": "reached from its quarter: payments-take-back",
    "contracts.task": "reached from its plan: remedial-task",
    "directory.download": "a CSV file",
    "assessments.file": "a person's file",
    "assessments.template": "a spreadsheet",
    "eisms.posts_file": "a CSV file",
    "eisms.quarter_file": "a CSV file",
    "events.calendar_file": "a calendar file",
    "events.event_file": "a calendar file",
    "events.give_back_for": "reached from the people of an event: event-cancel-booking",
    "events.material_file": "a person's file",
    "events.mine_file": "a calendar file",
    "events.people_file": "a CSV file",
    "events.plan_file": "a CSV file",
    "learning.change_clinical": "reached from a service's list: host-course-count",
    "learning.clinical_file": "a CSV file",
    "learning.gate_file": "a CSV file",
    "learning.gate_national_file": "a CSV file",
    "learning.gate_of_service_file": "a CSV file",
    "learning.host_teams_file": "a CSV file",
    "learning.evidence": "a person's file",
    "learning.paper": "a PDF file",
    "learning.people_file": "a CSV file",
    "learning.uptake_file": "a CSV file",
    "library.index_file": "a CSV file",
    "library.material_file": "an RTF file",
    "offline.fresh_pack": "JSON for the on-site client",
    "offline.manifest": "JSON for the browser",
    "offline.me": "JSON for the on-site client",
    "offline.photo_file": "a person's file",
    "offline.photo_state": "JSON for the on-site client",
    "offline.shell": "the on-site client's own tests look at it in each of its states",
    "offline.worker": "a script",
    "plans.as_csv": "a CSV file",
    "plans.as_xlsx": "a spreadsheet",
    "reports.data": "CSV, XLSX or JSON",
    "reports.pdf_state": "JSON for the waiting page's script",
    "reviews.accuracy_file": "a file of the service",
    "reviews.history_course": "reached by confirming a file: history-waiting",
    "reviews.history_state": "JSON for the waiting page's script",
    "reviews.history_template": "a spreadsheet",
    "reviews.calendar_feed": "a calendar file",
    "reviews.calendar_file": "a calendar file",
    "reviews.meetings_csv": "a CSV file",
    "reviews.draft_pdf_state": "JSON for the waiting page's script",
    "reviews.portfolio_file": "a person's file",
    "reviews.portfolio_zip": "an archive",
    "reviews.purges_csv": "a CSV file",
    "hub.feed": "a feed",
    "hub.material_document": "an RTF file",
    "hub.material_file": "a text file",
    "hub.vacancies_file": "a CSV file",
    "hub.vacancy_kit_file": "a text file",
    "moderation.download": "a CSV file",
    "reviews.download": "a CSV file",
    "reviews.worksheet_csv": "a CSV file",
    "reviews.worksheet_xlsx": "a spreadsheet",
    "reviews.note": "the page of a new note, with what was saved",
    "staff.national_file": "a CSV file",
    "staff.people_file": "a CSV file",
    "workforce.reviewers_file": "a CSV file",
}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_page_in_this_state(
    page: Page, shared_demo: Demo, state: PageState, checked: Callable[[Page, str], None]
) -> None:
    if state.who is not None:
        page.context.add_cookies([shared_demo.cookie(state.who)])
    page.goto(shared_demo.at(state.path))
    for doing in state.doings:
        doing(page)
    expect(page.locator("h1")).to_contain_text(state.heading)
    expect(page.locator("main")).to_contain_text(state.shows)
    checked(page, state.name)


def test_every_page_has_a_state_here(shared_demo: Demo) -> None:
    app = shared_demo.site.app
    shown = {_endpoint(app, shared_demo.at(state.path)) for state in STATES}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert not (missing := pages - shown - NO_PAGE.keys()), f"no state is listed for {sorted(missing)}"
    assert not (gone := NO_PAGE.keys() - pages), f"no such routes any more: {sorted(gone)}"
    assert not (both := NO_PAGE.keys() & shown), f"these have a state after all: {sorted(both)}"
    assert NO_PAGE.keys() & shown == set(), "listed as pages and as none"


def test_no_state_is_listed_twice() -> None:
    names = [state.name for state in STATES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("code", [*sorted(error_pages.PAGES), 418])
def test_an_error_page(
    page: Page, shared_demo: Demo, code: int, checked: Callable[[Page, str], None]
) -> None:
    with shared_demo.site.app.test_request_context():
        body, status = error_pages.error_page(code, "This is what happened.")
    assert status == code
    address = f"{shared_demo.site.url}/an-error"
    page.route(address, lambda route: route.fulfill(body=str(body), content_type="text/html"))
    page.goto(address)
    expect(page.locator("h1")).to_have_count(1)
    checked(page, f"error-{code}")


@pytest.mark.parametrize(
    "who, path, heading",
    [
        ("provider-staff", "/people", "You cannot do this"),
        ("provider-staff", "/nothing-here", "Page not found"),
        ("provider-staff", "/assessments/00000000-0000-0000-0000-000000000000", "Page not found"),
        ("buyer", "/assessments/{half}", "not"),
        ("provider-staff", "/sign-out", "works in another way"),
    ],
)
def test_what_is_refused_says_so_on_a_page(
    page: Page, shared_demo: Demo, who: str, path: str, heading: str
) -> None:
    page.context.add_cookies([shared_demo.cookie(who)])
    answer = page.goto(shared_demo.at(path))
    assert answer is not None
    assert answer.status in (403, 404, 405)
    expect(page.locator("h1")).to_contain_text(heading)


def _endpoint(app: Flask, address: str) -> str:
    path = "/" + address.split("/", 3)[3]
    found: str = app.url_map.bind("").match(path.partition("?")[0], method="GET")[0]
    return found
