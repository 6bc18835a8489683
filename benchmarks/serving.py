"""The portal and the bare application served as in production, and a client that keeps its connection."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path

from tests.support.loopback import answers, free_port

START_SECONDS = 60
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back; `wire` is the number of bytes of the body as sent."""

    status: int
    text: str
    wire: int
    location: str


class Client:
    """One person's browser, without its drawing."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, path: str, expect: int = 200) -> Answer:
        """Open a page. Raises RuntimeError for another status."""
        return self._send("GET", path, None, expect, {})

    def post(
        self, path: str, data: Mapping[str, str], expect: int = 200, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form."""
        body = urllib.parse.urlencode(data)
        kind = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._send("POST", path, body, expect, kind)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in as a person of the demonstration."""
        token = token_in(self.get("/sign-in").text)
        self.post("/sign-in", {"csrf_token": token, "email": email, "password": password}, expect=302)

    def _send(
        self, method: str, path: str, body: str | None, expect: int, headers: Mapping[str, str]
    ) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {"Accept-Encoding": "gzip", "Cookie": cookie, **headers})
        response = self.connection.getresponse()
        raw = response.read()
        for name, morsel in SimpleCookie(response.headers.get("Set-Cookie", "")).items():
            self.cookies[name] = morsel.value
        zipped = response.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(raw) if zipped else raw).decode(errors="replace")
        if response.status not in (expect, 303 if expect == 302 else expect):
            raise RuntimeError(f"{method} {path} answered {response.status}: {text[:300]}")
        return Answer(response.status, text, len(raw), response.headers.get("Location", ""))


def token_in(page: str) -> str:
    """The form token of a page."""
    found = TOKEN.search(page)
    if found is None:
        raise RuntimeError("The page has no form token")
    return found[1]


@contextmanager
def portal(data_dir: Path) -> Iterator[int]:
    """`portal serve` on a folder's database. Yields the port."""
    port = free_port()
    settings = {"PORTAL_DATA_DIR": str(data_dir), "PORTAL_PORT": str(port), "PORTAL_DATABASE_URL": ""}
    command = [str(Path(sys.executable).with_name("portal")), "serve", "--no-demo"]
    with _running(command, settings, port):
        yield port


@contextmanager
def bare(database: Path) -> Iterator[int]:
    """The bare application (bare.py) on a new database. Yields the port."""
    port = free_port()
    server = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "8", "--log-level", "warning"]
    command = [sys.executable, *server, "--keep-alive", "5", "benchmarks.bare:make()"]
    with _running(command, {"BARE_DATABASE": str(database)}, port):
        yield port


@contextmanager
def _running(command: list[str], settings: Mapping[str, str], port: int) -> Iterator[None]:
    process = subprocess.Popen(
        command, env=os.environ | dict(settings), stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        until = time.monotonic() + START_SECONDS
        while not answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{' '.join(command)} did not start")
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
