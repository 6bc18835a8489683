"""Every answer carries its headers, an error of ours too."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.core.config import Settings
from portal.core.requests import _policy
from tests.integration.access import world
from tests.integration.access.lines import LINES
from tests.integration.access.public_pages import KEPT_FOR_ANYBODY
from tests.integration.access.test_matrix import address_of

SHELL = ("/on-site/", "/on-site/worker.js", "/on-site/manifest.webmanifest")  # the same for everybody


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
            assert not kept or "/report." in address or address.startswith("/static") or address in SHELL
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

    site.view_functions["pages.help"].__access__ = Public("help is for everybody")  # type: ignore[attr-defined]  # planted for this test
    assert answer.status_code == 500
    assert _check(answer, signed_in=True) == []
    assert "ZeroDivision" not in answer.text


def test_a_nonce_is_never_used_twice() -> None:
    assert _policy("a") != _policy("b")


def test_what_a_device_keeps_of_the_portal_is_the_same_for_everybody(site: Flask) -> None:
    def kept(client: FlaskClient, address: str) -> str:
        answer = client.get(address, base_url="https://localhost")
        assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
        return re.sub(r'nonce="[^"]+"', "", answer.get_data(as_text=True))

    for address in SHELL:
        found = {
            kept(site.test_client(), address),
            *(kept(_client(site, name), address) for name in ("manager", "lead")),
        }
        assert len(found) == 1, address


def test_what_is_kept_for_anybody_is_listed_and_nothing_else_is(site: Flask) -> None:
    """Whoever is not signed in: a page is kept, or it is not; whoever is: their page never is."""
    _secure(site)
    found: set[str] = set()
    for line in LINES:
        if line.rule.startswith("/static") or line.method != "GET":
            continue
        address = address_of(site, line)
        answer = site.test_client().get(address, base_url="https://localhost")
        own = _client(site, "manager").get(address, base_url="https://localhost")
        assert "public" not in own.headers["Cache-Control"], address
        if "public" in answer.headers["Cache-Control"]:
            found.add(line.rule)
            assert _faults_of_kept(site, address, answer) == [], address
        answer.close()
        own.close()
    assert found == KEPT_FOR_ANYBODY


def _faults_of_kept(site: Flask, address: str, answer: TestResponse) -> list[str]:
    """What is wrong with a page that is kept for anybody."""
    headers, wrong = answer.headers, _check(answer, signed_in=False)
    known = {"If-None-Match": headers.get("ETag", "")}
    again = site.test_client().get(address, base_url="https://localhost", headers=known)
    checks = {
        "status": answer.status_code == 200,
        "age": headers["Cache-Control"] == "public, max-age=300",
        "left alone once signed in": "Cookie" in headers.get("Vary", ""),
        "no cookie": not headers.getlist("Set-Cookie"),
        "no form token": "csrf_token" not in answer.text,
        "unchanged when asked again": (again.status_code, again.data) == (304, b""),
        "the kept policy stays": "Content-Security-Policy" not in again.headers,
        "no cookie when asked again": not again.headers.getlist("Set-Cookie"),
    }
    return wrong + [name for name, good in checks.items() if not good]
