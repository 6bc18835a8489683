"""What people write in a review stays words: on every page, on paper, and in every spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select, text

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.reviews.assessment.report import pdf_html
from portal.reviews.assessment.report_queries import published
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.external.accuracy import comments_of, draft_row, read_draft
from portal.reviews.external.models.portfolio import RequestedDocument
from portal.reviews.external.rules.accuracy import Decision
from portal.reviews.external.rules.corrections import ItemWords
from portal.reviews.external.rules.meetings import MeetingDraft
from portal.reviews.external.rules.notes import NoteDraft, NoteKind
from portal.reviews.external.rules.portfolio import DocumentState, MeetingKind
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service import moderating
from portal.reviews.external.service.accuracy import add_file, comment
from portal.reviews.external.service.consensus import AgreedDraft, agree
from portal.reviews.external.service.correcting import propose, standing_words
from portal.reviews.external.service.deciding import decide
from portal.reviews.external.service.fieldwork import save_note
from portal.reviews.external.service.planning import Plan, plan
from portal.reviews.external.service.portfolio import Answer, Request, answer, audit_portfolio, request
from portal.reviews.external.service.portfolio_meetings import add_meeting
from portal.reviews.external.service.purging import hold
from portal.reviews.external.service.scoring import lock, save_own_sheet
from portal.reviews.external.service.timeline import tick
from portal.reviews.moderation.service.cases import demand_open
from tests.support import blind_world as world
from tests.support import databases
from tests.support.assessing import SERVICE, actor, id_of, item_key
from tests.support.blind_world import addresses, browser, outside
from tests.support.reviewing import SCALE, TEAM, fresh, move, sheet

KEY = item_key(1)
MARKUP = (
    "Mark<script>alert(1)</script>\"><img src=x onerror=alert(1)>'><svg onload=alert(1)></textarea>{{7*7}}"
)
LINK = "javascript:alert(1)"
FORMULA = '=HYPERLINK("http://evil.example","x")'
WHILE_MODERATED = ("lead-reviewer", "moderator", "administrator")
WHEN_PUBLISHED = ("lead-reviewer", "lead", "manager", "buyer")
LISTS = (
    "/",
    "/reviews",
    "/reviews.csv",
    "/reviews/purges",
    "/reviews/purges.csv",
    "/moderation",
    "/moderation.csv",
)
EVIDENCE = b"%PDF-1.4 what was shown"


@pytest.fixture
def engine_name() -> str:
    """What pages show is alike on both engines."""
    return "sqlite"


@pytest.fixture
def database_url(engine_name: str, tmp_path):  # type: ignore[no-untyped-def]  # as in the conftest
    with databases.copy_of_template(engine_name, tmp_path, "blind", world.fill) as url:
        yield url


def _names(words: str) -> None:
    """People, organisations and the service are called so too."""
    with operational() as session:
        for table in ("people", "organisations", "services"):
            session.execute(text(f"UPDATE {table} SET name = :words"), {"words": words[:100]})  # noqa: S608  our tables


def _prepared(words: str) -> UUID:
    """Planned, prepared and visited, with these words wherever somebody may write."""
    lead, first, manager, today = actor("lead"), actor("lead-reviewer"), actor("manager"), clock.today()
    made = plan(lead, Plan(SERVICE, SCALE, today, today + timedelta(days=1), TEAM))
    move(made, Action.OPEN, "lead")
    request(first, made, Request(words[:110], words, (KEY,)))
    document = db.session.scalars(
        select(RequestedDocument).where(RequestedDocument.assessment_id == made).limit(1)
    ).one()
    answer(manager, made, document.id, Answer(DocumentState.PARTLY, words), document.version)
    audit_portfolio(manager, made, words)
    draft = MeetingDraft(words[:110], today, None, 30, 2, words[:100])
    add_meeting(first, made, MeetingKind.SESSION, "", draft)
    tick(lead, made, "read-up", today, words, None)
    move(made, Action.BEGIN_FIELDWORK, "lead-reviewer")
    note = NoteDraft(NoteKind.OBSERVATION, today, heading=words[:110], text=words, item_keys=(KEY,))
    save_note(first, made, id_of("note"), note, 0)
    move(made, Action.LEAVE_SITE, "lead-reviewer", words)
    return made


def _moderated(made: UUID, words: str) -> None:
    first, second, moderator = actor("lead-reviewer"), actor("second-reviewer"), actor("moderator")
    for one in (first, second):
        drafts = {key: ItemDraft(4, words, words) for key in sheet()}
        save_own_sheet(one, made, drafts, {})
        lock(one, made)
    for key in sheet():
        agree(first, made, key, AgreedDraft(3, words, words), 0)
    move(made, Action.SUBMIT, "lead-reviewer")
    moderating.query(moderator, made, KEY, words)
    moderating.answer(first, made, KEY, words)
    moderating.resolve(moderator, made, KEY, words)
    moderating.amend(moderator, made, KEY, moderating.Amendment(4, words, words), 1)
    moderating.approve(moderator, made, demand_open(made).version)


def _published(made: UUID, words: str) -> None:
    manager, first = actor("manager"), actor("lead-reviewer")
    comment(manager, made, KEY, words, 0)
    add_file(manager, made, KEY, f"{words[:60]}.pdf", EVIDENCE)
    move(made, Action.CLOSE_COMMENTS, "manager")
    decide(first, made, KEY, Decision(accepted=False, reason=words), comments_of(made)[KEY].version)
    move(made, Action.PUBLISH, "lead-reviewer")
    hold(actor("lead"), made, words, None)
    wanted = {KEY: ItemWords(5, standing_words(fresh(made))[KEY].comment + words)}
    propose(first, made, wanted, words, None)


def _inert(body: str, where: str) -> list[str]:
    """What of a page could run, or stands where only words of ours may."""
    page = BeautifulSoup(body, "html.parser")
    live = [tag.name for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    live += [tag.name for tag in page.find_all("img") if tag.get("src") == "x"]
    for tag in page.find_all(True):
        target = str(tag.get("href") or tag.get("src") or tag.get("action") or "")
        live += [target] if target.strip().lower().startswith(("javascript:", "data:text")) else []
    for script in page.find_all("script"):
        ours = script.get("nonce") or script.get("type") == "application/json"
        live += [] if ours and "alert(1)" not in script.get_text() else [f"script {script.get_text()[:60]}"]
    live += ["a template in a text"] if "Mark49" in body or "49</" in page.get_text() else []
    return [f"{where}: {found}" for found in live]


def _formulas(body: bytes, where: str) -> list[str]:
    """Cells that a spreadsheet program would run."""
    if body.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in body:
        book = load_workbook(io.BytesIO(body))
        cells = [cell for page in book for row in page.iter_rows() for cell in row]
        return [f"{where} {cell.coordinate}" for cell in cells if cell.data_type == "f"]
    return []


def _crawl(app: Flask, made: UUID, names: Iterable[str]) -> tuple[list[str], int]:
    live, seen = [], 0
    for name in names:
        client = browser(app, name)
        for address in wanted_of(app, made, name):
            answered = client.get(address)
            kind = answered.mimetype
            if kind == "text/html":
                live += _inert(answered.text, f"{name} {address}")
                seen += "alert(1)" in BeautifulSoup(answered.text, "html.parser").get_text()
            elif kind == "text/csv":
                rows = answered.text.lstrip("\ufeff").splitlines()
                live += [
                    f"{name} {address}" for row in rows for cell in row.split('","') if cell[:1] in "=@+"
                ]
            else:
                live += _formulas(answered.data, f"{name} {address}")
            answered.close()
    return live, seen


def wanted_of(app: Flask, made: UUID, name: str) -> list[str]:
    """The addresses a person has business at."""
    with app.app_context():
        every = addresses(app, made)
    if name == "administrator":
        return [one for one in every if one.startswith("/administration")]
    return [one for one in every if str(made) in one or one in LISTS or one.startswith("/services")]


@pytest.mark.parametrize("words", [MARKUP, LINK, FORMULA], ids=["markup", "link", "formula"])
def test_words_stay_words(app: Flask, words: str) -> None:
    """Looked at while it is with the moderators, and when it is published and under correction."""
    made = _prepared(words)
    _moderated(made, words)
    _names(words)
    db.session.remove()
    before, seen_before = outside(lambda: _crawl(app, made, WHILE_MODERATED))
    assert before == []
    row = draft_row(made)
    assert row is not None
    assert _paper(pdf_html(read_draft(row), row.digest)) == []
    _published(made, words)
    db.session.remove()
    live, seen = outside(lambda: _crawl(app, made, WHEN_PUBLISHED))
    assert live == []
    if words == MARKUP:
        assert min(seen, seen_before) > 20, "the words are hardly shown anywhere"
    found = published(made)
    assert found is not None
    assert _paper(pdf_html(found.report, found.row.digest)) == []


def _paper(html: str) -> list[str]:
    page = BeautifulSoup(html, "html.parser")
    return [*_inert(html, "paper"), *(["a script on paper"] if page.find("script") else [])]
