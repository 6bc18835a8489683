"""The pages and the command that bring in past reviews."""

from __future__ import annotations

import io
import json
import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.service.people import disable
from portal.commands import importing
from portal.core.db import db
from portal.core.jobs.models import Job, JobState
from portal.core.jobs.worker import run_all
from portal.core.spreadsheets import read_rows
from portal.core.storage import service as storage
from portal.reviews.assessment.models import Assessment
from portal.reviews.external.models.history import HistoryImport, ImportState
from portal.reviews.external.service.history import check, import_history
from portal.reviews.external.views import history as views
from tests.support.assessing import actor, audit_rows, email, id_of
from tests.support.page_client import PageClient
from tests.support.pages import Page
from tests.support.past_files import HEADINGS, a_file, a_row

HOME = "/reviews/import"


def _count() -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(Assessment)).one()


def _send(client: PageClient, data: bytes, name: str = "past.csv", expect: int = 200) -> Page:
    client.get(HOME)
    return client.submit(upload=(io.BytesIO(data), name), expect=expect)


def test_a_file_is_shown_before_it_comes_in(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    before = audit_rows()
    page = _send(
        client, a_file(a_row(on="03/04/2024", n1=2), a_row("birch-ips", kind="self", on="2022-01-31"))
    )
    assert page.heading == "Check what comes in"
    assert ", from 31 January 2022 to 3 April 2024. Nothing is saved yet" in page.text
    assert "read as day, month, year" in page.text
    assert page.table("The reviews by date")[1:] == [
        ["3", "Birch Ips", "31 Jan 2022", "Self-assessment", "IPS-25", "100 of 125", "Good fidelity", "–"],
        [
            "2",
            "Alder Ips",
            "3 Apr 2024",
            "External fidelity review",
            "IPS-25",
            "98 of 125",
            "Fair fidelity",
            "–",
        ],
    ]
    assert (_count(), audit_rows()) == (0, before)
    done = client.submit()
    assert "Brought in 2 past reviews of 2 services." in done.text
    assert (_count(), audit_rows()) == (2, before + 1)


def test_the_same_file_again_says_that_nothing_changes(app: Flask, client: PageClient) -> None:
    import_history(actor("lead"), "past.csv", a_file(a_row()))
    client.sign_in(email("lead"))
    page = _send(client, a_file(a_row()))
    assert "every one is in the portal already, with the same ratings. Nothing was changed." in page.text


def test_problems_are_listed_by_row_and_column(app: Flask, client: PageClient) -> None:
    client.sign_in(email("eism"))
    page = _send(client, a_file(a_row(n3=9), a_row("<b>x</b>", on="soon")), expect=400)
    assert page.errors == ["Nothing was brought in. Mend the file and send it again"]
    rows = page.table("3 problems in past.csv")[1:]
    assert [row[:2] for row in rows] == [["2", "H (3)"], ["3", "A (Service)"], ["3", "B (Date)"]]
    assert "<b>" not in page.response.text


def test_no_file_and_a_file_that_the_storage_refuses_are_told(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get(HOME)
    assert client.submit(expect=400).errors == ["Choose a file first"]
    assert "CSV or Excel" in _send(client, a_file(a_row()), "past.exe", expect=400).text


def test_a_file_in_utf_16_comes_in_too(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    _send(client, a_file(a_row()).decode("utf-8-sig").encode("utf-16"))
    client.submit()
    assert _count() == 1


def test_what_changed_after_the_preview_is_told_and_nothing_comes_in(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    _send(client, a_file(a_row(), a_row(on="2020-01-01")))
    import_history(actor("lead"), "other.csv", a_file(a_row(n1=5)))
    page = client.submit(expect=409)
    assert "is in the portal already, with other ratings (total 101)" in page.text
    assert _count() == 1


def test_confirming_twice_brings_in_once(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    preview = _send(client, a_file(a_row()))
    client.submit()
    client.page = preview
    assert "Nothing changed: every review of the file was in the portal already." in client.submit().text
    assert _count() == 1


def _ticket(page: Page) -> str:
    return str(page.soup.find("input", {"name": "ticket"})["value"])  # type: ignore[index]  # the preview has one


def _confirm(client: PageClient, ticket: str, expect: int = 400) -> Page:
    """Send a ticket as the page's own form would."""
    token = str(client.get(HOME).soup.find("input", {"name": "csrf_token"})["value"])  # type: ignore[index]  # its form has one
    return client.post(f"{HOME}/confirm", {"ticket": ticket, "csrf_token": token}, expect=expect)


def test_a_ticket_serves_its_own_person_only_and_not_for_ever(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(email("lead"))
    ticket = _ticket(_send(client, a_file(a_row())))
    for sent in ("", "made-up", ticket[:-2]):
        assert "no longer kept" in _confirm(client, sent).text
    now = time.time()
    with monkeypatch.context() as later:
        later.setattr("itsdangerous.timed.time.time", lambda: now + 51 * 60)
        assert "no longer kept" in _confirm(client, ticket).text
    client.sign_in(email("eism"))
    assert "no longer kept" in _confirm(client, ticket).text
    assert _count() == 0


def test_a_kept_file_that_was_changed_or_swept_is_not_brought_in(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    ticket = _ticket(_send(client, a_file(a_row())))
    (kept,) = storage.folder().iterdir()
    kept.write_bytes(a_file(a_row(n1=5)))
    assert "no longer kept" in _confirm(client, ticket).text
    os.utime(kept, (0, 0))
    assert storage.sweep() == 1
    assert "no longer kept" in _confirm(client, ticket).text
    assert _count() == 0


@pytest.mark.parametrize("name", ["manager", "buyer", "administrator", "peer"])
def test_others_have_no_such_page(app: Flask, client: PageClient, name: str) -> None:
    client.sign_in(email(name))
    for address in (HOME, f"{HOME}/template.csv"):
        client.get(address, expect=403)


@pytest.fixture
def long_file(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A file that the worker takes."""
    monkeypatch.setattr(views, "AT_ONCE", 2)
    return a_file(*[a_row(on=f"20{year}-03-27") for year in range(10, 13)])


def test_a_long_file_is_brought_in_by_the_worker(app: Flask, client: PageClient, long_file: bytes) -> None:
    client.sign_in(email("lead"))
    _send(client, long_file)
    waiting = client.submit()
    assert waiting.heading == "Bringing in 3 past reviews"
    assert client.get(f"{waiting.path}/state").json == {"ready": False}
    assert _count() == 0
    run_all()
    assert _count() == 3
    assert client.get(f"{waiting.path}/state").json == {"ready": True}
    assert "3 past reviews of 1 service from past.csv" in client.get(waiting.path).text
    client.sign_in(email("eism"))
    client.get(waiting.path, expect=404)


def test_the_job_done_twice_or_for_a_file_that_is_there_changes_nothing(
    app: Flask, client: PageClient, long_file: bytes
) -> None:
    client.sign_in(email("lead"))
    preview = _send(client, long_file)
    first = client.submit()
    client.page = preview
    second = client.submit()
    run_all()
    assert client.get(first.path).heading == "Brought in"
    assert client.get(second.path).heading == "Nothing changed"
    assert _count() == 3
    assert {job.state for job in db.session.scalars(select(Job))} == {JobState.DONE}


def test_the_worker_asks_again_what_the_person_may(app: Flask, client: PageClient, long_file: bytes) -> None:
    client.sign_in(email("lead"))
    _send(client, long_file)
    client.submit()
    disable(actor("administrator"), id_of("lead"))
    run_all()
    row = db.session.scalars(select(HistoryImport)).one()
    assert (row.state, row.problem) == (ImportState.REFUSED, "You may not bring in past reviews.")
    assert _count() == 0


def test_what_changed_before_the_worker_came_is_told(
    app: Flask, client: PageClient, long_file: bytes
) -> None:
    client.sign_in(email("lead"))
    _send(client, long_file)
    waiting = client.submit()
    import_history(actor("lead"), "other.csv", a_file(a_row(on="2010-03-27", n1=5)))
    run_all()
    page = client.get(waiting.path)
    assert page.heading == "Nothing was brought in"
    assert _count() == 1


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("scale", ["ips-25", "ips-15"])
def test_the_template_is_read_as_it_is_given(app: Flask, client: PageClient, suffix: str, scale: str) -> None:
    client.sign_in(email("lead"))
    page = client.get(f"{HOME}/template.{suffix}?scale={scale}")
    (heading,) = read_rows(f"t.{suffix}", page.response.data)
    count = int(scale[-2:])
    assert list(heading.cells) == [*HEADINGS[:5], *map(str, range(1, count + 1)), "Total"]
    (problem,) = check(actor("lead"), f"t.{suffix}", page.response.data).file.problems
    assert problem.reason == "there is no row below the headings"


@pytest.mark.parametrize("rest", ["pdf", "csv?scale=seqf", "csv?scale=nowhere", "csv?scale=%00"])
def test_there_is_no_other_template(app: Flask, client: PageClient, rest: str) -> None:
    client.sign_in(email("lead"))
    response = client.browser.get(f"{HOME}/template.{rest}")
    assert response.status_code in (400, 404)


@pytest.fixture
def run(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # a runner of commands
    """Run the command on this database."""
    monkeypatch.setattr(importing, "application", lambda: app)

    def go(data: bytes, *options: str):  # type: ignore[no-untyped-def]  # what click gives
        path = tmp_path / "past.csv"
        path.write_bytes(data)
        return CliRunner().invoke(importing.importing, ["history", str(path), *options])

    return go


def test_the_command_checks_brings_in_and_says_when_nothing_is_left(app: Flask, run) -> None:  # type: ignore[no-untyped-def]  # the runner above
    data = a_file(a_row(), a_row(on="2020-01-01"))
    checked = run(data, "--check")
    assert (checked.exit_code, _count()) == (0, 0)
    assert checked.stdout == "past.csv: would be brought in: 2 reviews of 1 services\n"
    assert run(data).stdout == "past.csv: brought in: 2 reviews of 1 services\n"
    again = run(data)
    assert (again.exit_code, again.stdout) == (0, "past.csv: all 2 reviews are in the portal already\n")
    assert _count() == 2


def test_the_command_lists_every_problem_and_ends_with_2(app: Flask, run) -> None:  # type: ignore[no-untyped-def]  # the runner above
    ended = run(a_file(a_row(n3=9), a_row("nowhere")))
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.splitlines()[0] == "past.csv, row 2, column H (3): 9 is outside 1 to 5"
    assert len(ended.stderr.splitlines()) == 3


def test_the_command_acts_as_a_person_and_gives_json(app: Flask, run) -> None:  # type: ignore[no-untyped-def]  # the runner above
    data = a_file(a_row(kind="peer", n1=2))
    assert run(data, "--as", "nobody@example.org").exit_code == 2
    assert run(data, "--as", email("buyer")).exit_code == 1
    assert run(data, "--check").exit_code == 2
    told = json.loads(run(data, "--as", email("eism"), "--json").stdout)
    assert (told["written"], told["problems"], told["already"]) == (True, [], False)
    assert told["reviews"] == [
        {
            "row": 2,
            "service": "alder-ips",
            "date": "2024-03-27",
            "kind": "peer",
            "scale": "ips-25",
            "total": 98,
            "band": "fair",
        }
    ]
