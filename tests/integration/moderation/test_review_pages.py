"""The pages of a review's moderation: what they show, keep and refuse."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from portal.reviews.external.rules.workflow import Stage
from portal.reviews.external.service import moderating
from tests.support.assessing import actor, email
from tests.support.moderating import NINE, THREE, amend, case_of, panel, rating_of
from tests.support.page_client import PageClient
from tests.support.reviewing import agreed, fresh, handed_in
from tests.support.statements import recorded


def address(assessment_id: UUID, rest: str = "") -> str:
    return f"/reviews/{assessment_id}/moderation{rest}"


def test_flagged_items_come_first_with_both_ratings_and_their_figure(app: Flask, client: PageClient) -> None:
    assessment_id = handed_in({NINE: 2})
    client.sign_in(email("moderator"))
    page = client.get(address(assessment_id))
    assert "2 points apart" in page.text
    assert "The minutes show it." in page.text
    assert page.response.text.index('id="item-9"') < page.response.text.index('id="item-1"')
    figures = [dd.get_text(strip=True) for dd in page.soup.select("#item-9 .portal-sides dd")]
    assert figures == ["4", "2", "4", "–", "–"]
    assert "on the edge of Good" in page.text
    assert "0 of 1 approved" in page.text


def test_a_query_an_answer_and_its_settling_on_the_page(app: Flask, client: PageClient) -> None:
    assessment_id = handed_in()
    client.sign_in(email("moderator"))
    client.get(address(assessment_id))
    ask = address(assessment_id, "/items/9/query")
    page = client.submit(ask, query="  ", expect=400)
    assert page.errors == ["Item 9: Enter your query"]
    page = client.submit(ask, query="Which <b>records</b>?")
    assert "Which <b>records</b>?" in page.text
    assert "A query is still open on item 9." in page.text
    client.sign_in(email("second-reviewer"))
    client.get(address(assessment_id))
    page = client.submit(address(assessment_id, "/items/9/answer"), answer="Ten of June.", source=["INT"])
    assert "Names evidence from interviews" in page.text
    client.sign_in(email("moderator"))
    client.get(address(assessment_id))
    page = client.submit(address(assessment_id, "/items/9/resolve"), resolve="Clear.")
    assert "Check and approve" in page.text
    client.click("Check and approve")
    page = client.submit(button="Approve")
    assert fresh(assessment_id).stage is Stage.ACCURACY


def test_an_amendment_over_a_newer_one_keeps_what_was_typed_and_shows_theirs(
    app: Flask, client: PageClient
) -> None:
    assessment_id = panel()
    client.sign_in(email("moderator"))
    client.get(address(assessment_id))
    amend(assessment_id, THREE, 2, by="other-moderator")
    form = address(assessment_id, "/items/3/amend")
    page = client.submit(form, rating="5", comment="Mine", reason="Because", expect=409)
    assert "Another moderator changed this item first." in page.text
    assert "It stands at 2" in page.text
    assert ("Mine" in page.text, "Because" in page.text) == (True, True)
    page = client.submit(form, rating="5", comment="Mine", reason="Because")
    assert rating_of(assessment_id, THREE).rating == 5
    assert "2 became 5 in moderation" in page.text
    assert "4 became 2 in moderation" in page.text


def test_an_amendment_without_a_reason_says_so_at_its_item(app: Flask, client: PageClient) -> None:
    assessment_id = handed_in()
    client.sign_in(email("moderator"))
    client.get(address(assessment_id))
    page = client.submit(address(assessment_id, "/items/3/amend"), rating="2", comment="Kept", expect=400)
    assert page.errors == ["Item 3: Say why you change it: both ratings stay visible to the team"]
    assert "Kept" in page.text


def test_a_return_keeps_what_was_typed_and_needs_a_reason(app: Flask, client: PageClient) -> None:
    assessment_id = handed_in()
    client.sign_in(email("moderator"))
    client.get(address(assessment_id))
    client.click("Return it to the reviewers")
    page = client.submit(reason=" ", expect=400)
    assert page.errors == ["Say what the reviewers should do"]
    client.submit(reason="Item 9 again, please.")
    assert fresh(assessment_id).stage is Stage.CONSENSUS
    client.sign_in(email("lead-reviewer"))
    assert "Item 9 again, please." in client.get(f"/reviews/{assessment_id}").text


def test_the_approval_page_says_what_is_approved_and_how_many_have(app: Flask, client: PageClient) -> None:
    assessment_id = panel()
    amend(assessment_id, THREE, 3)
    client.sign_in(email("moderator"))
    page = client.get(address(assessment_id, "/approve"))
    assert "99 of 125" in page.text
    assert "4 to 3 in moderation" in page.text
    page = client.submit(button="Approve")
    assert "1 of 2 approved" in page.text
    client.sign_in(email("other-moderator"))
    client.get(address(assessment_id, "/approve"))
    amend(assessment_id, NINE, 3)
    page = client.submit(button="Approve")
    assert "A rating or comment has changed since you looked." in page.text
    assert case_of(assessment_id).approvals == ()


@pytest.mark.parametrize("name", ["lead-reviewer", "observer", "lead"])
def test_insiders_read_and_have_no_moderators_buttons(app: Flask, client: PageClient, name: str) -> None:
    assessment_id = handed_in()
    client.sign_in(email(name))
    page = client.get(address(assessment_id))
    assert "Change item" not in page.text
    assert "Ask about" not in page.text
    assert "Check and approve" not in page.text
    client.post(address(assessment_id, "/approve"), expect=400, follow=False)  # no token


@pytest.mark.parametrize("name", ["manager", "staff", "eism", "other-moderator", "buyer", "commissioner"])
def test_outsiders_are_told_that_nothing_is_there(app: Flask, client: PageClient, name: str) -> None:
    assessment_id = handed_in()
    client.sign_in(email(name))
    for rest in ("", "/approve", "/return"):
        client.get(address(assessment_id, rest), expect=404)


def test_before_hand_in_a_moderator_finds_nothing_and_the_team_its_review(
    app: Flask, client: PageClient
) -> None:
    assessment_id = agreed()
    client.sign_in(email("moderator"))
    client.get(address(assessment_id), expect=404)
    client.sign_in(email("lead-reviewer"))
    assert not client.get(address(assessment_id)).heading.startswith("Moderation")


def test_the_page_takes_the_same_statements_whatever_is_flagged(app: Flask, client: PageClient) -> None:
    assessment_id = handed_in({NINE: 2})
    for key in (THREE, NINE):
        moderating.query(actor("moderator"), assessment_id, key, "Why?")
    client.sign_in(email("moderator"))
    client.get(address(assessment_id))
    with recorded(app) as statements:
        client.get(address(assessment_id))
    assert len(statements) == 15, "\n".join(statements)
