"""The proxy does to a line what it was told, at the point it was told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

import pytest

from tests.soak.line import Line, Unreachable
from tests.soak.proxy import Fate, Proxy, lossy, once


class Portal(ThreadingHTTPServer):
    """Stands where the portal would: remembers whose bodies came whole."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[str, int]] = []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        body = self.rfile.read(size)
        if len(body) == size:
            self._answer(body)

    def _answer(self, body: bytes) -> None:
        assert isinstance(self.server, Portal)
        self.server.heard.append((f"{self.command} {self.path}", len(body)))
        self.send_response(200)
        said = b'{"ok": true}'
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def proxy(portal: Portal) -> Iterator[Proxy]:
    with Proxy(portal.server_address[1]) as proxy:
        yield proxy


def test_a_good_line_passes_everything_on(portal: Portal, proxy: Proxy) -> None:
    line = Line(proxy.port)
    assert line.get("/a").body == {"ok": True}
    assert line.post("/b", {"much": "x" * 70_000}).status == 200
    assert [path for path, _ in portal.heard] == ["GET /a", "POST /b"]
    assert proxy.struck == 0
    line.hang_up()


def test_a_lost_reply_was_heard_by_the_portal(portal: Portal, proxy: Proxy) -> None:
    proxy.weather.choose = once(Fate.LOSE_REPLY, "POST", "/b")
    line = Line(proxy.port)
    with pytest.raises(Unreachable):
        line.post("/b", {})
    assert [path for path, _ in portal.heard] == ["POST /b"]
    assert line.post("/b", {}).status == 200
    assert proxy.struck == 1
    line.hang_up()


def test_a_lost_request_was_not(portal: Portal, proxy: Proxy) -> None:
    proxy.weather.choose = once(Fate.LOSE_REQUEST, "POST", "/b")
    line = Line(proxy.port)
    with pytest.raises(Unreachable):
        line.post("/b", {})
    assert portal.heard == []


def test_half_a_body_reaches_nobody_whole(portal: Portal, proxy: Proxy) -> None:
    proxy.weather.choose = once(Fate.CUT_BODY, "POST", "/b")
    line = Line(proxy.port)
    with pytest.raises(Unreachable):
        line.post("/b", {"much": "x" * 70_000})
    assert portal.heard == []


def test_a_half_open_line_ends_by_the_tablets_patience(portal: Portal, proxy: Proxy) -> None:
    proxy.weather.choose = once(Fate.HANG, "GET", "/a")
    line = Line(proxy.port, patience=0.2)
    begun = time.monotonic()
    with pytest.raises(Unreachable):
        line.get("/a")
    assert time.monotonic() - begun < 20  # half a minute is its patience otherwise
    assert [path for path, _ in portal.heard] == ["GET /a"]


def test_a_stopped_port_refuses_and_comes_back(proxy: Proxy) -> None:
    line = Line(proxy.port)
    port = proxy.port
    line.get("/a")
    proxy.fall()
    with pytest.raises(Unreachable):
        line.get("/a")
    proxy.rise()
    assert proxy.port == port
    assert line.get("/a").status == 200
    line.hang_up()


def test_latency_and_speed_are_kept(proxy: Proxy) -> None:
    line = Line(proxy.port)
    proxy.weather.latency = 0.2
    begun = time.monotonic()
    line.get("/a")
    assert time.monotonic() - begun >= 0.2
    line.hang_up()


def test_a_share_of_exchanges_is_lost() -> None:
    choose = lossy(Random(1), 0.3)
    fates = [choose("POST", "/") for _ in range(1000)]
    lost = sum(fate is not Fate.PASS for fate in fates)
    assert 250 < lost < 350
    assert {Fate.LOSE_REQUEST, Fate.LOSE_REPLY} <= set(fates)
