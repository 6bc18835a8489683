"""From an empty draft to a final assessment through the pages, without script."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Flask

from portal.reviews.assessment.rules.workflow import State
from tests.support import assessing
from tests.support.page_client import PageClient
from tests.support.pages import Page


def test_a_guided_self_assessment_from_draft_to_final(app: Flask, client: PageClient) -> None:
    assessment_id = _start(client)
    address = f"/assessments/{assessment_id}"
    _rate(client, address)
    _submit(client, address)
    assert assessing.fresh(assessment_id).state is State.WITH_GUIDE
    _guide(client, address)
    assert assessing.fresh(assessment_id).state is State.WITH_PROVIDER
    _answer(client, address)
    assert assessing.fresh(assessment_id).state is State.SETTLING
    _settle(client, address)
    assert assessing.fresh(assessment_id).state is State.WITH_MODERATOR
    _moderate(client, address)
    final = assessing.fresh(assessment_id)
    assert (final.state, final.total, final.band) == (State.FINAL, 97, "fair")


def _open(client: PageClient, name: str, address: str) -> Page:
    client.sign_in(assessing.email(name))
    return client.get(address)


def _start(client: PageClient) -> UUID:
    _open(client, "staff", "/services/alder-ips/assessments/new")
    page = client.submit(kind="guided", scale="ips-25")
    return UUID(page.path.rsplit("/", 1)[1])


def _rate(client: PageClient, address: str) -> None:
    """One item on its page, with the calculator, and a file on the next; the rest on the sheet."""
    assert "0 of 25 rated" in client.get(address).text
    client.click("Start with item 1")
    page = client.submit("item-form", button="Work it out", fields={"in-clients": "46", "in-fte": "2.5"})
    assert "Suggested rating: 5" in page.text
    page = client.submit("item-form", rating="5", rationale="Caseload list", button="Save and next item")
    assert page.heading.startswith("2.")
    upload = {"upload": (BytesIO(b"a,b\n1,2\n"), "rota.csv")}
    page = client.submit("item-form", button="Add file", evidence="Rota", fields=upload)
    assert "Added rota.csv" in page.text
    assert "Rota" in str(page.soup.find(id="evidence"))
    client.get(f"{address}/sheet")
    page = client.submit("sheet", fields={f"r-{number}": "4" for number in range(2, 26)})
    assert "24 items changed" in page.text
    assert "can now check and submit" in client.get(address).text


def _submit(client: PageClient, address: str) -> None:
    _open(client, "manager", address)
    client.click("Check and submit")
    client.submit()


def _guide(client: PageClient, address: str) -> None:
    """Ask about item 3, propose 2 for items 4 and 5, confirm item 6 in words, hand over."""
    _open(client, "eism", address)
    client.click("Guide this assessment")
    client.get(f"{address}/guide/3")
    client.submit("guide-form", button="Ask", question="Who sees the caseload?")
    for number, rating in ((4, "2"), (5, "2"), (6, "4")):
        client.get(f"{address}/guide/{number}")
        page = client.submit("guide-form", rating=rating, reason=f"Seen on the visit, {number}")
        assert f"Proposed {rating} for item {number}" in page.text
    page = client.get(f"{address}/guidance")
    assert "3 proposals · 2 differ from the provider’s rating · 1 open question" in page.text
    client.submit(f"{address}/do/hand-over")


def _answer(client: PageClient, address: str) -> None:
    """Staff answer the question; the manager accepts item 4, keeps item 5 and sends."""
    _open(client, "staff", address)
    page = client.click("Answer the guide")
    assert "0 of 3 answered" in page.text
    boxes = [str(box["name"]) for box in page.form("answers-form").find_all("textarea")]
    page = client.submit("answers-form", button="Save answers", fields={boxes[0]: "The team leader"})
    assert "1 of 3 answered" in page.text
    _open(client, "manager", f"{address}/answers")
    choices = {"choice-4": "accepted", "choice-5": "kept"}
    page = client.submit("answers-form", button="Save answers", fields=choices, expect=400)
    assert page.errors == ["Say why you keep your rating"]
    reason = {"why-5": "Two more teams since"}
    page = client.submit("answers-form", button="Save and send to the guide", fields=reason)
    assert "Sent. The guide has been told." in page.text


def _settle(client: PageClient, address: str) -> None:
    """Take the provider's rating on item 5, undo that, look at what is agreed, and agree."""
    _open(client, "eism", address)
    page = client.click("Settle what still differs")
    assert "Two more teams since" in page.text
    page = client.submit("settle-5", button="provider")
    assert "You took the provider’s rating for item 5" in page.text
    page = client.submit("settle-5", button="guide")
    assert "Your rating stands for item 5" in page.text
    page = client.click("Check and agree")
    assert "97 of 125" in page.text
    assert "A moderator looks at this before it is final" in page.text
    client.submit()


def _moderate(client: PageClient, address: str) -> None:
    """The sheet names hardly any evidence, so a moderator takes it, asks, hears from the guide, approves."""
    page = _open(client, "far-eism", "/moderation")
    assert "Item 3 is rated 4 without any evidence named or attached" in page.text
    client.submit(f"{address}/moderation/take")
    page = client.submit(f"{address}/moderation/items/3/query", query="What did you see?")
    assert "A query is still open on item 3." in page.text
    _open(client, "eism", address)
    client.click("Answer the moderator")
    client.submit(f"{address}/moderation/items/3/answer", answer="The rota of June.")
    _open(client, "far-eism", f"{address}/moderation")
    client.submit(f"{address}/moderation/items/3/resolve")
    page = client.click("Check and approve")
    assert "97 of 125" in page.text
    page = client.submit(button="Approve")
    assert "The assessment is final" in page.text
