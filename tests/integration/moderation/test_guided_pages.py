"""The pages of a guided self-assessment’s moderation."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.assessing import (
    email,
    id_of,
    item_key,
    with_guide,
    with_moderator,
)
from tests.support.page_client import PageClient

NINE = item_key(9)


def test_the_pages_of_a_guided_case(app: Flask, client: PageClient) -> None:
    assessment_id = with_guide(100)
    address = f"/assessments/{assessment_id}/moderation"
    client.sign_in(email("eism"))
    page = client.get(f"/assessments/{assessment_id}/agreement")
    assert "The total of 100 is on the edge of Good fidelity (100 to 114)" in page.text
    client.submit()
    client.sign_in(email("lead"))
    client.get("/moderation")
    client.click("Name a moderator for Alder Ips")
    page = client.submit(f"{address}/moderators", expect=400)
    assert page.errors == ["Choose who moderates it"]
    page = client.submit(f"{address}/moderators", moderator=str(id_of("far-eism")))
    assert "Far eism Person" in page.text
    client.sign_in(email("far-eism"))
    client.get(address)
    client.click("Send it back to the guide")
    page = client.submit(reason="", expect=400)
    assert page.errors == ["Say what the guide should do"]
    client.submit(reason="Look at item 1 again.")
    client.get(address, expect=404)
    client.sign_in(email("eism"))
    assert "Look at item 1 again." in client.get(f"/assessments/{assessment_id}/guidance").text


@pytest.mark.parametrize("name", ["manager", "staff", "far-eism", "buyer", "commissioner", "other-manager"])
def test_others_do_not_see_the_moderation(app: Flask, client: PageClient, name: str) -> None:
    assessment_id = with_moderator()
    client.sign_in(email(name))
    for rest in ("", "/approve", "/return", "/moderators"):
        client.get(f"/assessments/{assessment_id}/moderation{rest}", expect=404)


def test_provider_and_guide_are_told_where_it_is(app: Flask, client: PageClient) -> None:
    assessment_id = with_moderator()
    client.sign_in(email("manager"))
    assert "A moderator looks at it before it is final" in client.get(f"/assessments/{assessment_id}").text
    client.sign_in(email("eism"))
    client.get(f"/assessments/{assessment_id}")
    client.click("See the moderation")
    assert "Ask about" not in assessing_text(client)


def assessing_text(client: PageClient) -> str:
    assert client.page is not None
    return client.page.text
