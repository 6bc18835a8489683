"""A process that has the portal loaded, and becomes a served portal as often as it is asked.

Loading takes seconds of a processor, and a run serves well over a hundred portals: each is a fork of this
process. It runs the command that people run, `portal serve`, in an environment of its own.

One JSON value a line: {"serve": environment, "log": path} is answered with the process id of a new portal,
{"look": process id} with what it ended with, or null while it runs.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import traceback
from typing import Any

import gunicorn.arbiter
import gunicorn.workers.gthread

import portal.commands.serve
from portal.cli import main as portal_command

_LOADED = (gunicorn.arbiter, gunicorn.workers.gthread, portal.commands.serve)  # before the first fork
_COMMAND = ("portal", "serve", "--no-demo")


def main() -> None:
    """Obey until whoever asks has gone; then every portal is ended."""
    gc.freeze()  # a fork that collects garbage would copy the memory that it shares
    running: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "serve" in order:
            answer: int | None = _serve(order)
            running.add(answer or 0)
        else:
            answer = _look(order["look"])
            if answer is not None:
                running.discard(order["look"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for pid in running:
        with contextlib.suppress(ProcessLookupError):  # it has ended, or is not yet a group of its own
            os.killpg(pid, signal.SIGKILL)  # one that is told to end while it starts may not hear it


def _serve(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            _become_a_portal(order["serve"], order["log"])
        except BaseException:  # noqa: BLE001  the log tells what it was
            traceback.print_exc()
        finally:
            os._exit(1)  # what begins here must never come back to the loop
    return pid


def _become_a_portal(environment: dict[str, str], log: str) -> None:
    os.setsid()  # a kill of its group reaches the workers and nobody else
    nothing, said = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number, opened in enumerate((nothing, said, said)):
        os.dup2(opened, number)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = list(_COMMAND)
    try:
        portal_command()
    except SystemExit as end:
        sys.stderr.write(f"{end.code}\n" if isinstance(end.code, str) else "")
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)


def _look(pid: int) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


if __name__ == "__main__":
    main()
