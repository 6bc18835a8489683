"""Until both reviewers have locked, nothing of a sheet reaches anybody but its author.

Two worlds that differ only in one author's sheet are looked at by everybody, at every address that can be
got: what is answered must be the same to the letter. That finds words, ratings, counts and any other hint.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import String, cast, select
from werkzeug.test import TestResponse

from portal.core import clock, error_pages
from portal.core.db import db
from portal.core.jobs.models import Job, Mail
from portal.reviews.external.models.pairs import AgreementRecord
from portal.reviews.external.models.scoring import BlindRating, ConsensusRating
from portal.reviews.external.service import scoring
from portal.reviews.external.service.consensus import agree_identical
from portal.reviews.external.service.scoring import lock
from tests.support import blind_world as world
from tests.support import databases, reviewing
from tests.support.assessing import actor, id_of
from tests.support.blind_world import (
    AUTHORS,
    ELSEWHERE,
    EVERYBODY,
    SECRETS,
    addresses,
    browser,
    looks,
    outside,
    rate,
)

AUDIT = "/administration/audit"  # it has a row for every save, as it must; what it shows is looked at below
INSIDERS = (
    "lead-reviewer",
    "second-reviewer",
    "observer",
    "moderator",
    "lead",
    "eism",
    "manager",
    "administrator",
)


@pytest.fixture
def engine_name() -> str:
    """What pages tell is alike on both engines; SQLite's database can be copied in the middle."""
    return "sqlite"


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path) -> Iterator[str]:
    with databases.copy_of_template(engine_name, tmp_path, "blind", world.fill) as url:
        yield url


@pytest.fixture
def review_id(app: Flask) -> UUID:
    """A review that is scored alone: each of the team has begun."""
    made = reviewing.in_scoring()
    for author in AUTHORS:
        rate(made, author, 3, "Plain", items=5)
    db.session.remove()
    return made


@contextmanager
def _copies(tmp_path: Path, count: int) -> Iterator[list[Flask]]:
    """The same world several times, at one moment that does not pass."""
    with ExitStack() as stack:
        apps = []
        for number in range(count):
            folder = tmp_path / f"copy-{number}"
            shutil.copytree(tmp_path / "data", folder)
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copyfile(tmp_path / "portal.sqlite", folder / "portal.sqlite")
            apps.append(stack.enter_context(world.opened(f"sqlite:///{folder / 'portal.sqlite'}", folder)))
        yield apps


def _differences(one: dict[tuple[str, str], str], other: dict[tuple[str, str], str]) -> list[str]:
    assert one.keys() == other.keys()
    wrong = []
    for key, said in one.items():
        if said == other[key] or key[1].startswith(AUDIT):
            continue
        pairs = zip(said.splitlines(), other[key].splitlines(), strict=False)
        first = next(((a.strip(), b.strip()) for a, b in pairs if a != b), ("", "one is longer"))
        wrong.append(f"{key[0]} at {key[1]}: {first[0][:160]} / {first[1][:160]}")
    return wrong


LISTS = ("/", "/reviews", "/reviews.csv", "/services", "/services.csv", "/services/alder-ips", "/agreement")
READERS = {  # who looks at whose sheet: at the second reviewer's, everybody there is
    "second-reviewer": tuple(name for name in EVERYBODY if name != "second-reviewer"),
    "lead-reviewer": ("second-reviewer", "observer", "moderator", "lead"),
    "observer": ("lead-reviewer", "second-reviewer", "lead"),
}


def _wanted(name: str, every: list[str], review_id: UUID) -> list[str]:
    """What somebody looks at: those with nothing to do with the review at its own addresses and at lists."""
    if name == "administrator":
        return every
    if name in INSIDERS:
        return [address for address in every if not address.startswith(ELSEWHERE)]
    return [address for address in every if str(review_id) in address or address in LISTS]


def _look(site: Flask, names: Iterable[str], every: list[str], review_id: UUID) -> dict[tuple[str, str], str]:
    told: dict[tuple[str, str], str] = {}
    for name in names:
        told |= looks(site, [name], _wanted(name, every, review_id))
    return told


