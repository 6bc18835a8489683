"""From an empty draft to a final assessment through the pages, without script."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Flask

from portal.reviews.assessment.rules.workflow import State
from portal.scales.registry import registry
from tests.support import assessing
from tests.support.page_client import PageClient

SCALE = registry().get("ips-25")


def _start(client: PageClient) -> UUID:
    client.sign_in(assessing.email("staff"))
    client.get("/services/alder-ips/assessments/new")
    page = client.submit(kind="guided", scale="ips-25")
    return UUID(page.path.rsplit("/", 1)[1])


def test_a_guided_self_assessment_from_draft_to_final(app: Flask, client: PageClient) -> None:
    assessment_id = _start(client)
    address = f"/assessments/{assessment_id}"
    assert "0 of 25 rated" in client.get(address).text

    # Staff rate: one item on its page with the calculator and a file, the rest on the sheet.
    client.click("Start with item 1")
    client.submit("item-form", button="Work it out", fields={"in-clients": "46", "in-fte": "2.5"})
    assert "Suggested rating: 5" in client.page.text
    page = client.submit("item-form", rating="5", rationale="Caseload list", button="Save and next item")
    assert page.heading.startswith("2.")
    page = client.submit(
        "item-form",
        button="Add file",
        evidence="Rota",
        fields={"upload": (BytesIO(b"a,b\n1,2\n"), "rota.csv")},
    )
    assert "Added rota.csv" in page.text
    assert "Rota" in str(page.soup.find(id="evidence"))
    client.get(f"{address}/sheet")
    client.submit("sheet", fields={f"r-{number}": "4" for number in range(2, 26)})
    assert "24 items changed" in client.page.text
    assert "can now check and submit" in client.get(address).text

    # The manager submits.
    client.sign_in(assessing.email("manager"))
    client.get(address)
    client.click("Check and submit")
    client.submit()
    assert assessing.fresh(assessment_id).state is State.WITH_GUIDE

    # The guide asks about item 3, proposes 2 for items 4 and 5 and confirms item 6.
    client.sign_in(assessing.email("eism"))
    client.get(address)
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
    assert assessing.fresh(assessment_id).state is State.WITH_PROVIDER

    # Staff answer the question; the manager accepts item 4, keeps item 5 and sends.
    client.sign_in(assessing.email("staff"))
    client.get(address)
    page = client.click("Answer the guide")
    assert "0 of 3 answered" in page.text
    question = next(name for name in _names(page.form("answers-form")) if name.startswith("answer-"))
    page = client.submit("answers-form", button="Save answers", fields={question: "The team leader"})
    assert "1 of 3 answered" in page.text
    client.sign_in(assessing.email("manager"))
    client.get(f"{address}/answers")
    page = client.submit(
        "answers-form", button="Save answers", fields={"choice-4": "accepted", "choice-5": "kept"}, expect=400
    )
    assert page.errors == ["Say why you keep your rating"]
    page = client.submit(
        "answers-form", button="Save and send to the guide", fields={"why-5": "Two more teams since"}
    )
    assert "Sent. The guide has been told." in page.text
    assert assessing.fresh(assessment_id).state is State.SETTLING

    # The guide lets item 5 stand, looks at what is agreed, and agrees.
    client.sign_in(assessing.email("eism"))
    client.get(address)
    page = client.click("Settle what still differs")
    assert "Two more teams since" in page.text
    page = client.submit("settle-5", button="provider")
    assert "You took the provider’s rating for item 5" in page.text
    page = client.submit("settle-5", button="guide")
    assert "Your rating stands for item 5" in page.text
    page = client.click("Check and agree")
    assert "97 of 125" in page.text
    client.submit()
    final = assessing.fresh(assessment_id)
    assert (final.state, final.total, final.band) == (State.FINAL, 97, "fair")


def _names(form: object) -> list[str]:
    return [str(tag["name"]) for tag in form.find_all("textarea")]  # type: ignore[attr-defined]  # a Tag
