"""What is kept for anybody is the same for everybody, and what is not is never kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask, Response, flash, render_template_string, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from portal.core.access import Public, access
from portal.core.public_pages import publicly_cached
from tests.support import assessing
from tests.support.page_client import PageClient

PAGE = (
    "{% extends 'base.html' %}{% block title %}Planted{% endblock %}"
    "{% block content %}<h1>Planted</h1>{{ x }}{% endblock %}"
)


def _add(app: Flask, address: str, view: Callable[[], ResponseReturnValue]) -> None:
    app._got_first_request = False
    ruled = access(Public("planted for a test"))(lambda: publicly_cached(view(), 60))
    app.add_url_rule(address, f"planted{address}", ruled, methods=["GET", "POST"])


@pytest.fixture
def planted(app: Flask) -> Flask:
    """The portal with a page that is the same for everybody, and others that are not."""

    def with_token() -> str:
        return render_template_string(PAGE, x=generate_csrf())

    def with_message() -> str:
        return render_template_string(PAGE, x="")

    def says() -> str:
        flash("Something")
        return ""

    def with_cookie() -> Response:
        response = Response("x")
        response.set_cookie("a", "b")
        return response

    _add(app, "/planted", lambda: render_template_string(PAGE, x="the same"))
    _add(app, "/planted-token", with_token)
    _add(app, "/planted-message", with_message)
    _add(app, "/planted-says", says)
    _add(app, "/planted-cookie", with_cookie)
    _add(app, "/planted-session", lambda: str(session.setdefault("seen", True)))
    _add(app, "/planted-missing", lambda: ("nothing", 404))
    app.extensions["csrf"].exempt(app.view_functions["planted/planted"])
    return app


def test_a_page_for_anybody_is_kept_with_its_policy(planted: Flask) -> None:
    answer = PageClient(planted).get("/planted").response
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in answer.headers["Vary"]
    assert answer.headers.getlist("Set-Cookie") == []
    nonces = set(re.findall(r'nonce="([^"]+)"', answer.text))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_asked_again_it_is_unchanged_and_the_kept_policy_stays(planted: Flask, encoding: str) -> None:
    client = PageClient(planted)
    dress = {"Accept-Encoding": encoding}  # the page client reads no gzip
    first = client._outside(lambda: client.browser.get("/planted", headers=dress))
    assert first.headers.get("Content-Encoding", "identity") == encoding
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/planted", headers=known, expect=304).response
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Security-Policy" not in again.headers
    assert again.headers["Cache-Control"] == "public, max-age=60"
    client.get("/planted", headers={"If-None-Match": '"another"'}, expect=200)


@pytest.mark.parametrize(
    "address", ["/planted-token", "/planted-says", "/planted-cookie", "/planted-session", "/planted-missing"]
)
def test_what_is_not_the_same_for_everybody_is_not_kept(planted: Flask, address: str) -> None:
    answer = PageClient(planted)._outside(lambda: planted.test_client().get(address))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


def test_a_page_with_a_token_kept_from_before_is_not_kept_either(planted: Flask) -> None:
    client = PageClient(planted)
    client.get("/planted-token")
    again = client.get("/planted-token").response
    assert again.headers.getlist("Set-Cookie") == []  # nothing but the token itself tells it apart
    assert again.headers["Cache-Control"] == "private, no-store"


def test_a_page_with_a_message_is_not_kept(planted: Flask) -> None:
    client = PageClient(planted)
    client._outside(lambda: client.browser.get("/planted-says"))
    assert client.get("/planted-message").response.headers["Cache-Control"] == "private, no-store"
    assert client.get("/planted-message").response.headers["Cache-Control"] == "public, max-age=60"


def test_an_answer_to_a_form_is_not_kept(planted: Flask) -> None:
    assert PageClient(planted).post("/planted").response.headers["Cache-Control"] == "private, no-store"


def test_the_page_of_somebody_signed_in_is_not_kept(planted: Flask) -> None:
    assessing.fill(planted)
    client = PageClient(planted)
    client.sign_in(assessing.email("manager"))
    answer = client.get("/planted").response
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
