"""The pages of jobs and mails, one's own account, and the first administrator from the command line."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules.throttle import LIMITS, Level
from portal.accounts.service.throttling import TooManyTries, count_try
from portal.commands import people as commands
from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs import worker
from portal.core.jobs.models import Job, JobState, Mail, MailState
from tests.support.page_client import PageClient


def test_a_failed_job_is_tried_again_from_its_page(world: Any, ada: PageClient) -> None:
    with operational():
        job = db.session.scalars(select(Job)).first()
        assert job is not None
        job.state, job.attempts, job.error = JobState.FAILED, 5, "OSError"
    page = ada.get("/administration/jobs?state=failed")
    assert "OSError" in page.table("1 job, newest first")[1][4]
    ada.submit(f"/administration/jobs/{job.id}/retry")
    assert world.verbs()[-1] == "job.retry"
    assert db.session.get_one(Job, job.id, populate_existing=True).state is JobState.QUEUED


def test_a_job_that_has_not_failed_is_not_tried_again(world: Any, ada: PageClient) -> None:
    job_id = db.session.scalars(select(Job.id)).first()
    page = ada.get("/administration/jobs")
    token = page.form("/sign-out").find("input")["value"]  # type: ignore[index]  # every form has a token
    ada.post(f"/administration/jobs/{job_id}/retry", {"csrf_token": token}, expect=409)
    assert "No job is failed." in ada.get("/administration/jobs?state=failed").text


def test_the_payload_of_a_job_is_on_no_page(world: Any, ada: PageClient) -> None:
    mail_id = db.session.scalars(select(Mail.id)).first()
    assert str(mail_id) not in ada.get("/administration/jobs").response.text


def test_a_kept_mail_shows_its_link_and_a_sent_one_no_text(world: Any, ada: PageClient) -> None:
    worker.run_all()
    link = world.links("sam")[0]
    mail = db.session.scalars(select(Mail).where(Mail.recipient == world.email("sam"))).one()
    assert "Kept" in ada.get("/administration/outbox").text
    assert link in ada.get(f"/administration/outbox/{mail.id}").text
    with operational():
        sent = db.session.get_one(Mail, mail.id)
        sent.state, sent.text = MailState.SENT, ""
    assert "The text was forgotten" in ada.get(f"/administration/outbox/{mail.id}").text


@pytest.mark.parametrize("path", ["/administration/jobs", "/administration/outbox"])
@pytest.mark.parametrize("who", ["petra", "sam", "eve"])
def test_jobs_and_mails_are_for_administrators(world: Any, client: PageClient, path: str, who: str) -> None:
    client.sign_in(world.email(who))
    client.get(path, expect=403)
    mail_id = db.session.scalars(select(Mail.id)).first()
    client.get(f"/administration/outbox/{mail_id}", expect=404)


def test_the_account_page_shows_roles_and_open_sign_ins(world: Any, client: PageClient) -> None:
    PageClient(client.app).sign_in(world.email("eve"))
    client.sign_in(world.email("eve"))
    page = client.get("/account")
    assert "Expert implementation and support manager, Supplier (London)" in page.text
    rows = page.table("Where you are signed in")
    assert len(rows) == 3
    assert sum("This one" in row[0] for row in rows) == 1


def test_tries_at_one_moment_cannot_all_slip_under_the_limit(world: Any, app: Flask) -> None:
    def one_try(_number: int) -> bool:
        with app.app_context():
            try:
                count_try(world.email("sam"), "10.0.0.9")
            except TooManyTries:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(one_try, range(24)))
    assert passed == LIMITS[Level.PAIR].failures


def test_the_first_administrator_comes_from_the_command_line(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "application", lambda: app)
    done = CliRunner().invoke(commands.people, ["add-administrator", "Ann@Example.org", "Ann Li"])
    assert done.exit_code == 0
    client.get("/" + done.output.strip().split("/", 3)[3])
    client.submit(password="green copper window tale")
    client.get("/people")
    again = CliRunner().invoke(commands.people, ["add-administrator", "ann@example.org", "Ann Li"])
    assert (again.exit_code, again.stderr) == (
        2,
        "portal: Somebody has this address already. Find them and add a role\n",
    )
    listed = CliRunner().invoke(commands.people, ["list"])
    assert "ann@example.org" in listed.output
    assert "Administrator, Operator of the portal" in listed.output
