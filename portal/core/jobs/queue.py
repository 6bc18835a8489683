"""Writing jobs, and taking them one at a time.

    enqueue("reports.pdf", {"assessment_id": str(id)})     # inside act() or operational()

A handler is named by its kind in a table that the features build; it gets the payload and must bear
being called twice (a worker may die after the work and before the job is marked done).
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import and_, event, or_, select, update
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs.models import Job, JobState
from portal.core.rules.retrying import wait_after

Handler = Callable[[dict[str, Any]], None]
EXTENSION = "portal_jobs"
_WRITTEN = "portal_job_written"
SAID_EVERY = 1.0  # seconds
LEASE = timedelta(minutes=15)  # a job running for longer has lost its worker
wake = threading.Event()


@dataclass
class Progress:
    """The job that this thread does, and when it last said how far it is."""

    job: Job
    said: float = 0.0

    def is_due(self, done: int, total: int) -> bool:
        now = time.monotonic()
        if done < total and now - self.said < SAID_EVERY:
            return False
        self.said = now
        return True


_under_way: ContextVar[Progress | None] = ContextVar("portal_job_under_way", default=None)


def init_app(app: Flask, handlers: Mapping[str, Handler]) -> None:
    """Give the app its table of handlers."""
    app.extensions[EXTENSION] = dict(handlers)


def handlers() -> dict[str, Handler]:
    """The app's handlers by kind."""
    found: dict[str, Handler] = current_app.extensions[EXTENSION]
    return found


def enqueue(kind: str, payload: Mapping[str, Any], due_at: datetime | None = None) -> uuid.UUID:
    """Write a job in the verb's transaction. Raises LookupError for a kind that nobody handles."""
    if kind not in handlers():
        raise LookupError(f"No feature handles jobs of the kind {kind!r}")
    now = clock.now()
    job = Job(id=uuid.uuid4(), kind=kind, payload=dict(payload), created_at=now, due_at=due_at or now)
    db.session.add(job)
    _wake_after_commit()
    return job.id


def take() -> Job | None:
    """Claim the job that is due first, or None. One statement, so that no two workers get the same."""
    now = clock.now()
    queued = and_(Job.state == JobState.QUEUED, Job.due_at <= now)
    orphaned = and_(Job.state == JobState.RUNNING, Job.started_at < now - LEASE)
    due = select(Job.id).where(or_(queued, orphaned)).order_by(Job.due_at, Job.id).limit(1)
    if db.session.execute(due).first() is None:  # reading only: no write lock is taken while idle
        db.session.rollback()
        return None
    claim = (
        update(Job)
        .where(Job.id == due.with_for_update(skip_locked=True).scalar_subquery(), or_(queued, orphaned))
        .values(state=JobState.RUNNING, attempts=Job.attempts + 1, started_at=now, done=0, total=None)
        .returning(Job)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    with operational() as database:
        job = database.execute(claim).scalar_one_or_none()
        if job is not None:
            database.expunge(job)
        return job


def do(job: Job) -> None:
    """Have a taken job done by its handler. Raises what that raises."""
    token = _under_way.set(Progress(job))
    try:
        handlers()[job.kind](dict(job.payload))
    finally:
        _under_way.reset(token)


def progress(done: int, total: int) -> None:
    """For handlers of long jobs, between two of its parts: so many of so many are done.

    Written once a second at most, and at the end. Outside a job it does nothing: commands call the same code.
    """
    under_way = _under_way.get()
    if under_way is not None and under_way.is_due(done, total):
        _settle(under_way.job, done=done, total=total)


def finish(job: Job) -> None:
    """Mark a taken job done and forget its payload. Does nothing if another worker has taken it since."""
    _settle(job, state=JobState.DONE, finished_at=clock.now(), payload={}, error="")


def fail(job: Job, error: Exception) -> None:
    """Put a taken job back for later, or give it up after the last attempt."""
    wait = wait_after(job.attempts)
    now = clock.now()
    kind = type(error).__name__[:120]
    if wait is None:
        _settle(job, state=JobState.FAILED, finished_at=now, error=kind)
    else:
        _settle(job, state=JobState.QUEUED, due_at=now + wait, error=kind)


def requeue(job_id: uuid.UUID) -> bool:
    """Try a failed job from the start. Call inside a verb. False where it is not a failed one."""
    query = update(Job).where(Job.id == job_id, Job.state == JobState.FAILED)
    values = {"state": JobState.QUEUED, "attempts": 0, "due_at": clock.now(), "finished_at": None}
    done = db.session.execute(query.values(**values).returning(Job.id)).first()
    _wake_after_commit()
    return done is not None


def _wake_after_commit() -> None:
    """A worker that is woken before the commit finds nothing, and sleeps its two seconds again."""
    db.session().info[_WRITTEN] = True


def _on_commit(session: Session) -> None:
    if session.info.pop(_WRITTEN, False):
        wake.set()


def _on_rollback(session: Session) -> None:
    session.info.pop(_WRITTEN, None)


event.listen(Session, "after_commit", _on_commit)
event.listen(Session, "after_rollback", _on_rollback)


def _settle(job: Job, **values: Any) -> None:
    still_ours = and_(Job.id == job.id, Job.state == JobState.RUNNING, Job.attempts == job.attempts)
    with operational() as database:
        database.execute(update(Job).where(still_ours).values(**values))
