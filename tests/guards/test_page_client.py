"""The page client sends what a browser would, judges what comes back, and shares nothing between requests."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask, Response, g, redirect, request

from tests.support.page_client import PageClient

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Planted</title></head><body>
<main><h1>Planted</h1><form method="post" action="/send" id="planted" enctype="multipart/form-data">
<input type="hidden" name="csrf_token" value="t"><input type="hidden" name="version" value="7">
<label>Figure <input name="figure" value="18"></label>
<label>Note <textarea name="note">
 as it was</textarea></label>
<label>Four <input type="radio" name="rating-1" value="4" checked></label>
<label>Five <input type="radio" name="rating-1" value="5"></label>
<label>A <input type="checkbox" name="facts" value="a" checked></label>
<label>B <input type="checkbox" name="facts" value="b" checked></label>
<label>C <input type="checkbox" name="facts" value="c"></label>
<label>Role <select name="role"><option value="">Choose</option>
<option value="eism">EISM</option></select></label>
<label>File <input type="file" name="file"></label>
<button name="go" value="save">Save</button><button name="go" value="next">Save and continue</button></form>
<a href="/seen">See <span>more</span></a></main></body></html>"""


@pytest.fixture
def client() -> PageClient:
    app = Flask("planted", static_folder=None)
    app.testing = True
    app.add_url_rule("/", view_func=lambda: PAGE, endpoint="page")
    app.add_url_rule("/send", view_func=_echo, endpoint="send", methods=["POST"])
    app.add_url_rule("/seen", view_func=_seen, endpoint="seen")
    app.add_url_rule("/on", view_func=lambda: redirect("/"), endpoint="on")
    app.add_url_rule("/round", view_func=lambda: redirect("/round"), endpoint="round")
    app.add_url_rule("/broken", view_func=lambda: "<p>Broken", endpoint="broken")
    return PageClient(app)


def _echo() -> Response:
    pairs = [f"{name}={value}" for name, value in request.form.items(multi=True)]
    pairs += [f"{name}={file.filename}" for name, file in request.files.items()]
    return Response(" ".join(sorted(pairs)).replace("\r\n", "\n"), mimetype="text/plain")


def _seen() -> Response:
    g.times = g.get("times", 0) + 1
    return Response(str(g.times), mimetype="text/plain")


def _sent(client: PageClient) -> str:
    assert client.page is not None
    return client.page.response.text


def test_a_form_is_sent_as_it_was_drawn(client: PageClient) -> None:
    client.get("/")
    client.submit("planted")
    drawn = "csrf_token=t facts=a facts=b figure=18 go=save note= as it was rating-1=4 role= version=7"
    assert _sent(client) == drawn


def test_fields_change_what_is_sent(client: PageClient) -> None:
    client.get("/")
    fields = {"rating-1": "5", "facts": ["c"], "file": (BytesIO(b"x"), "log.txt")}
    client.submit("/send", button="Save and continue", figure="20.4", note=None, role="eism", fields=fields)
    assert (
        _sent(client)
        == "csrf_token=t facts=c figure=20.4 file=log.txt go=next rating-1=5 role=eism version=7"
    )


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"rating-2": "5"}, "no field 'rating-2'"),
        ({"rating-1": "6"}, "does not offer ['6']"),
        ({"role": "buyer"}, "does not offer ['buyer']"),
        ({"facts": ["a", "z"]}, "does not offer ['z']"),
    ],
)
def test_what_the_form_does_not_offer_cannot_be_sent(
    client: PageClient, fields: dict[str, str], said: str
) -> None:
    client.get("/")
    with pytest.raises(AssertionError) as refused:
        client.submit(fields=dict(fields))
    assert said in str(refused.value)


def test_a_form_or_button_that_is_not_there_is_said(client: PageClient) -> None:
    client.get("/")
    with pytest.raises(AssertionError, match="0 forms answer to 'other'"):
        client.submit("other")
    with pytest.raises(AssertionError, match="No button reads 'Delete'"):
        client.submit(button="Delete")


def test_links_are_followed_by_their_words(client: PageClient) -> None:
    client.get("/")
    assert client.click("See more").response.text == "1"


def test_redirects_are_followed_unless_they_never_end(client: PageClient) -> None:
    assert client.get("/on").heading == "Planted"
    assert client.get("/on", follow=False, expect=302).response.location == "/"
    with pytest.raises(AssertionError, match="redirects without end"):
        client.get("/round")


def test_a_faulty_page_and_an_unexpected_status_fail(client: PageClient) -> None:
    with pytest.raises(AssertionError, match="one h1"):
        client.get("/broken")
    with pytest.raises(AssertionError, match="answered 404, not 200"):
        client.get("/nowhere")
    with pytest.raises(AssertionError, match="answered 200, not 403"):
        client.get("/", expect=403)


def test_requests_share_nothing_though_the_test_holds_a_context(client: PageClient) -> None:
    with client.app.app_context():
        g.times = 10
        assert client.get("/seen").response.text == "1"
