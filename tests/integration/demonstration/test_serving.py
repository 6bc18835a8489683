"""`portal serve` and `portal seed`: what is made, what is kept, what is said."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from portal.commands.serve import wanted_by_default
from portal.core.config import Settings
from portal.demonstration import making
from portal.demonstration.people import SIGN_INS

PORTAL = Path(sys.executable).with_name("portal")


def _settings(folder: Path) -> Settings:
    return Settings(data_dir=str(folder), secret_key="tests only")


def _environment(folder: Path, port: int) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return clean | {"PORTAL_DATA_DIR": str(folder), "PORTAL_PORT": str(port)}


def _assessments(folder: Path) -> int:
    with sqlite3.connect(folder / "portal.sqlite") as database:
        return int(database.execute("SELECT count(*) FROM assessments").fetchone()[0])


@pytest.mark.parametrize(
    "changes",
    [
        {"host": "0.0.0.0"},  # noqa: S104  the very case that must not be filled
        {"base_url": "https://portal.example.org"},
        {"database_url": "postgresql+psycopg://somewhere/portal"},
        {"secure_cookies": True},
        {"demo": False},
    ],
)
def test_demonstration_data_come_by_themselves_only_on_a_machine_of_ones_own(
    changes: dict[str, str | bool],
) -> None:
    assert wanted_by_default(Settings())
    assert not wanted_by_default(replace(Settings(), **changes))


def test_what_is_interrupted_leaves_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "build", broken)
    with pytest.raises(KeyboardInterrupt):
        making.make_aside(_settings(tmp_path), "small")
    assert making.is_new(_settings(tmp_path))


def test_a_busy_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        done = subprocess.run(
            [PORTAL, "serve"], env=_environment(tmp_path, port), capture_output=True, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(port) in done.stderr
    assert "PORTAL_PORT" in done.stderr
    assert making.is_new(_settings(tmp_path))


def test_serving_twice_keeps_the_data_and_ends_cleanly(tmp_path: Path) -> None:
    making.make_aside(_settings(tmp_path), "small")
    there = _assessments(tmp_path)
    for _ in range(2):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        said, code = _serve_for_a_moment(_environment(tmp_path, port))
        assert code == 0
        assert f"http://127.0.0.1:{port}" in said
        assert all(person.email in said for person in SIGN_INS)
        assert "Traceback" not in said
        assert "Making" not in said
    assert _assessments(tmp_path) == there


def _serve_for_a_moment(environment: dict[str, str]) -> tuple[str, int]:
    process = subprocess.Popen(
        [PORTAL, "serve"],
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    lines = []
    until = time.monotonic() + 180
    while time.monotonic() < until and (line := process.stdout.readline()):
        lines.append(line)
        if SIGN_INS[-1].email in line:
            break
    os.killpg(process.pid, signal.SIGINT)  # what Ctrl-C does: every process of the group
    rest, _ = process.communicate(timeout=120)
    return "".join(lines) + rest, process.returncode


def test_a_database_in_use_is_not_filled(tmp_path: Path) -> None:
    making.make_aside(_settings(tmp_path), "small")
    there = _assessments(tmp_path)
    done = subprocess.run(
        [PORTAL, "seed", "--small"],
        env=_environment(tmp_path, 1),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "empty one" in done.stderr
    assert _assessments(tmp_path) == there
