"""Foreign pages, foreign tokens and foreign addresses get nowhere; every answer carries its headers."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.core.audit.models import AuditRow
from portal.core.config import Settings
from portal.core.db import db
from portal.core.requests import _policy
from tests.integration.access import world
from tests.integration.access.conftest import Browser, csrf_token
from tests.integration.access.lines import LINES
from tests.integration.access.test_matrix import address_of

UNSAFE = {(line.rule, line.on): line for line in LINES if line.method == "POST"}
HOSTS = ("evil.example", "evil.example:80", "127.0.0.1", "[::1]")
ONWARD = [
    *(
        f"{start}{host}{end}"
        for host in HOSTS
        for start in ("//", "///", "////", "/\\", "\\\\", "/\\/", "/\t/", "\t//", "/\n/", "\n//", "/\r/")
        for end in ("", "/%2e%2e")
    ),
    *(
        f"{scheme}{host}"
        for host in HOSTS
        for scheme in (
            "http://",
            "https://",
            "HTTP://",
            "http:",
            "https:/",
            "ftp://",
            "javascript://",
            "data://",
        )
    ),
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "http:services",
    ".evil.example",
    "@evil.example",
    "?next=//evil.example",
    "\x00//evil.example",
    " //evil.example",
    "/ /evil.example",
    "",
]


def _rows(site: Flask) -> int:
    with site.app_context():
        return db.session.scalars(select(func.count()).select_from(AuditRow)).one()


@pytest.mark.parametrize("token", ["none", "stale", "foreign"])
def test_nothing_is_changed_without_the_browsers_own_token(site: Flask, enter: Browser, token: str) -> None:
    """From a foreign page, with no token, one signed with another key, and another browser's."""
    tokens = {"none": "", "stale": csrf_token(site)[:-3] + "xyz", "foreign": "ImZvcmVpZ24i.aSGp8Q.x"}
    before, taken = _rows(site), []
    clients = {name: enter(name) for name in ("administrator", "manager", "eism")}
    for line in UNSAFE.values():
        address = address_of(site, line)
        for name, client in clients.items():
            answer = client.post(
                address,
                data={**line.send, "csrf_token": tokens[token]} if "upload" not in line.send else {},
                headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
            )
            if answer.status_code != 400:
                taken.append(f"{name} {address}: {answer.status_code}")
    assert taken == []
    assert _rows(site) == before
    assert len(UNSAFE) * len(clients) > 100


def test_a_token_of_another_browser_is_refused(site: Flask, enter: Browser) -> None:
    client = enter("manager")
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "another browser's"
    answer = client.post(
        f"/assessments/{world.id_of('draft')}/do/submit", data={"csrf_token": csrf_token(site)}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("target", ONWARD)
def test_a_sign_in_leads_to_no_other_site(target: str) -> None:
    from portal.accounts.rules.links import same_site_path

    assert same_site_path(target) is None


def test_there_are_enough_foreign_addresses_and_ones_own_passes(enter: Browser) -> None:
    assert len(ONWARD) >= 60
    assert enter("manager").get("/sign-in?next=/services?page=2").location == "/services?page=2"
    for target in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert enter("manager").get("/sign-in", query_string={"next": target}).location == "/"


def test_what_was_typed_is_not_shown_again_to_a_foreign_page(site: Flask) -> None:
    """The kept form of a lapsed sign-in is made only for a page of the portal, and leads back into it."""
    client, address = site.test_client(), f"/assessments/{world.id_of('draft')}/items/1"
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {},
    ):
        answer = client.post(address, data={"evidence": "Planted"}, headers=headers)
        assert answer.status_code == 400
        assert "Planted" not in answer.text
    own = client.post(address, data={"evidence": "Mine"}, headers={"Sec-Fetch-Site": "same-origin"})
    kept = re.search(r'name="kept"[^>]*value="([^"]+)"', own.text)
    assert kept
    planted = client.get("/sign-in", query_string={"kept": kept.group(1)})
    assert "Mine" not in planted.text
    assert kept.group(1) not in planted.text


def _check(response: TestResponse, *, signed_in: bool) -> list[str]:
    headers, wrong = response.headers, []
    policy = headers.get("Content-Security-Policy", "")
    parts = dict(part.partition(" ")[::2] for part in policy.split("; "))
    expected = {
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
        "default-src": "'self'",
    }
    wrong += [f"CSP {name}" for name, value in expected.items() if parts.get(name) != value]
    if "unsafe" in policy or not re.search(r"'nonce-[\w-]{20,}'", parts.get("script-src", "")):
        wrong.append("CSP scripts")
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ):
        if headers.get(name) != value:
            wrong.append(name)
    if signed_in and "no-store" not in headers.get("Cache-Control", ""):
        wrong.append("Cache-Control")
    for cookie in headers.getlist("Set-Cookie"):
        if not (
            cookie.startswith("__Host-")
            and "Secure" in cookie
            and "HttpOnly" in cookie
            and "Path=/" in cookie
        ):
            wrong.append("cookie")
    return wrong


