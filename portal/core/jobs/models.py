"""Jobs and mails: rows that a verb writes in its own transaction and a worker picks up."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class MailState(StrEnum):
    """Where a mail stands. KEPT: there is no mail server, so administrators pass it on."""

    QUEUED = "queued"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"


class Job(Identified, Model):
    """Something to do after the commit. The payload is emptied when it is done."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_due_at", "state", "due_at"),)

    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(EnumText(JobState), default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(120), default="")  # the kind of error, never its text
    done: Mapped[int] = mapped_column(default=0)  # of `total`, in this attempt
    total: Mapped[int | None]  # None: it is done in one go


class DailyRun(Model):
    """A job that is done once a UK day was written for that day."""

    __tablename__ = "daily_runs"

    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)


class Mail(Identified, Model):
    """A mail in the outbox. Its text is emptied when it is sent: it may hold a link that opens an account.

    `html` and `unsubscribe`: of mails of a list.
    """

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_created_at", "created_at"),)

    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    unsubscribe: Mapped[str | None] = mapped_column(String(500))
    state: Mapped[MailState] = mapped_column(EnumText(MailState), default=MailState.QUEUED)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