@pytest.mark.parametrize("author", AUTHORS)
def test_before_the_locks_a_sheet_changes_nothing_that_another_is_shown(
    app: Flask, review_id: UUID, tmp_path: Path, author: str
) -> None:
    """A sheet with a few plain ratings, and the same sheet whole with odd ratings and a secret in it."""
    every = addresses(app, review_id)
    assert len(every) > 100
    with time_machine.travel(clock.now(), tick=False), _copies(tmp_path, 2) as (plain, odd):
        with odd.app_context():
            rate(review_id, author, 1, SECRETS[author])
        told, before = (_look(site, READERS[author], every, review_id) for site in (odd, plain))
        own = looks(odd, [author], [f"/reviews/{review_id}/scoring/sheet"])
    assert _differences(before, told) == []
    assert [key for key, said in told.items() if SECRETS[author] in said] == []
    assert all(SECRETS[author] in said for said in own.values()), "the author's own page shows no secret"


@pytest.mark.parametrize("author", ["second-reviewer", "observer"])
def test_one_lock_tells_that_it_is_locked_and_nothing_else(
    app: Flask, review_id: UUID, tmp_path: Path, author: str
) -> None:
    every, readers = addresses(app, review_id), [name for name in READERS["lead-reviewer"] if name != author]
    with time_machine.travel(clock.now(), tick=False), _copies(tmp_path, 2) as (low, high):
        told = []
        for site, rating, words in ((low, 1, "Brief"), (high, 5, f"{SECRETS[author]} {'long ' * 50}")):
            with site.app_context():
                rate(review_id, author, rating, words)
                assert lock(actor(author), review_id) is False
            told.append(_look(site, ["lead-reviewer", *readers], every, review_id))
    assert _differences(*told) == []
    assert [key for key, said in told[1].items() if SECRETS[author] in said] == []
    assert "ocked" in told[0]["lead-reviewer", f"/reviews/{review_id}/scoring text/html"]


def _both_rated(review_id: UUID) -> None:
    """The three sheets whole, each with its secret; nobody has locked."""
    for author, rating in zip(AUTHORS, (1, 5, 2), strict=True):
        rate(review_id, author, rating, SECRETS[author])


def test_the_audit_shows_nothing_of_a_sheet(app: Flask, review_id: UUID) -> None:
    _both_rated(review_id)
    lock(actor("second-reviewer"), review_id)
    told = looks(app, ["administrator"], [AUDIT, f"{AUDIT}?verb=blind", f"{AUDIT}?subject_id={review_id}"])
    rows = "".join(told.values())
    assert "blind.rate-sheet" in rows
    assert "blind.lock" in rows
    assert not any(secret in rows for secret in SECRETS.values())


def test_mails_and_jobs_hold_nothing_of_a_sheet(app: Flask, review_id: UUID) -> None:
    _both_rated(review_id)
    for author in AUTHORS[:2]:
        lock(actor(author), review_id)
    kept = [f"{mail.subject} {mail.text}" for mail in db.session.scalars(select(Mail))]
    kept += [str(job.payload) for job in db.session.scalars(select(Job))]
    assert kept
    assert not any(secret in text for text in kept for secret in SECRETS.values())


def _sent(app: Flask, name: str, address: str, fields: Mapping[str, str], accept: str) -> TestResponse:
    def send() -> TestResponse:
        token = str(URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(world.RAW_TOKEN))
        headers = {"Sec-Fetch-Site": "same-origin", "X-CSRFToken": token, "Accept": accept}
        return browser(app, name).post(address, data=dict(fields), headers=headers)

    db.session.remove()
    return outside(send)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_conflict_shows_ones_own_words_and_no_others(app: Flask, review_id: UUID, accept: str) -> None:
    """A version that is not the newest, on one's own sheet while the others hold their secrets."""
    _both_rated(review_id)
    home = f"/reviews/{review_id}/scoring"
    for author in AUTHORS:
        mine = {"rating": "4", "rationale": "Typed", "evidence": "Typed", "version": "1"}
        sheet = {"v-1": "1", "r-1": "4", "t-1": "Typed", "e-1": "Typed"}
        for address, fields in ((f"{home}/1", mine), (f"{home}/sheet", sheet)):
            answer = _sent(app, author, address, fields, accept)
            assert answer.status_code == 409, address
            assert SECRETS[author] in answer.text
            assert not [one for one in AUTHORS if one != author and SECRETS[one] in answer.text]