def _secure(site: Flask) -> None:
    """As it is served over HTTPS behind a proxy that speaks plainly to the portal."""
    settings: Settings = site.config["SETTINGS"]
    site.config["SETTINGS"] = Settings(**{**settings.__dict__, "secure_cookies": True})
    site.config.update(SESSION_COOKIE_NAME="__Host-portal", SESSION_COOKIE_SECURE=True)


def _client(site: Flask, name: str) -> FlaskClient:
    client = site.test_client()
    with client.session_transaction(base_url="https://localhost") as cookie:
        cookie["sign_in"] = world.token(name)
    return client


def test_every_answer_has_its_headers(site: Flask) -> None:
    _secure(site)
    site.testing = False
    site.config["PROPAGATE_EXCEPTIONS"] = False
    wrong = {}
    for name in ("manager", "administrator"):
        client = _client(site, name)
        for line in LINES:
            address = address_of(site, line)
            answer = client.open(address, method=line.method, base_url="https://localhost")
            # A frozen report is kept by the browser, and asked for again each time: whether it changed.
            kept = line.rule.startswith("/static") or "no-cache" in answer.headers["Cache-Control"]
            assert not kept or "/report." in address or address.startswith("/static"), address
            if found := _check(answer, signed_in=not kept):
                wrong[f"{name} {line.method} {address} {answer.status_code}"] = found
            answer.close()
    for address, code in (("/nowhere", 404), ("/static/nowhere.css", 404), ("/services/%00", 404)):
        answer = _client(site, "manager").get(address, base_url="https://localhost")
        assert answer.status_code == code
        if found := _check(answer, signed_in=not address.startswith("/static")):
            wrong[address] = found
    assert wrong == {}


def test_an_error_of_ours_has_its_headers_and_says_nothing_of_itself(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.core import error_pages

    _secure(site)
    site.register_error_handler(Exception, error_pages._unexpected)
    site.view_functions["pages.help"].__access__ = type(  # type: ignore[attr-defined]  # planted for this test
        "Broken", (), {"check": lambda *_: 1 // 0}
    )()
    answer = _client(site, "manager").get("/help", base_url="https://localhost")
    from portal.core.access import Public

    site.view_functions["pages.help"].__access__ = Public("help is for everybody")  # type: ignore[attr-defined]
    assert answer.status_code == 500
    assert _check(answer, signed_in=True) == []
    assert "ZeroDivision" not in answer.text


def test_a_nonce_is_never_used_twice() -> None:
    assert _policy("a") != _policy("b")


@pytest.mark.parametrize(
    "address",
    [
        "/services?q=%00",
        "/services?page=99999999999999999999",
        "/services?region=%00&sort=%00",
        "/services/%00",
        "/services.csv?q=%00",
        "/scales/%00",
        "/verify?code=%00",
        "/verify/%00",
        "/people?search=%00",
        "/people?page=99999999999999999999",
        "/administration/audit?verb=%00&person=%00&subject_id=%00",
        "/administration/audit?before=999999999999999999",
        "/administration/audit?before=99999999999999999999999",
        "/administration/jobs?page=99999999999999999999&state=%00",
        "/administration/outbox?page=-1&state=%00",
        "/set-password/%00",
        "/sign-in?next=%00",
        "/static/%00",
        "/static/../portal.sqlite",
        "/people?search=%ed%a0%80",
        "/services?q=%ed%a0%80",
        "/our-people?organisation=%00",
    ],
)
@pytest.mark.parametrize("name", ["administrator", "manager"])
def test_an_odd_address_is_no_error_of_ours(enter: Browser, name: str, address: str) -> None:
    assert enter(name).get(address).status_code < 500


def test_odd_text_in_a_form_is_no_error_of_ours(site: Flask, enter: Browser) -> None:
    odd = "a\x00b\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    token = csrf_token(site)
    faults = []
    addresses = {key: address_of(site, line) for key, line in UNSAFE.items()}
    for line in UNSAFE.values():
        name = "administrator" if line.rule.startswith(("/people", "/admin")) else "manager"
        if line.rule in ("/sign-out", "/set-password/<string:token>"):
            continue
        data = dict.fromkeys(
            (
                *line.send,
                "name",
                "email",
                "title",
                "what",
                "measure",
                "owner",
                "reason",
                "question",
                "code",
                "about",
                "version",
                "search",
                "organisation",
                "role",
                "region",
                "current",
                "new",
                "password",
                "sha256",
                "kept",
                "next",
                "scale",
                "kind",
                "setting",
                "take",
                "rating",
                "rationale",
                "evidence",
                "key",
                "item_title",
            ),
            odd,
        )
        data["csrf_token"] = token
        address = addresses[line.rule, line.on]
        status = enter(name).post(address, data=data).status_code
        if status >= 500:
            faults.append(f"{address}: {status}")
    assert faults == []
