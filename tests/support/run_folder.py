"""One folder per test run, shared by all its processes.

Under pytest-xdist the controlling process makes it and the workers, its children, find it by their
environment. What is costly (a database server, a migrated template) is made once in it, by whichever
process asks first.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

VARIABLE = "PORTAL_TEST_RUN_FOLDER"
MEMORY = Path("/dev/shm")  # noqa: S108  the folder of a run is made with mkdtemp, like any other
ENOUGH = 2 * 1024**3  # bytes: the databases of two workers and a PostgreSQL server, with room to spare


def root() -> Path:
    """Where a run's files go: memory where the machine has a folder of it with room, else the disk.

    Thousands of databases are copied and dropped in a run; on a busy disk that is most of its time.
    """
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH
    return MEMORY if roomy else Path(tempfile.gettempdir())


def make() -> Path:
    """Make the folder of this run. Others may enter, so that the postgres user reaches its data."""
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-", dir=root()))
    folder.chmod(0o755)
    os.environ[VARIABLE] = str(folder)
    return folder


def folder() -> Path:
    """The folder of this run."""
    return Path(os.environ[VARIABLE])


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold a lock of this run, across processes."""
    with (folder() / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def once(name: str, make_it: Callable[[], Any]) -> Any:
    """The JSON-able result of `make_it`, called by the first process of the run that asks.

    A failure is kept and raised as RuntimeError for the later ones too: none waits for the same again.
    """
    kept = folder() / f"{name}.json"
    with locked(name):
        if not kept.exists():
            try:
                outcome = {"made": make_it()}
            except Exception as error:
                kept.write_text(json.dumps({"failed": f"{type(error).__name__}: {error}"}))
                raise
            kept.write_text(json.dumps(outcome))
    outcome = json.loads(kept.read_text())
    if "failed" in outcome:
        raise RuntimeError(f"{name} failed earlier in this run: {outcome['failed']}")
    return outcome["made"]


def made_already(name: str) -> Any | None:
    """What `once` made under this name, or None if it was never asked or failed."""
    kept = folder() / f"{name}.json"
    return json.loads(kept.read_text()).get("made") if kept.exists() else None
