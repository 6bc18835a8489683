"""Consensus in the browser's eyes: both sheets side by side, agreeing, conflicts, and handing in."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from bs4 import Tag
from flask import Flask

from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.consensus import AgreedDraft, agree
from portal.reviews.external.service.scoring import lock, save_own_sheet
from tests.support.assessing import actor, email, item_key
from tests.support.page_client import PageClient
from tests.support.pages import Page
from tests.support.reviewing import agreed, fresh, handed_in, in_consensus, in_scoring, move, sheet
from tests.support.statements import recorded

ONE, TWO, SIX = item_key(1), item_key(2), item_key(6)
APART = {TWO: 2, SIX: 3}  # where the second reviewer does not give four


def address(assessment_id: UUID, rest: str = "") -> str:
    return f"/reviews/{assessment_id}/consensus{rest}"


def form_of(assessment_id: UUID, number: int) -> str:
    return address(assessment_id, f"/{number}")


def standing(assessment_id: UUID) -> dict[str, int]:
    fresh(assessment_id)
    return {key: row.rating for key, row in agreed_ratings(assessment_id).items()}


def section(page: Page, number: int) -> Tag:
    found = page.soup.find(id=f"item-{number}")
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize(
    "name", ["lead-reviewer", "second-reviewer", "observer", "lead", "moderator", "manager", "administrator"]
)
def test_nobody_sees_it_before_both_have_locked(app: Flask, client: PageClient, name: str) -> None:
    assessment_id = in_scoring()
    client.sign_in(email(name))
    client.get(address(assessment_id), expect=404)
    client.get(address(assessment_id, "/hand-in"), expect=404)


@pytest.mark.parametrize(
    "name, status",
    [
        ("lead-reviewer", 200),
        ("second-reviewer", 200),
        ("observer", 200),
        ("lead", 200),
        ("moderator", 404),
        ("manager", 404),
        ("staff", 404),
        ("eism", 404),
        ("buyer", 404),
        ("administrator", 404),
    ],
)
def test_the_team_and_the_lead_manager_see_it_then(
    app: Flask, client: PageClient, name: str, status: int
) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email(name))
    client.get(address(assessment_id), expect=status)
    client.get(address(assessment_id, "/hand-in"), expect=status)


def test_disagreements_come_first_and_the_widest_before_the_others(app: Flask, client: PageClient) -> None:
    assessment_id = in_consensus(APART | {ONE: 3})
    client.sign_in(email("lead-reviewer"))
    page = client.get(address(assessment_id))
    items = [tag["id"] for tag in page.soup.select(".portal-consensus-item")]
    assert items[:4] == ["item-2", "item-1", "item-6", "item-3"]
    assert "2 points apart" in section(page, 2).get_text()
    assert "1 point apart" in section(page, 6).get_text()
    assert "Rated differently (3)" in page.text
    assert "Rated alike (22)" in page.text
    assert "0 agreed · 25 to discuss" in page.text


def test_both_ratings_stand_there_with_names_and_what_each_cited(app: Flask, client: PageClient) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email("second-reviewer"))
    words = " ".join(section(client.get(address(assessment_id)), 2).get_text(" ").split())
    assert "Lead reviewer Person (lead) rated 4" in words
    assert "Second reviewer Person (second) rated 2" in words
    assert words.count("Evidence: Seen") == 2


def test_identical_ratings_are_taken_over_at_once_and_stay_open_to_change(
    app: Flask, client: PageClient
) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email("lead-reviewer"))
    client.get(address(assessment_id))
    page = client.submit(address(assessment_id, "/identical"))
    assert "23 agreed · 2 to discuss" in page.text
    assert "Agree all identical" not in page.text
    page = client.submit(form_of(assessment_id, 1), rating="5", reason="The rota shows it.")
    assert standing(assessment_id)[ONE] == 5
    assert section(page, 1).has_attr("open")
    assert "Changed from 4 to 5 in consensus by Lead reviewer Person" in section(page, 1).get_text()


def test_either_reviewers_rating_needs_no_reason(app: Flask, client: PageClient) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email("second-reviewer"))
    client.get(address(assessment_id))
    page = client.submit(form_of(assessment_id, 2), rating="2", comment="Two teams only.")
    assert "Agreed 2" in section(page, 2).get_text()
    assert "1 agreed · 24 to discuss" in page.text


def test_a_rating_that_is_neither_of_the_two_needs_a_reason_and_keeps_what_was_typed(
    app: Flask, client: PageClient
) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email("lead-reviewer"))
    client.get(address(assessment_id))
    page = client.submit(form_of(assessment_id, 2), rating="3", comment="Kept words", expect=400)
    assert "Item 2: Say why the agreed rating differs from both reviewers’" in page.text
    assert "Kept words" in section(page, 2).get_text()
    chosen = section(page, 2).select_one("input[type=radio][checked]")
    assert chosen is not None
    assert chosen["value"] == "3"
    page = client.submit(form_of(assessment_id, 2), reason="Half of the teams meet it.")
    assert standing(assessment_id) == {TWO: 3}


def test_no_rating_at_all_is_refused(app: Flask, client: PageClient) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email("lead-reviewer"))
    client.get(address(assessment_id))
    page = client.submit(form_of(assessment_id, 2), comment="Words", expect=400)
    assert "Item 2: Choose a rating from 1 to 5" in page.text


def test_two_at_once_both_stay_visible(app: Flask, client: PageClient) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email("second-reviewer"))
    client.get(address(assessment_id))
    agree(actor("lead-reviewer"), assessment_id, TWO, AgreedDraft(4, "", "From the lead"), 0)
    page = client.submit(form_of(assessment_id, 2), rating="2", comment="From the second", expect=409)
    words = section(page, 2).get_text()
    assert "Your colleague agreed 4 first." in words
    assert "From the lead" in words
    assert "From the second" in words
    client.submit(form_of(assessment_id, 2))
    assert standing(assessment_id) == {TWO: 2}


def test_the_script_gets_receipts_problems_and_conflicts_as_data(app: Flask, client: PageClient) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email("lead-reviewer"))
    page = client.get(address(assessment_id))
    token = page.soup.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]  # it is there

    def send(**form: str) -> tuple[int, dict[str, object]]:
        answer = client.browser.post(
            form_of(assessment_id, 2),
            data={"csrf_token": token, "version": "0", **form},
            headers={"Accept": "application/json"},
        )
        return answer.status_code, json.loads(answer.text)

    status, body = send(rating="3")
    assert (status, body["problems"]) == (
        400,
        {"reason": "Say why the agreed rating differs from both reviewers’"},
    )
    status, body = send(rating="4")
    assert (status, body["version"], body["rating"]) == (200, 1, 4)
    status, body = send(rating="2")
    assert status == 409
    assert body["current"]["rating"] == 4  # type: ignore[index]  # a mapping


@pytest.mark.parametrize("name", ["observer", "lead"])
def test_those_who_only_read_have_no_form(app: Flask, client: PageClient, name: str) -> None:
    assessment_id = agreed(APART)
    client.sign_in(email(name))
    page = client.get(address(assessment_id))
    assert page.soup.select("#consensus form") == []
    assert "Agreed: 4" in " ".join(section(page, 2).get_text(" ").split())
    assert "See what goes to the moderators" in page.text
    page = client.get(address(assessment_id, "/hand-in"))
    assert "The lead reviewer hands in." in page.text


def test_handing_in_says_what_is_missing_then_what_goes_to_whom(app: Flask, client: PageClient) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email("lead-reviewer"))
    page = client.get(address(assessment_id, "/hand-in"))
    assert "Not ready yet" in page.text
    assert not page.soup.find("button", string="Hand in to the moderators")
    client.get(address(assessment_id))
    client.submit(address(assessment_id, "/identical"))
    client.submit(form_of(assessment_id, 2), rating="3", reason="Half of the teams.")
    client.submit(form_of(assessment_id, 6), rating="4")
    page = client.click("Check and hand in")
    assert "25 of 25 agreed" in page.text
    assert "total 99 of 125" in " ".join(page.text.split())
    assert "The moderator is Moderator Person." in " ".join(page.text.split())
    assert "Half of the teams." in page.text
    client.submit(f"/reviews/{assessment_id}/do/submit")
    assert fresh(assessment_id).stage is Stage.MODERATION


def test_after_a_return_the_moderators_words_come_first(app: Flask, client: PageClient) -> None:
    assessment_id = handed_in(APART)
    move(assessment_id, Action.RETURN, "moderator", "Look at item 2 again.")
    client.sign_in(email("lead-reviewer"))
    page = client.get(address(assessment_id))
    assert "Look at item 2 again." in page.text
    page = client.submit(form_of(assessment_id, 2), rating="2", reason="The log was wrong.")
    assert "Changed from 4 to 2" in section(page, 2).get_text()


def test_once_handed_in_it_is_read_only(app: Flask, client: PageClient) -> None:
    assessment_id = handed_in(APART)
    client.sign_in(email("lead-reviewer"))
    page = client.get(address(assessment_id))
    assert page.soup.select("#consensus form") == []
    page = client.get(address(assessment_id, "/hand-in"))
    assert page.response.request.path == address(assessment_id)


def test_the_observers_sheet_is_nowhere_in_it(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    save_own_sheet(actor("observer"), assessment_id, sheet(1, words="Xylophone"), {})
    for name in ("observer", "lead-reviewer", "second-reviewer"):
        if name != "observer":
            save_own_sheet(actor(name), assessment_id, sheet(), {})
        lock(actor(name), assessment_id)
    client.sign_in(email("lead-reviewer"))
    assert "Xylophone" not in client.get(address(assessment_id)).text


def test_the_page_takes_as_many_statements_however_much_is_agreed(app: Flask, client: PageClient) -> None:
    assessment_id = in_consensus(APART)
    client.sign_in(email("lead-reviewer"))
    taken = []
    for _ in range(2):
        client.get(address(assessment_id))
        with recorded(app) as statements:
            client.get(address(assessment_id))
        taken.append(len(statements))
        if len(taken) == 1:
            client.submit(address(assessment_id, "/identical"))
    assert taken[0] == taken[1]
    assert taken[0] <= 14, taken
