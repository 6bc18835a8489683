"""Responses go over the wire compressed.

Pages are compressed as they are made, each with a name of random length inside the gzip frame: a page
holds a form token, and sizes that vary hide what an attacker would learn by guessing parts of it
(BREACH; “Heal the BREACH”, IEEE Access 2022, which Django follows too). Styles and scripts do not
change between requests and are compressed once.
"""

from __future__ import annotations

import gzip
import io
import secrets
from functools import lru_cache

from flask import Flask, Response, request

LEAST = 1024  # bytes; below it the frame costs more than it saves
MOST_PADDING = 100  # letters of the random name
PAGE_LEVEL, ASSET_LEVEL = 6, 9
KINDS = frozenset(
    {
        "application/javascript",
        "application/json",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)


def _compressed(body: bytes) -> bytes:
    out = io.BytesIO()
    name = "a" * secrets.randbelow(MOST_PADDING)
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=PAGE_LEVEL, fileobj=out, mtime=0) as file:
        file.write(body)
    return out.getvalue()


@lru_cache(maxsize=256)
def _compressed_asset(body: bytes) -> bytes:
    return gzip.compress(body, ASSET_LEVEL, mtime=0)


def _compress(response: Response) -> Response:
    if response.mimetype not in KINDS or response.headers.get("Content-Encoding"):
        return response
    response.vary.add("Accept-Encoding")
    plain = request.method == "HEAD" or request.range or not request.accept_encodings["gzip"]
    if plain or response.status_code != 200:
        return response
    asset = request.endpoint == "static"
    if response.is_streamed and not asset:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < LEAST:
        return response
    etag = response.get_etag()[0]
    response.set_data(_compressed_asset(body) if asset else _compressed(body))
    response.headers["Content-Encoding"] = "gzip"
    if etag:
        response.set_etag(etag, weak=True)  # the same content in another dress: a browser's 304 still works
    return response


def init_app(app: Flask) -> None:
    app.after_request(_compress)
