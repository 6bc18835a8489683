"""Taking a module: progress, the quiz, completion and certificate."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from portal.accounts.rules.actors import NOBODY
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused
from portal.core.rules.months import months_after
from portal.workforce.learning.certificates import certificate_of
from portal.workforce.learning.models import Completion, Enrolment, PageRead, QuizAttempt
from portal.workforce.learning.queries import (
    attempts_at,
    completed,
    completions_of,
    progress_of,
    required_lines,
)
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.rules.standing import State
from portal.workforce.learning.service.learning import answer, read_page, start
from tests.support.assessing import actor, audit_rows, email, id_of
from tests.support.page_client import PageClient
from tests.support.statements import recorded
from tests.support.taking_modules import KEY, Taking

MODULE = catalogue().modules[KEY]


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_module_begins_once_and_resumes_at_the_first_page_left_out(app: Flask) -> None:
    before = audit_rows()
    assert start(actor("eism"), KEY) == start(actor("eism"), KEY)
    for number in (1, 3, 3):
        read_page(actor("eism"), KEY, number)
    progress = progress_of(id_of("eism"), [MODULE])[KEY]
    assert (progress.next_page, sorted(progress.read)) == (2, [1, 3])
    assert (count(Enrolment), count(PageRead)) == (1, 2)
    assert audit_rows() == before + 1
    with pytest.raises(NotFound):
        read_page(actor("eism"), KEY, 5)
    with pytest.raises(NotFound):
        start(actor("eism"), "no-such-module")
    with pytest.raises(Forbidden):
        start(NOBODY, KEY)


def test_the_quiz_comes_after_the_last_page_and_every_question_counts(app: Flask, taking: Taking) -> None:
    with pytest.raises(Refused, match="Read every page"):
        answer(actor("eism"), KEY, taking.right())
    taking.read("eism")
    short = [*taking.right()[:-2], None, 9]
    with pytest.raises(Invalid) as refused:
        answer(actor("eism"), KEY, short)
    assert refused.value.problems == {
        "question-4": "Answer question 4",
        "question-5": "Answer question 5",
    }
    with pytest.raises(Invalid):
        answer(actor("eism"), KEY, [])
    assert count(QuizAttempt) == 0


@pytest.mark.parametrize(("wrong", "passed"), [(0, True), (1, True), (2, False)])
def test_passing_completes_the_module(app: Flask, taking: Taking, wrong: int, passed: bool) -> None:
    taking.read("eism")
    before = audit_rows()
    answer(actor("eism"), KEY, taking.wrong(wrong))
    assert audit_rows() == before + 1
    (row,) = attempts_at(progress_of(id_of("eism"), [MODULE])[KEY].enrolment_id)
    assert (row.score, row.out_of, row.passed) == (5 - wrong, 5, passed)
    assert row.chosen == tuple(taking.wrong(wrong))
    found = completions_of([id_of("eism")])[id_of("eism")]
    assert len(found) == int(passed)
    if passed:
        today = clock.today()
        assert (found[0].completed_on, found[0].expires_on) == (today, months_after(today, 24))
        assert found[0].code is not None
        proof = certificate_of(found[0].code)
        assert proof is not None
        assert (proof.name, proof.title, proof.expired) == ("Eism Person", MODULE.title, False)


def test_passing_twice_on_a_day_gives_one_certificate_and_later_a_renewal(app: Flask, taking: Taking) -> None:
    early = datetime(2024, 5, 1, 9, tzinfo=UTC)
    with clock.at(early):
        taking.passes("eism")
        answer(actor("eism"), KEY, taking.right())
    assert count(Completion) == 1
    assert completed(id_of("eism"), [KEY, "ips-model"], early.date())["ips-model"] is None
    held = completed(id_of("eism"), [KEY], months_after(early.date(), 24))[KEY]
    assert held is not None
    assert completed(id_of("eism"), [KEY], months_after(early.date(), 24) + timedelta(days=1))[KEY] is None
    answer(actor("eism"), KEY, taking.right())
    assert count(Completion) == 2
    assert completed(id_of("eism"), [KEY], clock.today())[KEY] is not None


def test_attempts_and_completions_never_change(app: Flask, taking: Taking) -> None:
    taking.passes("eism")
    for statement in (
        "UPDATE learning_attempts SET score = 4",
        "DELETE FROM learning_attempts",
        "UPDATE learning_completions SET completed_on = '2020-01-01'",
        "DELETE FROM learning_completions",
    ):
        with pytest.raises(DatabaseError, match="never change"), operational() as session:
            session.execute(text(statement))


def test_two_clicks_at_once_begin_a_module_once(app: Flask) -> None:
    problems: list[BaseException] = []
    somebody = actor("eism")
    db.session.rollback()

    def click() -> None:
        try:
            with app.app_context():
                start(somebody, KEY)
        except BaseException as problem:  # noqa: BLE001  whatever it is, the test must tell
            problems.append(problem)

    threads = [threading.Thread(target=click) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not problems
    assert count(Enrolment) == 1


def test_what_is_required_of_a_role_counts_from_its_first_day(app: Flask, taking: Taking) -> None:
    people = [id_of("eism"), id_of("staff"), id_of("buyer"), id_of("lead")]
    taking.passes("eism")
    with recorded(app) as statements:
        found = required_lines(people, completions_of(people))
    assert len(statements) == 3
    states = {line.demanded.course: line.state for line in found[id_of("eism")]}
    assert states[KEY] is State.DONE
    assert states["ips-model"] is State.OVERDUE  # in the role for 400 days
    assert len(found[id_of("staff")]) == 18
    assert len(found[id_of("lead")]) == 4
    assert found[id_of("buyer")] == []


def test_somebody_takes_a_module_from_start_to_certificate(
    app: Flask, client: PageClient, taking: Taking
) -> None:
    client.sign_in(email("buyer"))
    page = client.get("/learning")
    assert "No course is required of your role" in page.text
    client.get("/learning?q=consensus")
    page = client.click(MODULE.title)
    assert "Afterwards you can" in page.text
    page = client.submit(button="Start")
    assert "Page 1 of 4" in page.text
    for _ in range(3):
        page = client.submit(button="Next page")
    assert "Page 4 of 4" in page.text
    page = client.get(f"/learning/{KEY}/quiz")
    assert "Read page 4 first" in page.text
    page = client.submit(button="Go to the quiz")
    page = client.submit(button="Hand in", expect=400, fields={"question-1": "1"})
    assert page.errors == [f"Answer question {number}" for number in (2, 3, 4, 5)]
    kept = page.form().select_one("#question-1-2")
    assert kept is not None
    assert kept.has_attr("checked")
    wrong = {f"question-{n}": str(place) for n, place in enumerate(taking.wrong(2), start=1)}
    page = client.submit(button="Hand in", fields=wrong)
    assert "3 of 5 answers are right" in page.text
    assert "The right answer" not in page.text
    client.click("Take the quiz again")
    nearly = {f"question-{n}": str(place) for n, place in enumerate(taking.wrong(1), start=1)}
    page = client.submit(button="Hand in", fields=nearly)
    assert "You passed" in page.text
    assert "The right answer" in page.text
    page = client.click("Your certificate")
    assert "In date" in page.text
    code = page.response.request.path.rsplit("/", 1)[1]
    drawn = client.get(f"/learning/certificates/{code}/certificate.pdf")
    assert drawn.response.data.startswith(b"%PDF")
    page = client.get(f"/learning/{KEY}")
    assert "Passed" in page.text
    assert "Not passed" in page.text
    client.sign_out()
    assert "Buyer Person" in client.get(f"/learning/certificates/{code.lower()}").text
    client.get("/learning/certificates/K7MQ-3RTX-9HWD-CJ4N-PVGY", expect=404)
    client.get("/learning/certificates/nonsense", expect=404)


def test_an_attempt_and_a_paper_are_for_their_own_person_only(
    app: Flask, client: PageClient, taking: Taking
) -> None:
    taking.read("eism")
    attempt = answer(actor("eism"), KEY, taking.right())
    code = completions_of([id_of("eism")])[id_of("eism")][0].code
    client.sign_in(email("lead"))
    client.get(f"/learning/{KEY}/attempts/{attempt}", expect=404)
    client.get(f"/learning/certificates/{code}/certificate.pdf", expect=404)
    client.get("/learning/no-such-module", expect=404)
    client.get(f"/learning/{KEY}/pages/5", expect=404)
    assert "Managing complaints" in client.get("/learning/complaints").text