def test_fields_that_name_another_reviewer_change_nothing_of_their_sheet(app: Flask, review_id: UUID) -> None:
    _both_rated(review_id)
    before = _rows(review_id)
    forged = {"person_id": str(id_of("second-reviewer")), "person": "second-reviewer", "by": "x", "id": "x"}
    sent = {"rating": "4", "rationale": "Mine", "evidence": "Mine", "version": "2", **forged}
    assert (
        _sent(app, "lead-reviewer", f"/reviews/{review_id}/scoring/1", sent, "text/html").status_code == 303
    )
    after = _rows(review_id)
    assert {row[1] for row in before ^ after} == {id_of("lead-reviewer")}


def _rows(review_id: UUID) -> set[tuple[object, ...]]:
    """Every blind rating as the database has it."""
    db.session.rollback()
    columns = [column for column in BlindRating.__table__.columns if column.name != "entries"]
    order = [column for column in columns if column.name in ("assessment_id", "person_id")]
    rest = [column for column in columns if column not in order]
    query = select(*order, *rest, cast(BlindRating.entries, String))
    return {tuple(row) for row in db.session.execute(query.where(BlindRating.assessment_id == review_id))}


def test_logs_hold_nothing_of_a_sheet(
    app: Flask, review_id: UUID, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything logged, statements of the database and an unexpected error among them."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "portal", "werkzeug"):
        caplog.set_level(logging.DEBUG, logger=name)
    rate(review_id, "second-reviewer", 5, SECRETS["second-reviewer"])
    home = f"/reviews/{review_id}/scoring/1"
    fields = {"rating": "4", "rationale": SECRETS["lead-reviewer"], "evidence": "", "version": "1"}
    monkeypatch.setattr(scoring, "explained", lambda _row: 1 / 0)  # after the row was written
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.register_error_handler(Exception, error_pages._unexpected)
    answer = _sent(app, "lead-reviewer", home, fields, "text/html")
    assert answer.status_code == 500
    assert "INSERT" in caplog.text or "UPDATE" in caplog.text
    assert "Unexpected error on reviews.save_scoring_item" in caplog.text
    for secret in SECRETS.values():
        assert secret not in caplog.text
        assert secret not in answer.text


AFTER = {  # who sees both sheets when both have locked, and who still does not
    "lead-reviewer": True,
    "second-reviewer": True,
    "observer": True,
    "lead": True,
    "moderator": False,
    "eism": False,
    "manager": False,
    "staff": False,
    "buyer": False,
    "commissioner": False,
    "administrator": False,
    "other-lead": False,
}


def test_after_both_locked_the_team_sees_both_sheets_and_nobody_an_observers(
    app: Flask, review_id: UUID
) -> None:
    _both_rated(review_id)
    for author in ("observer", "lead-reviewer", "second-reviewer"):
        lock(actor(author), review_id)
    own = [one for one in addresses(app, review_id) if str(review_id) in one or one in LISTS]
    both = {SECRETS["lead-reviewer"], SECRETS["second-reviewer"]}
    for name, sees in AFTER.items():
        told = looks(app, [name], own)
        seen = {secret for said in told.values() for secret in SECRETS.values() if secret in said}
        assert seen - {SECRETS.get(name)} == (both - {SECRETS.get(name)} if sees else set()), name


def test_an_observers_sheet_enters_neither_consensus_nor_agreement(app: Flask, review_id: UUID) -> None:
    _both_rated(review_id)
    for author in reversed(AUTHORS):
        lock(actor(author), review_id)
    pair = db.session.scalars(select(AgreementRecord)).one()
    assert {pair.lead_id, pair.second_id} == {id_of("lead-reviewer"), id_of("second-reviewer")}
    assert (set(pair.lead_ratings), set(pair.second_ratings)) == ({1, 5}, {5, 1})  # the observer gave 2 and 4
    agree_identical(actor("lead-reviewer"), review_id)
    assert db.session.scalars(select(ConsensusRating)).all() == []  # the two agree nowhere
