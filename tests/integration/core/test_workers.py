"""`portal worker`: several processes beside each other on PostgreSQL, none on SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db
from portal.core.jobs.models import Job, JobState, Mail, MailState
from portal.core.mail import send_mail

WORKERS, MAILS = 2, 30
PATIENCE = 90  # seconds: two processes start on a machine that tests other things


def command(app: Flask) -> tuple[list[str], dict[str, str]]:
    settings: Settings = app.config["SETTINGS"]
    told = {
        "PORTAL_DATABASE_URL": settings.database_url,
        "PORTAL_DATA_DIR": settings.data_dir,
        "PORTAL_SECRET_KEY": settings.secret_key,
    }
    return [str(Path(sys.executable).parent / "portal"), "worker"], os.environ | told


def unfinished() -> int:
    db.session.rollback()
    query = select(func.count()).select_from(Job).where(Job.state != JobState.DONE)
    return db.session.execute(query).scalar_one()


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_several_workers_share_the_jobs_and_do_each_once(app: Flask) -> None:
    with operational():
        for number in range(MAILS):
            send_mail(f"person{number}@example.org", "Subject", "Text")
    call, environment = command(app)
    workers = [
        subprocess.Popen(call, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(WORKERS)
    ]
    try:
        until = time.monotonic() + PATIENCE
        while unfinished() and time.monotonic() < until:
            time.sleep(0.1)
        assert all(one.poll() is None for one in workers), "a worker ended by itself"
    finally:
        for one in workers:
            one.terminate()
            one.wait(timeout=PATIENCE)
    assert unfinished() == 0
    mail_jobs = select(Job.attempts).where(Job.kind == "mail.send")
    assert list(db.session.execute(mail_jobs).scalars()) == [1] * MAILS
    kept = select(func.count()).select_from(Mail).where(Mail.state == MailState.KEPT)
    assert db.session.execute(kept).scalar_one() == MAILS


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_on_sqlite_a_worker_of_its_own_is_refused_with_the_reason(app: Flask) -> None:
    call, environment = command(app)
    done = subprocess.run(
        call, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 2
    assert "needs PostgreSQL" in done.stderr
