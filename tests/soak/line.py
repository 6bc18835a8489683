"""A tablet's line to the portal: one kept connection, a cookie, a token, and what can go wrong with it."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}  # as a browser says of a page's own requests
PATIENCE = 30.0  # seconds a tablet waits for an answer


class Unreachable(Exception):
    """No answer came. Whether the portal heard, nobody can tell."""


@dataclass(frozen=True)
class Answer:
    """What the portal said; `wire` is the size of the body as sent."""

    status: int
    body: dict[str, Any]
    wire: int


@dataclass
class Line:
    """HTTP to one port of this machine. Raises Unreachable where no whole answer came."""

    port: int
    cookie: tuple[str, str] | None = None
    token: str = ""
    patience: float = PATIENCE
    asked: int = 0
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def text(self, path: str) -> str:
        """What stands at an address that anybody may ask."""
        response, raw = self._exchange("GET", path, None, {})
        self.hang_up()
        if response.status != 200:
            raise Unreachable(f"{path} answered {response.status}")
        return raw.decode()

    def post(self, path: str, body: Mapping[str, Any], bearer: str = "") -> Answer:
        headers = {"Content-Type": "application/json"}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        return self.send("POST", path, json.dumps(body).encode(), headers)

    def put(self, path: str, body: bytes) -> Answer:
        return self.send("PUT", path, body, {"Content-Type": "application/octet-stream"})

    def send(
        self, method: str, path: str, body: bytes | None = None, more: Mapping[str, str] | None = None
    ) -> Answer:
        headers = {**FROM_OUR_PAGE, "Accept": "application/json", "Accept-Encoding": "gzip", **(more or {})}
        bears = "Authorization" in headers  # a deposit goes without the person's cookie
        if self.cookie is not None and not bears:
            headers["Cookie"] = "=".join(self.cookie)
        if method != "GET" and not bears:
            headers["X-CSRFToken"] = self.token
        self.asked += 1
        try:
            response, raw = self._exchange(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            raise Unreachable(f"{method} {path}: {type(error).__name__}") from error
        for name, morsel in SimpleCookie(response.headers.get("Set-Cookie", "")).items():
            if self.cookie is not None and not bears and name == self.cookie[0]:
                self.cookie = (name, morsel.value)
        zipped = response.headers.get("Content-Encoding") == "gzip"
        return Answer(response.status, _parsed(gzip.decompress(raw) if zipped else raw), len(raw))

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        self._connection.request(method, path, body, dict(headers))
        response = self._connection.getresponse()
        return response, response.read()

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.close()
            self._connection = None


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        told = json.loads(raw)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
