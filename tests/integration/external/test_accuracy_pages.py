"""The pages of the draft: comments and files, the check before sending, decisions, and the PDF."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask

from portal.core import clock
from portal.core.jobs import worker
from portal.reviews.external import drawing
from portal.reviews.external.accuracy import comments_of, files_of
from portal.reviews.external.rules.accuracy import CommentState
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.accuracy import add_file, comment
from tests.support.assessing import actor, email
from tests.support.page_client import PageClient
from tests.support.publishing import FIRST, commented, presented
from tests.support.reviewing import fresh, handed_in, move

PDF = b"%PDF-1.4 more evidence"


def test_the_draft_is_there_for_the_service_only_when_it_was_presented(
    app: Flask, client: PageClient
) -> None:
    assessment_id = handed_in()
    client.sign_in(email("manager"))
    client.get(f"/reviews/{assessment_id}/accuracy", expect=404)
    other = presented_like(assessment_id)
    page = client.get(f"/reviews/{other}/accuracy")
    assert "100 of 125, Good fidelity, as presented on" in page.text
    assert "Say where a fact is wrong" in page.text
    for name in ("other-manager", "commissioner", "buyer", "far-eism"):
        client.sign_in(email(name))
        client.get(f"/reviews/{other}/accuracy", expect=404)


def presented_like(assessment_id):  # type: ignore[no-untyped-def]  # the same review, one step on
    from tests.support.publishing import approved

    approved(assessment_id)
    return assessment_id


def test_staff_comment_with_a_file_and_the_manager_checks_and_sends(app: Flask, client: PageClient) -> None:
    assessment_id = presented()
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/accuracy")
    client.click("Comment on item 1")
    page = client.submit(
        f"/reviews/{assessment_id}/accuracy/1",
        fields={"text": "The list shows 19.", "upload": (BytesIO(PDF), "list.pdf")},
    )
    assert "The list shows 19." in page.text
    assert "list.pdf" in page.text
    assert "Check and send" not in page.text
    assert comments_of(assessment_id)[FIRST].text == "The list shows 19."
    client.get(f"/reviews/{assessment_id}/accuracy/send", expect=403)

    client.sign_in(email("manager"))
    client.get(f"/reviews/{assessment_id}/accuracy")
    page = client.click("Check and send")
    assert "You send comments on 1 item." in page.text
    client.submit(f"/reviews/{assessment_id}/do/close-comments")
    assert fresh(assessment_id).stage is Stage.RESPONDING
    page = client.get(f"/reviews/{assessment_id}/accuracy")
    assert "The service has sent its comments." in page.text
    assert not page.soup.find("a", string="Comment on item 2")


def test_insiders_see_no_comment_before_it_was_sent(app: Flask, client: PageClient) -> None:
    assessment_id = presented()
    comment(actor("staff"), assessment_id, FIRST, "Cornflower", 0)
    file_id = add_file(actor("staff"), assessment_id, FIRST, "Cornflower.pdf", PDF)
    for name in ("lead-reviewer", "moderator", "lead", "observer"):
        client.sign_in(email(name))
        for path in ("accuracy", "accuracy/1"):
            assert "Cornflower" not in client.get(f"/reviews/{assessment_id}/{path}").text
        client.get(f"/reviews/{assessment_id}/accuracy/files/{file_id}", expect=404)
    move(assessment_id, Action.CLOSE_COMMENTS, "manager")
    client.sign_in(email("lead-reviewer"))
    assert "Cornflower" in client.get(f"/reviews/{assessment_id}/accuracy").text
    assert client.get(f"/reviews/{assessment_id}/accuracy/files/{file_id}").response.data == PDF


def test_two_colleagues_on_one_comment_see_both_versions(app: Flask, client: PageClient) -> None:
    assessment_id = presented()
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/accuracy/1")
    comment(actor("manager"), assessment_id, FIRST, "Theirs.", 0)
    page = client.submit(f"/reviews/{assessment_id}/accuracy/1", expect=409, fields={"text": "Mine."})
    assert "Both versions" in page.text
    assert "Theirs." in page.text
    client.submit(f"/reviews/{assessment_id}/accuracy/1")
    assert comments_of(assessment_id)[FIRST].text == "Mine."


def test_a_file_that_cannot_be_taken_keeps_what_was_typed(app: Flask, client: PageClient) -> None:
    assessment_id = presented()
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/accuracy/1")
    page = client.submit(
        f"/reviews/{assessment_id}/accuracy/1",
        expect=400,
        fields={"text": "Kept words.", "upload": (BytesIO(b"MZ\x90"), "evil.exe")},
    )
    assert page.errors
    assert "Kept words." in str(page.soup.find("textarea", id="text"))


def test_a_file_is_removed_and_put_back_beside_what_is_typed(app: Flask, client: PageClient) -> None:
    assessment_id = presented()
    add_file(actor("staff"), assessment_id, FIRST, "list.pdf", PDF)
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/accuracy/1")
    page = client.submit(
        f"/reviews/{assessment_id}/accuracy/1", button="Remove list.pdf", fields={"text": "Half a thought"}
    )
    assert "Half a thought" in str(page.soup.find("textarea", id="text"))
    assert FIRST not in files_of(assessment_id)
    client.submit(f"/reviews/{assessment_id}/accuracy/1", button="Put back list.pdf")
    assert len(files_of(assessment_id)[FIRST]) == 1


def test_a_comment_after_the_deadline_is_refused_on_the_page(app: Flask, client: PageClient) -> None:
    assessment_id = presented()
    client.sign_in(email("staff"))
    client.get(f"/reviews/{assessment_id}/accuracy/1")
    from datetime import timedelta

    with clock.at(clock.now() + timedelta(days=8)):
        client.sign_in(email("staff"))
        page = client.get(f"/reviews/{assessment_id}/accuracy")
        assert not page.soup.find("a", string="Comment on item 1")
        client.get(f"/reviews/{assessment_id}/accuracy/1")
        client.sign_in(email("lead-reviewer"))
        client.get(f"/reviews/{assessment_id}/accuracy")
        page = client.click("Check and send")
        assert "the service has not sent anything" in page.text
        client.submit(f"/reviews/{assessment_id}/do/close-comments")
    assert fresh(assessment_id).stage is Stage.RESPONDING


def test_reviewers_decide_and_a_changed_rating_goes_to_the_moderators(app: Flask, client: PageClient) -> None:
    assessment_id = commented()
    client.sign_in(email("second-reviewer"))
    page = client.get(f"/reviews/{assessment_id}/accuracy")
    assert "1 comment to decide." in page.text
    client.click("Decide this comment on item 1")
    address = f"/reviews/{assessment_id}/accuracy/1/decide"
    page = client.submit(address, expect=400, decision="accept", rating="5")
    assert page.errors == ["Say why: the service reads it"]
    page = client.submit(address, reason="The list shows it.")
    assert comments_of(assessment_id)[FIRST].state is CommentState.ACCEPTED
    assert "Every comment is decided. A rating has changed" in page.text
    assert "draft 4, now 5" in page.text
    client.sign_in(email("manager"))
    page = client.get(f"/reviews/{assessment_id}/accuracy")
    assert "The list shows it." not in page.text  # the service reads decisions with the published report
    assert "now 5" not in page.text


def test_the_lead_reviewer_moves_the_deadline(app: Flask, client: PageClient) -> None:
    assessment_id = presented()
    client.sign_in(email("lead-reviewer"))
    client.get(f"/reviews/{assessment_id}/accuracy")
    client.click("Change the presentation’s date or the deadline")
    today = clock.today()
    address = f"/reviews/{assessment_id}/accuracy/dates"
    page = client.submit(address, expect=400, fields={"until": [str(today.day), str(today.month), "1999"]})
    assert page.errors == ["The deadline must be today or later"]
    client.submit(address, fields={"until": [str(today.day), str(today.month), str(today.year)]})
    assert fresh(assessment_id).review.accuracy_until == today
    client.sign_in(email("manager"))
    client.get(address, expect=403)


def test_the_drafts_pdf_is_made_once_on_demand(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(html: str, *, title: str) -> bytes:
        drawn.append(html)
        return b"%PDF-1.7 draft"

    monkeypatch.setattr(drawing, "render_pdf", draw)
    assessment_id = presented()
    client.sign_in(email("staff"))
    address = f"/reviews/{assessment_id}/accuracy/draft.pdf"
    assert client.get(address, expect=202).soup.find("h2", string="The PDF of the draft is not made yet")
    client.submit(f"/reviews/{assessment_id}/accuracy/draft/pdf", expect=202)
    assert client.get(f"/reviews/{assessment_id}/accuracy/draft/pdf-state").json == {"ready": False}
    worker.run_all()
    response = client.get(address).response
    assert response.data == b"%PDF-1.7 draft"
    assert "no-store" in response.headers["Cache-Control"]
    assert "-draft.pdf" in response.headers["Content-Disposition"]
    drawing.draw_draft({"assessment_id": str(assessment_id)})
    assert len(drawn) == 1
    assert 'class="draft"' in drawn[0]
    assert "verify" not in drawn[0]
