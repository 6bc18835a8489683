"""The pages of the guide and of the provider's answers: what they keep, show and refuse."""

from __future__ import annotations

from uuid import UUID

from flask import Flask

from portal.reviews.assessment.loading import proposals_of
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Action, State
from portal.reviews.assessment.service.guiding import answer_proposal, ask, propose
from tests.support.assessing import (
    actor,
    email,
    fresh,
    item_key,
    move,
    with_guide,
)
from tests.support.page_client import PageClient
from tests.support.statements import recorded

ONE, TWO, THREE = item_key(1), item_key(2), item_key(3)


def _handed_over() -> UUID:
    """Proposals of 3 on items 1 and 2, a question on item 3."""
    assessment_id = with_guide()
    for key in (ONE, TWO):
        propose(actor("eism"), assessment_id, key, 3, "Seen", 0)
    ask(actor("eism"), assessment_id, THREE, "Who?")
    move(assessment_id, Action.HAND_OVER, "eism")
    return assessment_id


def test_the_guides_page_refuses_keeps_and_shows_both_versions(app: Flask, client: PageClient) -> None:
    assessment_id = with_guide()
    address = f"/assessments/{assessment_id}/guide/1"
    client.sign_in(email("eism"))
    client.get(address)
    page = client.submit("guide-form", button="Propose", reason="No rating", question="Kept?", expect=400)
    assert page.errors == ["Select the rating you propose"]
    assert ("No rating" in page.text, "Kept?" in page.text) == (True, True)
    page = client.submit("guide-form", button="Propose", rating="3", reason=" ", expect=400)
    assert page.errors == ["Say why you propose this rating"]
    page = client.submit("guide-form", button="Ask", question=" ", expect=400)
    assert page.errors == ["Enter your question"]
    propose(actor("stand-in"), assessment_id, ONE, 2, "Theirs", 0)
    page = client.submit("guide-form", button="Propose", rating="3", reason="Mine", expect=409)
    assert page.table("Both versions of the proposal")[1:] == [
        ["Rating Differs", "2", "3"],
        ["Reason Differs", "Theirs", "Mine"],
    ]
    page = client.submit("guide-form", button="Change the proposal")
    assert (proposals_of(assessment_id)[ONE].rating, proposals_of(assessment_id)[ONE].reason) == (3, "Mine")
    page = client.submit("guide-form", button="Take the proposal back")
    assert "is taken back" in page.text
    assert proposals_of(assessment_id) == {}


def test_words_for_the_one_verb_stay_when_the_other_is_done(app: Flask, client: PageClient) -> None:
    assessment_id = with_guide()
    client.sign_in(email("eism"))
    client.get(f"/assessments/{assessment_id}/guide/1")
    page = client.submit("guide-form", button="Ask", question="Who?", rating="3", reason="Half written")
    assert "The proposal is not made yet" in page.text
    assert "Half written" in page.text
    page = client.submit("guide-form", button="Propose", question="And when?")
    assert "Your question is not asked yet" in page.text
    assert "And when?" in page.text
    page = client.submit("guide-form", button="Ask")
    assert "Your question was added" in page.text


def test_the_guides_addresses_lead_others_to_their_own_pages(app: Flask, client: PageClient) -> None:
    assessment_id = with_guide()
    address = f"/assessments/{assessment_id}"
    client.sign_in(email("manager"))
    assert client.get(f"{address}/guide/2").path == f"{address}/items/2"
    for page in ("/guidance", "/agreement", "/return", "/check", "/answers", "/import"):
        assert client.get(address + page).path == address
    client.sign_in(email("eism"))
    assert client.get(f"{address}/answers").path == address
    client.get(f"{address}/guide/26", expect=404)
    client.get(f"{address}/items/0", expect=404)


def test_answers_that_somebody_else_changed_are_shown_beside_what_was_typed(
    app: Flask, client: PageClient
) -> None:
    assessment_id = _handed_over()
    client.sign_in(email("manager"))
    client.get(f"/assessments/{assessment_id}/answers")
    answer_proposal(actor("manager"), assessment_id, ONE, Response.KEPT, "Said by the other", 1)
    mine = {"choice-1": "accepted", "choice-2": "kept", "why-2": "Mine"}
    page = client.submit("answers-form", button="Save answers", fields=mine, expect=409)
    assert "Said by the other" in page.text
    assert "Mine" in page.text
    assert proposals_of(assessment_id)[TWO].response is None
    page = client.submit("answers-form", button="Save answers")
    assert "Saved: 2 answers changed" in page.text
    assert proposals_of(assessment_id)[ONE].response is Response.ACCEPTED


def test_answers_are_sent_only_when_all_are_there(app: Flask, client: PageClient) -> None:
    assessment_id = _handed_over()
    client.sign_in(email("manager"))
    client.get(f"/assessments/{assessment_id}/answers")
    both = {"choice-1": "accepted", "choice-2": "accepted"}
    page = client.submit("answers-form", button="send", fields=both)
    assert "Your answers are saved, but not sent. Answer the guide’s question on item 3 first." in page.text
    assert "2 of 3 answered" in page.text
    assert fresh(assessment_id).state is State.WITH_PROVIDER
    client.sign_in(email("staff"))
    page = client.get(f"/assessments/{assessment_id}/answers")
    assert "Save and send" not in page.text
    assert "Accepted" in page.text


def test_questions_are_answered_in_a_returned_draft_too(app: Flask, client: PageClient) -> None:
    assessment_id = with_guide()
    ask(actor("eism"), assessment_id, THREE, "Who?")
    move(assessment_id, Action.RETURN, "eism", "Answer first")
    client.sign_in(email("staff"))
    client.get(f"/assessments/{assessment_id}")
    page = client.click("Answer the guide’s questions")
    box = page.form("answers-form").find("textarea")
    page = client.submit("answers-form", button="Save answers", fields={str(box["name"]): "The leader"})  # type: ignore[index]  # there is one
    assert "1 of 1 answered" in page.text


def test_the_guides_pages_take_as_many_statements_for_one_proposal_as_for_all(
    app: Flask, client: PageClient
) -> None:
    assessment_id = with_guide(125)
    client.sign_in(email("eism"))
    counts = []
    for number in (1, 25):
        for place in range(1, number + 1):
            if item_key(place) not in proposals_of(assessment_id):
                propose(actor("eism"), assessment_id, item_key(place), 3, "Seen", 0)
        client.get(f"/assessments/{assessment_id}/guidance")
        with recorded(app) as statements:
            client.get(f"/assessments/{assessment_id}/guidance")
        counts.append(len(statements))
    assert counts[0] == counts[1]
