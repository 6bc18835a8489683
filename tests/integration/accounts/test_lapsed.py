"""A sign-in or token that has lapsed loses nothing that was typed, and helps no foreign page."""

from __future__ import annotations

from typing import Any

import pytest
from bs4.element import Tag

from portal.accounts import sign_in
from portal.core.act import operational
from tests.support.page_client import PageClient
from tests.support.pages import Page

SAME = {"headers": {"Sec-Fetch-Site": "same-origin"}}
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Referer": "https://evil.example/localhost"},
    {},
]
WORK = {"name": 'Zoë\nOrg & Co "<b>"', "kind": "provider", "tag": ["one", "two"]}
ADDRESS = "/people/organisations/new"


def hidden(page: Page, form: str) -> list[tuple[str, str]]:
    """What a form of the page carries unseen, but for its token."""
    fields = page.form(form).find_all("input", type="hidden")
    return [(str(tag["name"]), str(tag["value"])) for tag in fields if tag["name"] != "csrf_token"]


def end_sign_ins(world: Any, name: str) -> None:
    with operational():
        sign_in.end_all(world.people[name])


def token(client: PageClient) -> str:
    found = client.get("/account").soup.find("input", attrs={"name": "csrf_token"})
    assert isinstance(found, Tag)
    return str(found["value"])


@pytest.mark.parametrize("with_token", [True, False])
def test_work_sent_after_the_sign_in_ended_is_carried_through_sign_in(
    world: Any, ada: PageClient, with_token: bool
) -> None:
    sent = {**WORK, "password": "secret words", "csrf_token": token(ada) if with_token else "old"}
    end_sign_ins(world, "ada")
    page = ada.post(ADDRESS, sent, expect=401, **SAME)
    assert page.heading == "Sign in"
    assert "What you typed is kept" in page.text
    assert "secret words" not in page.response.text
    page = ada.submit(email=world.email("ada"), password=world.password)
    assert page.heading == "You are signed in – send what you typed"
    assert 'Zoë Org & Co "<b>"' in page.text
    assert "You have to enter again: password" in page.text


def test_what_was_carried_is_sent_with_a_fresh_token_to_where_it_was_going(
    world: Any, ada: PageClient
) -> None:
    end_sign_ins(world, "ada")
    ada.post(ADDRESS, {"name": "West", "kind": "provider"}, expect=401, **SAME)
    page = ada.submit(email=world.email("ada"), password=world.password)
    assert hidden(page, ADDRESS) == [("name", "West"), ("kind", "provider")]
    assert "West is added." in ada.submit(ADDRESS).text
    assert world.verbs()[-1] == "organisation.create"


def test_fields_with_one_name_are_all_carried_in_order(world: Any, ada: PageClient) -> None:
    end_sign_ins(world, "ada")
    ada.post(ADDRESS, WORK, expect=401, **SAME)
    page = ada.submit(email=world.email("ada"), password=world.password)
    assert [value for name, value in hidden(page, ADDRESS) if name == "tag"] == ["one", "two"]


def test_a_wrong_password_in_between_loses_nothing(world: Any, ada: PageClient) -> None:
    end_sign_ins(world, "ada")
    ada.post(ADDRESS, {"name": "West", "kind": "provider"}, expect=401, **SAME)
    ada.submit(email=world.email("ada"), password="not the password", expect=400)
    page = ada.submit(email=world.email("ada"), password=world.password)
    assert ("name", "West") in hidden(page, ADDRESS)


def test_somebody_else_who_signs_in_does_not_see_it(world: Any, ada: PageClient) -> None:
    end_sign_ins(world, "ada")
    ada.post(ADDRESS, {"name": "Private words", "kind": "provider"}, expect=401, **SAME)
    page = ada.submit(email=world.email("sam"), password=world.password)
    assert "Private words" not in page.response.text
    assert "belongs to somebody else’s sign-in" in page.text


def test_what_is_carried_cannot_be_changed_on_the_way(world: Any, client: PageClient) -> None:
    client.get("/sign-in")
    client.submit(
        email=world.email("sam"),
        password=world.password,
        kept="WyIvLyIsW11d.forged",
        follow=False,
        expect=302,
    )


def test_what_is_too_long_to_carry_is_said_so(world: Any, ada: PageClient) -> None:
    end_sign_ins(world, "ada")
    page = ada.post(ADDRESS, {"name": "x" * 150_001}, expect=401, **SAME)
    assert "too long to carry" in page.text


def test_a_page_asked_for_leads_back_after_sign_in(world: Any, client: PageClient) -> None:
    page = client.get("/people?search=a&sort=name")
    assert page.heading == "Sign in"
    assert client.submit(email=world.email("ada"), password=world.password).path == "/people"


def test_a_lapsed_token_shows_what_was_typed_and_sends_it_again(world: Any, ada: PageClient) -> None:
    page = ada.post(ADDRESS, {"name": "West", "kind": "provider", "csrf_token": "old"}, expect=400, **SAME)
    assert page.heading == "Send it again"
    assert "West" in page.text
    assert "organisation.create" not in world.verbs()[4:]
    assert "West is added." in ada.submit(ADDRESS).text


def test_a_form_with_a_password_is_not_offered_to_be_sent_without_it(world: Any, ada: PageClient) -> None:
    page = ada.post("/account/password", {"current": "x", "password": "y"}, expect=400, **SAME)
    assert [form for form in page.soup.find_all("form") if form.get("action") == "/account/password"] == []
    assert page.link("Go to the page without sending") == "/account/password"


def test_the_sign_in_page_itself_may_grow_old(world: Any, client: PageClient) -> None:
    page = client.post("/sign-in", {"email": world.email("sam"), "csrf_token": "old"}, expect=400, **SAME)
    assert page.errors == ["This page had been open for too long. Enter your password again."]
    assert client.submit(password=world.password).path == "/"


def test_the_pages_script_is_answered_in_json(world: Any, ada: PageClient) -> None:
    asking = {"headers": {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}}
    assert ada.post(ADDRESS, {"csrf_token": "old"}, expect=400, **asking).json == {
        "error": "token",
        "code": 400,
    }
    end_sign_ins(world, "ada")
    assert ada.post(ADDRESS, {"csrf_token": "old"}, expect=401, **asking).json == {
        "error": "sign-in",
        "code": 401,
    }


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_foreign_page_is_plainly_refused(
    world: Any, ada: PageClient, headers: dict[str, str], signed_in: bool
) -> None:
    if not signed_in:
        end_sign_ins(world, "ada")
    page = ada.post(ADDRESS, WORK, expect=400, headers=headers)
    assert "did not come from a page of the portal" in page.text
    assert "Zoë" not in page.response.text


def test_an_old_browser_is_known_by_its_origin(world: Any, ada: PageClient) -> None:
    page = ada.post(ADDRESS, WORK, expect=400, headers={"Origin": "http://localhost"})
    assert page.heading == "Send it again"


def test_the_page_of_a_lapsed_token_may_run_its_own_script(world: Any, ada: PageClient) -> None:
    page = ada.post(ADDRESS, WORK, expect=400, **SAME)
    assert "'nonce-'" not in page.response.headers["Content-Security-Policy"]
