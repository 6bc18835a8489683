"""A loopback proxy that does to HTTP what a clinic's network does: loses, delays, cuts, hangs, goes away.

Requests and answers are passed on whole, one at a time for each connection, so that a fault strikes at a
known point: before the portal heard, or after it committed and before the tablet heard of it.
"""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO, Self

from tests.soak.http_parts import Message, read_message

LISTEN = 64  # connections that may wait


class Fate(StrEnum):
    """What becomes of one request."""

    PASS = "pass"
    LOSE_REQUEST = "lose-request"  # the portal never hears of it
    LOSE_REPLY = "lose-reply"  # the portal did it, the tablet never hears
    CUT_BODY = "cut-body"  # half of the body reaches the portal, then the line is gone
    HANG = "hang"  # passed on, but the line stays open and silent: half-open


@dataclass
class Weather:
    """How bad the line is. `choose` says a request's fate; None for a good line."""

    choose: Callable[[str, str], Fate] | None = None
    latency: float = 0.0  # seconds added to each exchange
    bytes_per_second: float = 0.0  # of answers; 0 for as fast as it goes
    up: bool = True  # False: nobody answers, connections are refused

    def fate(self, method: str, path: str) -> Fate:
        return self.choose(method, path) if self.choose else Fate.PASS


def lossy(chance: random.Random, share: float) -> Callable[[str, str], Fate]:
    """Lose this share of exchanges, half of them only after the portal has committed."""

    def choose(_method: str, _path: str) -> Fate:
        if chance.random() >= share:
            return Fate.PASS
        return chance.choice((Fate.LOSE_REQUEST, Fate.LOSE_REPLY))

    return choose


def once(fate: Fate, method: str, prefix: str) -> Callable[[str, str], Fate]:
    """Give the first matching request this fate; everything after it passes."""
    lock, left = threading.Lock(), [1]

    def choose(asked: str, path: str) -> Fate:
        with lock:
            if left[0] and asked == method and path.startswith(prefix):
                left[0] -= 1
                return fate
        return Fate.PASS

    return choose


@dataclass
class Proxy:
    """The line between a tablet and the portal at `upstream` (a loopback port)."""

    upstream: int
    weather: Weather = field(default_factory=Weather)
    port: int = 0
    struck: int = 0  # how often a fate other than PASS was dealt
    passed_bytes: int = 0  # of answers, head and body
    _free_at: float = 0.0  # when the line has sent what was given to it, where it has a speed
    _listener: socket.socket | None = None
    _open: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.rise()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.fall()

    def rise(self) -> None:
        """Begin to listen: on the same port as before, if there was one."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(LISTEN)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def fall(self) -> None:
        """Stop the port and cut every connection in the middle of whatever it does."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept
            listener.close()
        self._cut()

    def lead_to(self, upstream: int) -> None:
        """Another portal answers from now on: what was open to the one before ends with it."""
        self.upstream = upstream
        self._cut()

    def _cut(self) -> None:
        with self._lock:
            cut, self._open = self._open, set()
        for one in cut:
            _hang_up(one)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if not self.weather.up:
                _hang_up(client)
                continue
            with self._lock:
                self._open.add(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server: socket.socket | None = None
        try:
            server = socket.create_connection(("127.0.0.1", self.upstream), timeout=120)
            with self._lock:
                self._open.add(server)
            source, answers = client.makefile("rb"), server.makefile("rb")
            while self._exchange(client, server, source, answers):
                pass
        except (OSError, ValueError):
            pass  # a side hung up: that is what lines do
        finally:
            for one in (client, server):
                if one is not None:
                    with self._lock:
                        self._open.discard(one)
                    _hang_up(one)

    def _exchange(
        self, client: socket.socket, server: socket.socket, source: BinaryIO, answers: BinaryIO
    ) -> bool:
        """Pass on one request and its answer. Returns whether the connection lives on."""
        request = read_message(source)
        if request is None:
            return False
        method, path = request.start.split(" ")[:2]
        fate = self.weather.fate(method, path) if self.weather.up else Fate.LOSE_REQUEST
        if fate is not Fate.PASS:
            self.struck += 1
        time.sleep(self.weather.latency / 2)
        if fate is Fate.LOSE_REQUEST:
            return False
        if fate is Fate.CUT_BODY:
            server.sendall(request.head + request.body[: len(request.body) // 2])
            return False
        server.sendall(request.raw)
        answer = read_message(answers, answer_to=method)
        if answer is None or fate is Fate.LOSE_REPLY or not self.weather.up:
            return False
        if fate is Fate.HANG:
            source.read(1)  # until the tablet gives up
            return False
        time.sleep(self.weather.latency / 2)
        self._pass_back(client, answer)
        return not answer.closes

    def _pass_back(self, client: socket.socket, answer: Message) -> None:
        self.passed_bytes += len(answer.raw)
        speed = self.weather.bytes_per_second
        if not speed:
            client.sendall(answer.raw)
            return
        step = max(int(speed / 20), 1)
        for start in range(0, len(answer.raw), step):
            part = answer.raw[start : start + step]
            with self._lock:  # the connections share the line
                self._free_at = max(self._free_at, time.monotonic()) + len(part) / speed
                wait = self._free_at - time.monotonic()
            time.sleep(max(wait, 0))
            client.sendall(part)


def _hang_up(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
