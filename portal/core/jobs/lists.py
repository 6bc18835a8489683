"""Reads of jobs and mails for administrators. The payload of a job is not among them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from portal.core.db import db
from portal.core.jobs.models import Job, JobState, Mail
from portal.core.rules.paging import Paging


def jobs(state: JobState | None, page: str | None) -> tuple[Sequence[Job], Paging]:
    """One page of jobs, newest first; of one state where one is given."""
    wanted = Job.id.is_not(None) if state is None else Job.state == state
    total = db.session.execute(select(func.count()).select_from(Job).where(wanted)).scalar_one()
    paging = Paging.of(page, total)
    query = select(Job).where(wanted).order_by(Job.created_at.desc(), Job.id)
    return db.session.scalars(query.limit(paging.size).offset(paging.offset)).all(), paging


def job_counts() -> dict[JobState, int]:
    """How many jobs there are in each state."""
    query = select(Job.state, func.count()).group_by(Job.state)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: found.get(state, 0) for state in JobState}


def mails(page: str | None) -> tuple[Sequence[Mail], Paging]:
    """One page of mails, newest first."""
    total = db.session.execute(select(func.count()).select_from(Mail)).scalar_one()
    paging = Paging.of(page, total)
    query = select(Mail).order_by(Mail.created_at.desc(), Mail.id)
    return db.session.scalars(query.limit(paging.size).offset(paging.offset)).all(), paging
