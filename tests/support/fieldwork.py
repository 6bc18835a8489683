"""Doings of fieldwork for tests: notes, rows, and what a script sends."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.reviews.external.rules.notes import NoteDraft, NoteKind
from portal.reviews.external.service.fieldwork import save_note
from portal.reviews.external.service.fieldwork_rows import save_row
from tests.support.assessing import actor
from tests.support.page_client import PageClient
from tests.support.pages import Page

ME = "lead-reviewer"
WORDS = "Two waited three weeks for a first meeting."


def draft(text: str = WORDS, **more: object) -> NoteDraft:
    """A note of an interview with clients."""
    values = {"kind": NoteKind.INTERVIEW, "taken_on": clock.today(), "role": "client", "text": text}
    return NoteDraft(**{**values, **more})  # type: ignore[arg-type]  # names of NoteDraft's own fields


def saved(assessment_id: UUID, by: str = "lead-reviewer", **more: object) -> UUID:
    """A note that somebody added. Returns its id."""
    note_id = uuid.uuid4()
    save_note(actor(by), assessment_id, note_id, draft(**more), 0)  # type: ignore[arg-type]  # as above
    return note_id


def put(assessment_id: UUID, sheet: str, position: int, version: int = 0, /, **answers: str) -> int:
    """Save a row of a worksheet; answers by question, _ for -. Returns its version."""
    typed = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return save_row(actor(ME), assessment_id, sheet, position, typed, version).version


def value(page: Page, selector: str) -> str:
    """The value of the one field that the selector finds."""
    tag = page.soup.select_one(selector)
    assert tag is not None, selector
    return str(tag.get("value", tag.text))


def posted(client: PageClient, address: str, **data: str) -> tuple[int, dict[str, Any]]:
    """Status and body of what a script sends."""
    names = {name.replace("__", "-"): text for name, text in data.items()}
    answer = client.browser.post(address, data=names, headers={"Accept": "application/json"})
    body: dict[str, Any] = answer.get_json()
    return answer.status_code, body
