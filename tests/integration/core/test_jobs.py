"""Jobs and mails: written with the verb, taken once, tried again, seen by administrators."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Self

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL
from portal.core import clock, mail
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.jobs import queue, worker
from portal.core.jobs.models import Job, JobState, Mail, MailState
from tests.support.racing import PATIENCE
from tests.support.statements import recorded

DONE: list[dict[str, Any]] = []


@pytest.fixture
def kinds(app: Flask) -> dict[str, Callable[[dict[str, Any]], None]]:
    """The app's table of handlers, with three of the tests' own."""
    DONE.clear()

    def break_down(payload: dict[str, Any]) -> None:
        raise ValueError("the text names somebody@example.org")

    table = queue.handlers()
    table.update({"note": DONE.append, "break": break_down})
    return table


def write(kind: str, **payload: Any) -> uuid.UUID:
    with operational():
        return queue.enqueue(kind, payload)


def job(job_id: uuid.UUID) -> Job:
    db.session.expire_all()
    return db.session.get_one(Job, job_id)


def test_a_job_is_done_once_and_its_payload_forgotten(kinds: Any) -> None:
    job_id = write("note", words="hello")
    assert worker.run_all() == 1
    assert worker.run_all() == 0
    assert DONE == [{"words": "hello"}]
    assert (job(job_id).state, job(job_id).payload) == (JobState.DONE, {})


def test_the_worker_is_woken_by_the_commit_and_not_before(kinds: Any) -> None:
    """Woken earlier it would find nothing, and sleep its two seconds while somebody waits for a paper."""
    queue.wake.clear()
    with act(PORTAL, "tests.verb", ("test", "1")):
        queue.enqueue("note", {})
        db.session.flush()
        assert not queue.wake.is_set()
    assert queue.wake.is_set()
    queue.wake.clear()

    def broken() -> None:
        with act(PORTAL, "tests.verb", ("test", "1")):
            queue.enqueue("note", {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    with operational():
        pass
    assert not queue.wake.is_set()


def test_a_job_of_a_verb_that_fails_was_never_written(kinds: Any) -> None:
    def verb() -> None:
        with act(PORTAL, "tests.verb", ("test", "1")):
            queue.enqueue("note", {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        verb()
    assert db.session.scalars(select(Job)).all() == []


def test_a_kind_that_nobody_handles_is_refused(app: Flask) -> None:
    with pytest.raises(LookupError), operational():
        queue.enqueue("unheard.of", {})


def test_a_job_outside_a_verb_is_refused(kinds: Any) -> None:
    queue.enqueue("note", {})
    with pytest.raises(RuntimeError, match="outside act"):
        db.session.flush()
    db.session.rollback()


def test_a_job_is_not_taken_before_it_is_due(kinds: Any) -> None:
    with operational():
        queue.enqueue("note", {}, due_at=clock.now() + timedelta(minutes=5))
    assert not worker.run_one()
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert worker.run_one()


def test_a_failing_job_is_tried_five_times_with_waits_and_then_given_up(kinds: Any) -> None:
    job_id, tries, moment = write("break"), 0, clock.now()
    for _ in range(20):
        with clock.at(moment):
            if worker.run_one():
                tries += 1
                assert not worker.run_one()  # it waits
        moment += timedelta(hours=2)
    assert tries == 5
    found = job(job_id)
    assert (found.state, found.attempts, found.error) == (JobState.FAILED, 5, "ValueError")


def test_one_job_that_fails_holds_up_no_other(kinds: Any) -> None:
    write("break")
    write("note", number=2)
    assert worker.run_all() == 2
    assert DONE == [{"number": 2}]


def test_a_long_job_says_how_far_it_is(kinds: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "SAID_EVERY", 0.0)
    seen: list[tuple[int, int | None]] = []

    def long(payload: dict[str, Any]) -> None:
        for number in range(1, payload["parts"] + 1):
            queue.progress(number, payload["parts"])
            row = db.session.execute(select(Job.done, Job.total).where(Job.kind == "long")).one()
            seen.append((row.done, row.total))

    kinds["long"] = long
    job_id = write("long", parts=3)
    worker.run_all()
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert (job(job_id).state, job(job_id).done, job(job_id).total) == (JobState.DONE, 3, 3)


def test_progress_is_written_once_a_second_and_at_the_end(app: Flask, kinds: Any) -> None:
    def long(_payload: dict[str, Any]) -> None:
        for number in range(1, 101):
            queue.progress(number, 100)

    kinds["long"] = long
    write("long")
    with recorded(app) as statements:
        worker.run_all()
    written = [one for one in statements if one.startswith("UPDATE jobs SET done")]
    assert 2 <= len(written) <= 5  # the first, the last, and one for each second that a slow machine took


def test_progress_outside_a_job_changes_nothing(app: Flask) -> None:
    with recorded(app) as statements:
        queue.progress(1, 2)
    assert statements == []


def test_a_failed_job_can_be_tried_again_and_no_other_can(kinds: Any) -> None:
    failed, done = write("break"), write("note")
    worker.run_all()
    with operational():
        assert not queue.requeue(done)
        assert not queue.requeue(failed)  # it still waits for its next try
        db.session.get_one(Job, failed).state = JobState.FAILED
        db.session.flush()
        assert queue.requeue(failed)
    assert (job(failed).state, job(failed).attempts) == (JobState.QUEUED, 0)


def test_a_job_whose_worker_died_is_taken_by_another_after_a_while(kinds: Any) -> None:
    write("note")
    taken = queue.take()
    assert taken is not None
    assert queue.take() is None
    with clock.at(clock.now() + queue.LEASE + timedelta(seconds=1)):
        again = queue.take()
        assert again is not None
        assert again.id == taken.id
        queue.finish(taken)  # the first worker wakes up late: it changes nothing
        assert job(again.id).state is JobState.RUNNING
        queue.finish(again)
    assert job(again.id).state is JobState.DONE


def test_two_workers_never_take_the_same_job(app: Flask, kinds: Any) -> None:
    ids = {write("note", number=number) for number in range(20)}
    taken: list[uuid.UUID] = []

    def work() -> None:
        with app.app_context():
            while (found := queue.take()) is not None:
                taken.append(found.id)
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    rest: list[uuid.UUID] = []
    while (found := queue.take()) is not None:  # a worker may stop while another holds the last row
        rest.append(found.id)
    assert len(taken) + len(rest) == len(ids)
    assert {*taken, *rest} == ids


def test_the_embedded_worker_does_what_is_written(app: Flask, kinds: Any) -> None:
    done, stop = threading.Event(), threading.Event()
    kinds["ring"] = lambda _payload: done.set()
    thread = threading.Thread(target=worker.run_forever, args=(app, stop))
    thread.start()
    try:
        write("ring")
        assert done.wait(PATIENCE)
    finally:
        stop.set()
        queue.wake.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def post() -> uuid.UUID:
    with operational():
        return mail.send_mail("sam@example.org", "Two\nlines – of subject", "The text\n")


def test_without_a_mail_server_a_mail_is_kept_with_its_text(app: Flask) -> None:
    mail_id = post()
    worker.run_all()
    db.session.expire_all()
    kept = db.session.get_one(Mail, mail_id)
    assert (kept.state, kept.text, kept.subject) == (MailState.KEPT, "The text\n", "Two lines – of subject")


class Server:
    """Stands for an SMTP server."""

    sent: list[Any] = []  # noqa: RUF012  one for the test that empties it
    down = False

    def __init__(self, host: str, port: int, timeout: float) -> None:
        if self.down:
            raise ConnectionRefusedError
        assert (host, port) == ("mail.example.org", 2525)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def send_message(self, message: Any) -> None:
        self.sent.append(message)


@pytest.fixture
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    from dataclasses import replace

    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_server="mail.example.org", mail_port=2525)
    monkeypatch.setattr("smtplib.SMTP", Server)
    monkeypatch.setattr(Server, "sent", [])
    return Server


def test_a_mail_is_sent_once_and_its_text_forgotten(server: type[Server]) -> None:
    mail_id = post()
    worker.run_all()
    mail.deliver({"mail_id": str(mail_id)})
    assert [message["To"] for message in server.sent] == ["sam@example.org"]
    assert server.sent[0].get_content() == "The text\n"
    db.session.expire_all()
    found = db.session.get_one(Mail, mail_id)
    assert (found.state, found.text) == (MailState.SENT, "")


def test_a_mail_waits_for_a_server_that_is_away(
    server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_id = post()
    monkeypatch.setattr(server, "down", True)
    worker.run_all()
    db.session.expire_all()
    assert db.session.get_one(Mail, mail_id).state is MailState.FAILED
    monkeypatch.setattr(server, "down", False)
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert worker.run_all() == 1
    assert len(server.sent) == 1
