"""The portal as it is served: `portal serve` in a process of its own, on a free loopback port."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, session
from sqlalchemy import select

from portal.accounts import sign_in
from portal.accounts.models import Person
from portal.core.db import db
from tests.support import compiled_once, databases, forked, run_folder
from tests.support.loopback import answers, free_port

_START_SECONDS = 90  # on a machine busy with other work it has taken over 30
_FAREWELL_SECONDS = 30


@dataclass(frozen=True)
class Site:
    """A running portal, and an app on the same database for what a test wants to know or prepare."""

    url: str
    app: Flask

    def cookie_for(self, email: str) -> tuple[str, str]:
        """Name and value of the cookie with which a browser is this person."""
        with self.app.test_request_context():
            sign_in.begin(db.session.scalars(select(Person.id).where(Person.email == email)).one())
            serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]  # Flask's own interface has it
            value: str = serializer.dumps(dict(session))
            return str(self.app.config["SESSION_COOKIE_NAME"]), value


@contextmanager
def serving(database_url: str, data_dir: Path, *, worker: bool = True) -> Iterator[Site]:
    """Serve a database until the block ends, doing its jobs unless `worker` is False.

    Raises RuntimeError with the log if it does not start.
    """
    settings = databases.settings_for(database_url, data_dir)
    port = free_port()
    environment = os.environ | {
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_DATA_DIR": settings.data_dir,
        "PORTAL_SECRET_KEY": settings.secret_key,
        "PORTAL_PORT": str(port),
        "PORTAL_EMBEDDED_WORKER": "true" if worker else "false",
    }
    data_dir.mkdir(parents=True, exist_ok=True)
    share_templates(data_dir)
    log_path = data_dir / "server.log"
    process = forked.serve(environment, log_path)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(port, process, log_path)
        with databases.closing(compiled_once.portal(settings)) as app:
            yield Site(url, app)
    finally:
        _end(process)
        said = log_path.read_text()
        if "Traceback" in said:
            sys.stderr.write(said[-4000:])  # pytest shows it with the test that failed


def share_templates(data_dir: Path) -> None:
    """Let a portal find the templates that another one of the run has compiled."""
    own, shared = data_dir / "templates", run_folder.folder() / "served-templates"
    shared.mkdir(exist_ok=True)
    if not own.exists():
        own.symlink_to(shared)


def _end(process: forked.Served) -> None:
    """A farewell in good order waits seconds for a browser's connections, and nothing of it is wanted."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=_FAREWELL_SECONDS)


def _wait(port: int, process: forked.Served, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if answers(port):
            return
        time.sleep(0.02)
    raise RuntimeError(f"The portal did not start: {log.read_text()[-2000:]}")
