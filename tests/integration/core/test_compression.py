"""Responses go over the wire compressed, and come out as they were."""

from __future__ import annotations

import gzip

from flask import Flask

from portal.core.assets import asset
from portal.core.compression import LEAST

ZIPPED = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed_and_comes_out_whole(app: Flask) -> None:
    browser = app.test_client()
    zipped = browser.get("/help", headers=ZIPPED)
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert int(zipped.headers["Content-Length"]) == len(zipped.data)
    assert b"</html>" in gzip.decompress(zipped.data)


def test_pages_vary_in_size_so_that_their_token_cannot_be_guessed_by_parts(app: Flask) -> None:
    browser = app.test_client()
    sizes = {len(browser.get("/help", headers=ZIPPED).data) for _ in range(20)}
    assert len(sizes) > 5


def test_a_browser_that_asks_for_none_gets_none(app: Flask) -> None:
    plain = app.test_client().get("/help", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert b"</html>" in plain.data


def test_a_style_sheet_is_kept_for_a_year_and_known_again(app: Flask) -> None:
    with app.test_request_context():
        address = asset("css/portal.css")
    browser = app.test_client()
    first = browser.get(address, headers=ZIPPED, buffered=True)
    assert "immutable" in first.headers["Cache-Control"]
    assert len(first.data) < len(gzip.decompress(first.data))
    again = browser.get(address, headers=ZIPPED | {"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert again.status_code == 304
    assert again.data == b""


def test_what_is_shorter_than_the_frame_is_worth_stays_as_it_is(app: Flask) -> None:
    answers = {
        length: app.make_response(("x" * length, 200, {"Content-Type": "text/plain"}))
        for length in (LEAST - 1, LEAST, LEAST + 1)
    }
    with app.test_request_context(headers=ZIPPED):
        encodings = {
            length: app.process_response(answer).headers.get("Content-Encoding")
            for length, answer in answers.items()
        }
    assert encodings == {LEAST - 1: None, LEAST: "gzip", LEAST + 1: "gzip"}
