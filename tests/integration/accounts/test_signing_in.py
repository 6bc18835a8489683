"""Signing in and out: right and wrong passwords, the limits on tries, the end of sign-ins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Person, SignInFailure
from portal.accounts.rules.throttle import LIMITS, REFUSAL, Level
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from tests.support.page_client import PageClient

WRONG = "The email address or the password is not right"


def try_to(client: PageClient, email: str, password: str, expect: int, **options: Any) -> Any:
    """One try at the sign-in page, from a browser of its own."""
    fresh = PageClient(client.app)
    fresh.get("/sign-in")
    environ = {"REMOTE_ADDR": options.pop("address", "10.0.0.1")}
    form = fresh._last().form()
    token = form.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]  # it is there
    data = {"csrf_token": token, "email": email, "password": password, **options}
    return fresh.post("/sign-in", data, expect=expect, follow=False, environ_overrides=environ)


def fail(world: Any, name: str, address: str, times: int, ago: timedelta = timedelta()) -> None:
    """Failed tries, without the work of hashing."""
    with operational() as session:
        for _ in range(times):
            session.add(SignInFailure(email=world.email(name), address=address, at=clock.now() - ago))


def test_the_right_password_signs_in_and_leads_on(world: Any, client: PageClient) -> None:
    client.get("/account", expect=200)
    assert client.page is not None
    assert client.page.path == "/sign-in"
    page = client.submit(email=" SAM@example.org ", password=world.password)
    assert page.path == "/account"
    assert page.heading == "Your account"
    assert client.click("Get or stop the newsletter").heading.startswith("Your newsletter")


@pytest.mark.parametrize("target", ["//evil.example/x", "https://evil.example", "/\\evil.example"])
def test_a_sign_in_never_leads_to_another_site(world: Any, client: PageClient, target: str) -> None:
    page = try_to(client, world.email("sam"), world.password, 302, next=target)
    assert page.response.location == "/"


def test_a_wrong_password_an_unknown_and_a_disabled_account_are_told_the_same(
    world: Any, client: PageClient
) -> None:
    with operational():
        db.session.get_one(Person, world.people["sue"]).disabled_at = clock.now()
    told = {
        tuple(try_to(client, email, password, 400).errors)
        for email, password in [
            (world.email("sam"), "not the password"),
            ("nobody@example.org", world.password),
            (world.email("sue"), world.password),
        ]
    }
    assert told == {(WRONG,)}


def test_the_password_is_checked_for_unknown_accounts_too(
    world: Any, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.accounts import passwords

    asked: list[str | None] = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda kept, typed: asked.append(kept) or real(kept, typed))
    try_to(client, "nobody@example.org", "whatever it is", 400)
    assert asked == [None]


def test_the_page_keeps_the_address_and_never_the_password(world: Any, client: PageClient) -> None:
    client.get("/sign-in")
    page = client.submit(email=world.email("sam"), password="not the password", expect=400)
    form = page.form()
    assert form.find("input", attrs={"name": "email"})["value"] == world.email("sam")
    assert "not the password" not in page.response.text
    assert form.find("input", attrs={"name": "password"})["autocomplete"] == "current-password"


@pytest.mark.parametrize(
    "fields, message",
    [
        ({"email": "", "password": "x"}, "Enter an email address like name@example.com"),
        ({"email": "sam", "password": "x"}, "Enter an email address like name@example.com"),
        ({"email": "a\x00@b.c", "password": ""}, "Enter your password"),
    ],
)
def test_bad_input_is_named(world: Any, client: PageClient, fields: dict[str, str], message: str) -> None:
    client.get("/sign-in")
    assert message in client.submit(fields=fields, expect=400).errors


@pytest.mark.parametrize("failures, status", [(9, 302), (10, 429), (11, 429)])
def test_ten_failures_close_the_account_from_that_address_even_for_the_right_password(
    world: Any, client: PageClient, failures: int, status: int
) -> None:
    fail(world, "sam", "10.0.0.1", failures)
    try_to(client, world.email("sam"), world.password, status)


def test_meanwhile_the_owner_signs_in_from_elsewhere(world: Any, client: PageClient) -> None:
    fail(world, "sam", "10.0.0.1", 10)
    page = try_to(client, world.email("sam"), world.password, 429)
    assert page.errors == [REFUSAL]
    try_to(client, world.email("sam"), world.password, 302, address="10.0.0.2")
    try_to(client, world.email("sue"), world.password, 302)


def test_after_a_quarter_of_an_hour_the_account_is_open_again(world: Any, client: PageClient) -> None:
    fail(world, "sam", "10.0.0.1", 10, ago=timedelta(minutes=15, seconds=1))
    try_to(client, world.email("sam"), world.password, 302)


def test_failures_are_counted_one_by_one_and_wiped_by_the_right_password(
    world: Any, client: PageClient
) -> None:
    for _ in range(3):
        try_to(client, world.email("sam"), "not the password", 400)
    assert db.session.execute(select(func.count()).select_from(SignInFailure)).scalar_one() == 3
    try_to(client, world.email("sam"), world.password, 302)
    assert db.session.execute(select(func.count()).select_from(SignInFailure)).scalar_one() == 0


@pytest.mark.parametrize("beyond, status", [(-1, 302), (0, 429), (1, 429)])
def test_one_address_cannot_try_many_accounts(
    world: Any, client: PageClient, beyond: int, status: int
) -> None:
    with operational() as session:
        for number in range(LIMITS[Level.ADDRESS].failures + beyond):
            session.add(SignInFailure(email=f"{number}@example.org", address="10.0.0.1", at=clock.now()))
    try_to(client, world.email("sam"), world.password, status)


@pytest.mark.parametrize("beyond, status", [(-1, 302), (0, 429), (1, 429)])
def test_many_addresses_cannot_try_one_account(
    world: Any, client: PageClient, beyond: int, status: int
) -> None:
    with operational() as session:
        for number in range(LIMITS[Level.ACCOUNT].failures + beyond):
            session.add(SignInFailure(email=world.email("sam"), address=f"10.1.0.{number}", at=clock.now()))
    try_to(client, world.email("sam"), world.password, status)


def test_the_limits_hold_for_unknown_accounts_in_the_same_words(world: Any, client: PageClient) -> None:
    for address in ("sam", "nobody"):
        fail(world, address, "10.0.0.1", 10)
    told = {tuple(try_to(client, world.email(name), "x", 429).errors) for name in ("sam", "nobody")}
    assert told == {(REFUSAL,)}


def test_signing_in_gives_the_browser_a_new_session(world: Any, client: PageClient) -> None:
    client.get("/sign-in")
    with client.browser.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    client.submit(email=world.email("sam"), password=world.password, follow=False, expect=302)
    with client.browser.session_transaction() as cookie:
        assert "planted" not in cookie


def test_signing_out_ends_every_sign_in_of_the_person(world: Any, client: PageClient) -> None:
    other = PageClient(client.app)
    for browser in (client, other):
        browser.sign_in(world.email("sam"))
        browser.get("/account")
    client.submit("sign-out-everywhere")
    assert world.open_sign_ins("sam") == 0
    assert other.get("/account").heading == "Sign in"
    assert world.verbs()[-1] == "person.sign-out"


def test_signing_out_needs_a_post_and_a_token(world: Any, client: PageClient) -> None:
    client.sign_in(world.email("sam"))
    client.get("/sign-out", expect=405)
    client.post("/sign-out", expect=400)
    assert world.open_sign_ins("sam") == 1


def test_a_fresh_token_is_for_those_signed_in(world: Any, client: PageClient) -> None:
    asking = {"headers": {"Accept": "application/json"}}
    assert client.get("/token", expect=401, **asking).json == {"error": "sign-in", "code": 401}
    client.sign_in(world.email("sam"))
    token = client.get("/token", **asking).json["token"]
    client.post("/sign-out", {"csrf_token": token}, follow=False, expect=302)
