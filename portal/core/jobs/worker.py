"""The worker: takes due jobs one after the other. A thread of the web process, or a process of its own."""

from __future__ import annotations

import logging
import os
import threading

from flask import Flask

from portal.core.db import db
from portal.core.jobs import daily, queue

log = logging.getLogger("portal.jobs")
IDLE_SECONDS = 2.0
_started: dict[int, threading.Thread] = {}  # by process id: a fork starts its own


def run_one() -> bool:
    """Take and do one job. False when none is due. A handler's error never leaves here."""
    job = queue.take()
    if job is None:
        return False
    try:
        queue.do(job)
    except Exception as error:  # noqa: BLE001  whatever a handler raises, the worker goes on
        db.session.rollback()
        queue.fail(job, error)
        log.warning(
            "job %s of kind %s failed, attempt %s: %s", job.id, job.kind, job.attempts, type(error).__name__
        )
    else:
        queue.finish(job)
    return True


def run_all(limit: int = 1000) -> int:
    """Do all that is due now, at most `limit` jobs. Returns how many (for tests and commands)."""
    done = 0
    while done < limit and run_one():
        done += 1
    return done


def run_forever(app: Flask, stop: threading.Event) -> None:
    """Work until `stop` is set, looking again every two seconds and whenever a job was written here."""
    while not stop.is_set():
        queue.wake.clear()
        try:
            with app.app_context():
                daily.look()
                busy = run_one()
        except Exception:  # the database may be away for a while: wait and look again
            log.exception("the worker could not reach its jobs")
            busy = False
        if not busy:
            queue.wake.wait(IDLE_SECONDS)


def start_embedded(app: Flask) -> threading.Thread:
    """Start the worker as a thread of this process, once. Call after any fork."""
    thread = _started.get(os.getpid())
    if thread is None or not thread.is_alive():
        thread = threading.Thread(target=run_forever, args=(app, threading.Event()), name="jobs", daemon=True)
        _started[os.getpid()] = thread
        thread.start()
    return thread


def serve(app: Flask) -> None:
    """Work until interrupted: what `portal worker` does."""
    stop = threading.Event()
    try:
        run_forever(app, stop)
    except KeyboardInterrupt:
        stop.set()
