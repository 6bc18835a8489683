"""Portals served by forks of a process that has everything loaded: see fork_server.py."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.house_rules import ROOT

_LOOK_SECONDS = 0.02


@dataclass
class Served:
    """A portal in a process and a process group of its own, with what is used of subprocess.Popen."""

    pid: int
    returncode: int | None = None

    def poll(self) -> int | None:
        """What it ended with; None while it runs."""
        if self.returncode is None:
            self.returncode = _server().ask({"look": self.pid})
        return self.returncode

    def wait(self, timeout: float) -> int:
        """What it ends with. Raises subprocess.TimeoutExpired after so many seconds."""
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("portal serve", timeout)
            time.sleep(_LOOK_SECONDS)
        return code

    def terminate(self) -> None:
        """Ask it to end."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


def serve(environment: Mapping[str, str], log: Path) -> Served:
    """Start `portal serve` with an environment; what it says is added to the log."""
    pid: int = _server().ask({"serve": dict(environment), "log": str(log)})
    return Served(pid)


class _Server:
    """The process that forks; one for each process of the run, made on first use."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.fork_server"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        atexit.register(self._close)

    def ask(self, order: dict[str, Any]) -> Any:
        """Give an order. Returns the answer; raises RuntimeError where the process has ended."""
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        with self._turn:
            asking.write(json.dumps(order) + "\n")
            asking.flush()
            answer = answering.readline()
        if not answer:
            raise RuntimeError("The process that forks portals has ended: what it said is above")
        return json.loads(answer)

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(timeout=60)


@cache
def _server() -> _Server:
    return _Server()
