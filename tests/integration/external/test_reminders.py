"""Reminders go to whom a step concerns, once when it is near and once when it is late."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from portal.accounts.service.people import disable
from portal.commands import reminders
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs import daily
from portal.core.jobs.models import DailyRun, Job, Mail
from portal.core.jobs.worker import run_all
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.reminding import JOB, LATE_DAYS, remind
from portal.reviews.external.service.timeline import tick
from tests.support.assessing import actor, email, id_of
from tests.support.planned_reviews import day, noon, opened, planned, published, put
from tests.support.racing import PATIENCE
from tests.support.reviewing import move


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(noon()):
        yield


def after(days: int) -> datetime:
    return noon() + timedelta(days=days)


def reminded() -> dict[str, list[str]]:
    """The steps that each person was reminded of since the last look, by address; the outbox is emptied."""
    db.session.rollback()
    found: dict[str, list[str]] = {}
    for mail in db.session.scalars(select(Mail).order_by(Mail.created_at)):
        if mail.subject.startswith("Fidelity review: steps"):
            steps = [line[2:].split(":")[0] for line in mail.text.splitlines() if line.startswith("- ")]
            found.setdefault(mail.recipient, []).extend(steps)
    with operational() as database:
        for mail in database.scalars(select(Mail)):
            database.delete(mail)
    return found


TIMETABLE = "Draw up the timetable of the visit and send it"
SNAPSHOT = "Fill in the fidelity performance snapshot and send it to the lead reviewer"
CATCH_UP = "Catch-up call with the lead reviewer"


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (8, False),
        (7, True),
        (6, True),
        (0, True),
        (-1, True),
        (1 - LATE_DAYS, True),
        (-LATE_DAYS, True),
        (-1 - LATE_DAYS, False),
    ],
)
def test_a_step_is_reminded_of_from_a_week_before_to_two_weeks_after(
    app: Flask, left: int, told: bool
) -> None:
    opened(14 + left)  # the timetable is due two weeks before the visit
    reminded()
    remind()
    assert (TIMETABLE in reminded().get(email("manager"), [])) is told


def test_those_concerned_hear_of_it_and_nobody_else(app: Flask) -> None:
    opened(14 + 5)
    reminded()
    remind()
    told = reminded()
    assert set(told) == {email(name) for name in ("manager", "lead-reviewer", "second-reviewer")}
    assert told[email("lead-reviewer")] == told[email("second-reviewer")] == [CATCH_UP]
    assert {TIMETABLE, SNAPSHOT, CATCH_UP} <= set(told[email("manager")])


def test_a_second_run_sends_nothing_and_a_late_step_is_told_once_more(app: Flask) -> None:
    opened(14 + 1)
    reminded()
    assert remind() == 3
    reminded()
    assert remind() == 0
    with clock.at(after(1)):
        assert remind() == 0
    with clock.at(after(2)):
        assert remind() == 3
        told = reminded()
        assert remind() == 0
    assert told[email("lead-reviewer")] == [CATCH_UP]


def test_what_is_done_is_not_reminded_of(app: Flask) -> None:
    review = opened(14 + 5)
    tick(actor("lead"), review, "catch-up-call")
    reminded()
    remind()
    told = reminded()
    assert set(told) == {email("manager")}
    assert CATCH_UP not in told[email("manager")]


def test_a_visit_put_off_is_reminded_of_anew(app: Flask) -> None:
    review = opened(14 + 5)
    remind()
    reminded()
    put(review, fieldwork_from=day(14 + 6), fieldwork_to=day(14 + 7))
    remind()
    assert CATCH_UP in reminded()[email("lead-reviewer")]


def test_a_review_not_opened_or_cancelled_reminds_nobody(app: Flask) -> None:
    review = planned(14 + 5)
    reminded()
    assert remind() == 0
    move(review, Action.OPEN, "lead")
    move(review, Action.CANCEL, "lead", "Put off")
    assert remind() == 0


def test_a_disabled_person_gets_no_mail(app: Flask) -> None:
    opened(14 + 5)
    disable(actor("administrator"), id_of("second-reviewer"))
    reminded()
    remind()
    assert email("second-reviewer") not in reminded()


def test_after_publication_support_and_the_purge_are_still_followed(app: Flask) -> None:
    published(opened(-60), day(-30), day(-10))
    reminded()
    remind()
    told = reminded()
    assert told[email("lead-reviewer")] == ["Delete the personal data of the review"]
    assert email("eism") not in told


def test_expected_dates_remind_nobody(app: Flask) -> None:
    opened(-34)  # the presentation is four days late; feedback rests on it and is only expected
    reminded()
    remind()
    steps = {step for told in reminded().values() for step in told}
    assert "Present the moderated report to the service" in steps
    assert not [step for step in steps if step.startswith(("Read the report", "Complete the action plan"))]


def test_a_mail_names_the_service_the_day_and_the_page_and_no_html(app: Flask) -> None:
    review = opened(14 + 5)
    remind()
    db.session.rollback()
    query = select(Mail).where(Mail.recipient == email("lead-reviewer"), Mail.subject.contains("steps"))
    mail = db.session.scalars(query).one()
    due = day(5)
    assert "External fidelity review of Alder Ips:" in mail.text
    assert f"- {CATCH_UP}: due {due.day} {due:%B %Y} (in 5 days)" in mail.text
    assert f"/reviews/{review}/timeline" in mail.text
    assert "<" not in mail.text
    assert "\n\n\n" not in mail.text


def test_the_worker_writes_the_job_once_a_uk_day_from_seven(app: Flask) -> None:
    worker = daily.Daily((JOB,))
    for hour, minute, written in ((6, 59, 0), (7, 0, 1), (7, 1, 0), (23, 59, 0)):
        with clock.at(clock.uk(noon()).replace(hour=hour, minute=minute)):
            assert worker.look() == written, hour
    with clock.at(clock.uk(noon()).replace(hour=8) + timedelta(days=1)):
        assert worker.look() == 1
    db.session.rollback()
    assert len(db.session.scalars(select(Job).where(Job.kind == JOB)).all()) == 2


def test_a_second_worker_writes_no_second_job(app: Flask) -> None:
    others = [daily.Daily((JOB,)) for _ in range(3)]
    assert [one.look() for one in others] == [1, 0, 0]


def test_workers_that_look_at_one_moment_write_one_job(app: Flask) -> None:
    assert sum(at_once(app, lambda: daily.Daily((JOB,)).look())) == 1


def test_runs_at_one_moment_tell_each_person_once(app: Flask) -> None:
    opened(14 + 5)
    reminded()
    assert sum(at_once(app, remind)) == 3
    assert set(reminded()) == {email(name) for name in ("manager", "lead-reviewer", "second-reviewer")}


def at_once(app: Flask, work: Callable[[], int], times: int = 6) -> list[int]:
    """What the work answers when several threads begin it together."""
    db.session.rollback()
    start, found, moment = threading.Barrier(times), list[int](), clock.now()

    def run() -> None:
        with app.app_context(), clock.at(moment):
            start.wait(PATIENCE)
            found.append(work())
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(found) == times
    return found


def test_days_long_past_are_forgotten(app: Flask) -> None:
    with operational() as database:
        for ahead in (-31, -30):
            database.add(DailyRun(kind=JOB, on=day(ahead)))
    daily.look()
    db.session.rollback()
    runs = db.session.scalars(select(DailyRun).where(DailyRun.kind == JOB))
    assert {row.on for row in runs} == {day(-30), day(0)}


def test_the_job_reminds(app: Flask) -> None:
    opened(14 + 5)
    daily.look()
    run_all()
    assert CATCH_UP in reminded()[email("lead-reviewer")]


def test_the_command_says_how_many_mails_it_wrote(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(14 + 5)
    monkeypatch.setattr(reminders, "application", lambda: app)
    said = [CliRunner().invoke(reminders.reminders).output for _ in range(2)]
    assert said == ["3 mails written.\n", "0 mails written.\n"]
