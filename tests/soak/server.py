"""The portal as a process that can be killed: `portal serve` on a given database and port."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from portal.core.config import Settings
from tests.support import forked
from tests.support.loopback import answers, free_port

START_SECONDS = 120  # a busy machine
FAREWELL_SECONDS = 20


@dataclass
class Server:
    """One portal. Its process group is its own, so that a kill reaches the workers and nobody else."""

    settings: Settings
    log: Path
    more: Mapping[str, str] = field(default_factory=dict)  # environment of its own
    port: int = 0
    starts: int = 0
    kills: int = 0
    _process: subprocess.Popen[bytes] | forked.Served | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.stop()

    def start(self) -> None:
        """Serve, on the same port as before. Raises RuntimeError with the log if it does not start."""
        self.port = self.port or free_port()
        environment = os.environ | {
            "PORTAL_DATABASE_URL": self.settings.database_url,
            "PORTAL_DATA_DIR": self.settings.data_dir,
            "PORTAL_SECRET_KEY": self.settings.secret_key,
            "PORTAL_PORT": str(self.port),
            "PORTAL_EMBEDDED_WORKER": "false",
            **self.more,
        }
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if "PYTHONPATH" in self.more:  # another version of the portal: it is loaded anew
            self._process = self._started(environment)
        else:
            self._process = forked.serve(environment, self.log)
        self.starts += 1
        self._wait()

    def _started(self, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        command = [str(Path(sys.executable).parent / "portal"), "serve", "--no-demo"]
        with self.log.open("a") as log:
            return subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def kill(self) -> None:
        """SIGKILL everything of it at once: no farewell, no rollback, no flush."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=FAREWELL_SECONDS)
            self._process = None
            self.kills += 1

    def kill_worker(self) -> None:
        """SIGKILL the processes that answer requests; their master puts new ones in their place."""
        assert self._process is not None
        for child in _children(self._process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.kills += 1

    def revive(self) -> None:
        """Serve again after a kill of either kind."""
        if self._process is None:
            self.start()
        else:
            self._wait()

    def stop(self) -> None:
        """End it in good order."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        process = self._process
        while process is not None and time.monotonic() < until and process.poll() is None:
            if answers(self.port):
                return
            time.sleep(0.02)
        raise RuntimeError(f"The portal did not start: {self.log.read_text()[-2000:]}")


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(one) for one in listed.split()]
