"""Locked ratings never change: every route that writes is tried by everybody of the review, at each stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.db import db
from portal.core.errors import PortalError
from portal.reviews.assessment.models import SealedSheet
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.external.loading import load_review
from portal.reviews.external.models.scoring import BlindRating
from portal.reviews.external.service.scoring import LOCKED, lock, save_own_item, save_own_sheet
from tests.support import blind_world as world
from tests.support import databases, publishing, reviewing
from tests.support.assessing import actor, id_of, item_key
from tests.support.blind_world import browser, outside
from tests.support.reviewing import sheet

WRITERS = ("lead-reviewer", "second-reviewer", "moderator", "lead")  # all who reach anything inside
KEY = item_key(1)
# One form for every route: what each of them reads is in it.
FORM = {
    "rating": "1",
    "rationale": "Changed",
    "evidence": "Changed",
    "reason": "Changed",
    "comment": "Changed",
    "text": "Changed",
    "query": "Changed",
    "answer": "Changed",
    "why": "Changed",
    "kind": "observation",
    "heading": "Changed",
    "title": "Changed",
    "decision": "accept",
    "sure": "yes",
    "state": "supplied",
    "note": "Changed",
    "button": "fill",
    "person_id": str(id_of("lead-reviewer")),
} | {f"{letter}-1": "1" for letter in "rtev"}
Rows = frozenset[tuple[Any, ...]]


@pytest.fixture
def engine_name() -> str:
    """What routes write is alike on both engines; the verbs' own tests run on both."""
    return "sqlite"


@pytest.fixture
def database_url(engine_name: str, tmp_path: Any) -> Iterator[str]:
    with databases.copy_of_template(engine_name, tmp_path, "blind", world.fill) as url:
        yield url


def _one_locked() -> UUID:
    made = reviewing.in_scoring()
    for name in ("lead-reviewer", "second-reviewer", "observer"):
        save_own_sheet(actor(name), made, sheet(), {})
    lock(actor("lead-reviewer"), made)
    return made


STAGES: dict[str, Callable[[], UUID]] = {
    "scoring, one locked": _one_locked,
    "consensus": reviewing.in_consensus,
    "published": publishing.published,
}


def _locked_rows(session: Session, review_id: UUID, people: frozenset[UUID]) -> Rows:
    """The ratings of those who have locked, and the copies sealed when they did."""
    ratings = select(BlindRating.__table__).where(
        BlindRating.assessment_id == review_id, BlindRating.person_id.in_(people)
    )
    sealed = select(SealedSheet.__table__).where(
        SealedSheet.assessment_id == review_id, SealedSheet.moment == LOCKED, SealedSheet.by.in_(people)
    )
    connection = session.connection()
    rows = [*connection.execute(ratings), *connection.execute(sealed)]
    return frozenset(tuple(map(str, row)) for row in rows)


def _addresses(app: Flask, review_id: UUID) -> list[str]:
    found: list[str] = []
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and "assessment_id" in rule.arguments:
            found += world.filled(rule, world.ids(review_id))
    return sorted({one for one in found if "/accuracy/draft/" not in one})


@pytest.mark.parametrize("stage", STAGES)
def test_no_route_changes_a_locked_sheet(app: Flask, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    """What each request would have written is looked at before it is taken back."""
    review_id = STAGES[stage]()
    found = load_review(review_id)
    assert found is not None
    people = frozenset(one.person_id for one in found.members if one.locked)
    before = _locked_rows(db.session(), review_id, people)
    assert len(before) == 26 * len(people) > 0
    addresses = _addresses(app, review_id)
    db.session.remove()
    written, changed, here = [0], [], [""]

    def commit(self: Session) -> None:
        self.flush()
        written[0] += 1
        if _locked_rows(self, review_id, people) != before:
            changed.append(here[0])
        self.rollback()

    monkeypatch.setattr(Session, "commit", commit)
    token = str(URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(world.RAW_TOKEN))
    headers = {"Sec-Fetch-Site": "same-origin", "X-CSRFToken": token}

    def try_all() -> list[str]:
        faults = []
        for name in WRITERS:
            client = browser(app, name)
            for address in addresses:
                for version in ("0", "1"):
                    here[0] = f"{name} {address} version {version}"
                    form = FORM | {"version": version, "v-1": version}
                    status = client.post(address, data=form, headers=headers).status_code
                    faults += [f"{here[0]}: {status}"] if status >= 500 else []
        return faults

    assert outside(try_all) == []
    assert changed == []
    assert written[0] > 5, "hardly anything was written: the forms reach nothing"


@pytest.mark.parametrize("stage", STAGES)
def test_no_verb_changes_a_locked_sheet(app: Flask, stage: str) -> None:
    review_id = STAGES[stage]()
    rows = select(BlindRating).where(
        BlindRating.assessment_id == review_id, BlindRating.person_id == id_of("lead-reviewer")
    )
    version = {row.item_key: row.version for row in db.session.scalars(rows)}
    for call in (
        lambda: save_own_item(actor("lead-reviewer"), review_id, KEY, ItemDraft(1, "x", "x"), version[KEY]),
        lambda: save_own_sheet(actor("lead-reviewer"), review_id, {KEY: ItemDraft(1, "x", "x")}, version),
        lambda: lock(actor("lead-reviewer"), review_id),
    ):
        with pytest.raises(PortalError):
            call()
