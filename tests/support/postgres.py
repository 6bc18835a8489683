"""A PostgreSQL server for the tests: the one named by TEST_DATABASE_URL, or one from Debian's binaries."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import run_folder

_FAST = {
    # Nothing here outlives the run, so nothing need survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
}


class NoPostgres(RuntimeError):
    """No PostgreSQL can be had; the message says why in one line."""


def server_url() -> str:
    """SQLAlchemy address of the server, started on first use. Raises NoPostgres."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        return named
    if not _binaries():
        raise NoPostgres(
            "PostgreSQL is missing: install postgresql-15 (`make setup` as root) or set TEST_DATABASE_URL"
        )
    state = run_folder.once("postgresql-server", _start)
    return f"postgresql+psycopg://portal@/postgres?host={state['folder']}"


def demand() -> None:
    """For a test on PostgreSQL: without a server it is skipped with the reason, in CI it fails."""
    try:
        server_url()
    except (NoPostgres, RuntimeError) as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"PostgreSQL must be there in CI. {reason}", pytrace=False)
        pytest.skip(str(reason))


def stop() -> None:
    """Stop the server if this run started one."""
    state = run_folder.made_already("postgresql-server")
    if state is not None:
        _as_postgres([_binary("pg_ctl"), "-D", f"{state['folder']}/data", "-m", "immediate", "-w", "stop"])


def _binaries() -> Path | None:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: float(path.parts[4]))
    if versions:
        return versions[-1].parent
    on_path = shutil.which("pg_ctl")
    return Path(on_path).resolve().parent if on_path else None


def _binary(name: str) -> str:
    return str((_binaries() or Path()) / name)


def _as_postgres(command: list[str]) -> None:
    """PostgreSQL refuses to run as root, so root hands over to Debian's postgres user."""
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, timeout=60)
    if done.returncode != 0:
        raise NoPostgres(f"{Path(command[-1]).name}: {(done.stderr or done.stdout).strip()[-300:]}")


def _start() -> dict[str, str]:
    folder = run_folder.folder() / "postgresql"
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, log = f"{folder}/data", f"{folder}/log"
    _as_postgres(
        [_binary("initdb"), "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    )
    options = " ".join(f"-c {name}='{value}'" for name, value in _FAST.items())
    _as_postgres([_binary("pg_ctl"), "-D", data, "-l", log, "-w", "-o", f"{options} -k {folder}", "start"])
    return {"folder": str(folder)}
