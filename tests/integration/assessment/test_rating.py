"""Saving items: versions, both ways of being stale, repeats, limits, and the sheet as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.assessment.loading import item_ratings
from portal.reviews.assessment.models import ItemRating
from portal.reviews.assessment.rules.workflow import Action
from portal.reviews.assessment.service.drafting import LONGEST_TEXT, ItemDraft, Saved
from portal.reviews.assessment.service.rating import save_item, save_sheet
from tests.support.assessing import actor, audit_rows, begin, item_key, move, rate

ONE, TWO, THREE = item_key(1), item_key(2), item_key(3)


def _save(assessment_id: UUID, draft: ItemDraft, version: int, by: str = "staff") -> Saved:
    return save_item(actor(by), assessment_id, ONE, draft, version)


def _row(assessment_id: UUID, key: str = ONE) -> ItemRating | None:
    db.session.rollback()
    db.session.expire_all()
    return item_ratings(assessment_id).get(key)


def _last_payload() -> Mapping[str, object]:
    db.session.rollback()
    query = select(AuditPayload.body).join(AuditRow, AuditRow.number == AuditPayload.number)
    return db.session.execute(query.order_by(AuditRow.number.desc()).limit(1)).scalar_one() or {}


def test_a_save_raises_the_version_and_writes_one_audit_row_with_what_changed(app: Flask) -> None:
    assessment_id, before = begin(), audit_rows()
    saved = _save(assessment_id, ItemDraft(4, "Why", "Seen", {"clients": "46", "fte": "2.5"}), 0)
    assert (saved.version, saved.suggested, saved.needs_reason) == (1, 5, False)
    assert audit_rows() == before + 1
    row = _row(assessment_id)
    assert row is not None
    assert (row.rating, row.rationale, row.evidence, row.entries) == (
        4,
        "Why",
        "Seen",
        {"clients": "46", "fte": "2.5"},
    )
    again = _save(assessment_id, ItemDraft(5, "Why", "Seen", {"clients": "46", "fte": "2.5"}), 1)
    assert again.version == 2
    assert _last_payload()["changes"] == {"rating": [4, 5]}


def test_the_same_save_sent_again_changes_nothing_whatever_its_version(app: Flask) -> None:
    assessment_id = begin()
    draft = ItemDraft(4, "Why", "Seen", {"clients": "46"})
    _save(assessment_id, draft, 0)
    before = audit_rows()
    for version in (0, 1, 7):
        assert _save(assessment_id, draft, version).version == 1
    assert audit_rows() == before


def test_an_untouched_page_that_is_sent_makes_no_row(app: Flask) -> None:
    assessment_id, before = begin(), audit_rows()
    assert _save(assessment_id, ItemDraft(None), 0).version == 0
    assert _row(assessment_id) is None
    assert audit_rows() == before


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_a_save_over_another_version_is_refused_with_what_stands(app: Flask, seen: int) -> None:
    assessment_id = begin()
    _save(assessment_id, ItemDraft(4, "First"), 0)
    _save(assessment_id, ItemDraft(3, "Second", "Notes"), 1, "manager")
    before = audit_rows()
    with pytest.raises(Stale) as stale:
        _save(assessment_id, ItemDraft(5, "Mine"), seen)
    assert stale.value.version == 2
    assert stale.value.current == {"rating": 3, "rationale": "Second", "evidence": "Notes", "entries": {}}
    row = _row(assessment_id)
    assert row is not None
    assert row.rationale == "Second"
    assert audit_rows() == before


def test_two_first_saves_of_one_item_do_not_overwrite_each_other(app: Flask) -> None:
    assessment_id = begin()
    _save(assessment_id, ItemDraft(4), 0)
    with pytest.raises(Stale) as stale:
        _save(assessment_id, ItemDraft(2), 0, "manager")
    assert stale.value.current["rating"] == 4


def test_a_rating_other_than_the_suggested_one_needs_a_reason_before_it_is_submitted(app: Flask) -> None:
    assessment_id = begin()
    rate(assessment_id, 125)
    entries = {"clients": "46", "fte": "2.5"}
    assert _save(assessment_id, ItemDraft(4, " ", "", entries), 1).needs_reason
    with pytest.raises(Refused, match="differs from the suggestion on item 1"):
        move(assessment_id, Action.SUBMIT, "manager")
    assert not _save(assessment_id, ItemDraft(4, "Two posts are vacant", "", entries), 2).needs_reason
    move(assessment_id, Action.SUBMIT, "manager")


@pytest.mark.parametrize(("rating", "taken"), [(0, False), (1, True), (5, True), (6, False)])
def test_ratings_at_the_edges(app: Flask, rating: int, taken: bool) -> None:
    assessment_id = begin()
    if taken:
        assert _save(assessment_id, ItemDraft(rating), 0).version == 1
        return
    with pytest.raises(Invalid) as refused:
        _save(assessment_id, ItemDraft(rating), 0)
    assert set(refused.value.problems) == {"rating"}
    assert _row(assessment_id) is None


def test_text_at_its_limit_is_taken_and_one_character_more_is_not(app: Flask) -> None:
    assessment_id = begin()
    _save(assessment_id, ItemDraft(4, "x" * LONGEST_TEXT, "y" * LONGEST_TEXT), 0)
    with pytest.raises(Invalid) as refused:
        _save(assessment_id, ItemDraft(4, "x" * (LONGEST_TEXT + 1), "y" * (LONGEST_TEXT + 1)), 1)
    assert set(refused.value.problems) == {"rationale", "evidence"}


def test_entries_that_the_calculator_does_not_ask_are_dropped_and_unreadable_ones_kept(app: Flask) -> None:
    assessment_id = begin()
    saved = _save(assessment_id, ItemDraft(4, "", "", {"clients": "many", "fte": "2", "other": "1"}), 0)
    row = _row(assessment_id)
    assert row is not None
    assert row.entries == {"clients": "many", "fte": "2"}
    assert saved.suggested is None


def test_an_unknown_item_or_assessment_and_a_stranger_are_refused(app: Flask) -> None:
    assessment_id, before = begin(), audit_rows()
    with pytest.raises(Invalid):
        save_item(actor("staff"), assessment_id, "no-such-item", ItemDraft(4), 0)
    with pytest.raises(NotFound):
        _save(UUID(int=1), ItemDraft(4), 0)
    for name in ("other-manager", "peer", "buyer", "commissioner", "far-eism", "administrator"):
        with pytest.raises(NotFound):
            _save(assessment_id, ItemDraft(4), 0, name)
    for name in ("eism", "lead"):
        with pytest.raises(Forbidden):
            _save(assessment_id, ItemDraft(4), 0, name)
    assert audit_rows() == before


def test_a_sheet_is_one_change(app: Flask) -> None:
    assessment_id, before = begin(), audit_rows()
    drafts = {ONE: ItemDraft(5), TWO: ItemDraft(4), THREE: ItemDraft(None)}
    assert save_sheet(actor("staff"), assessment_id, drafts, {}) == 2
    assert save_sheet(actor("staff"), assessment_id, drafts, {}) == 0
    assert audit_rows() == before + 1


def test_a_sheet_with_a_stale_item_saves_nothing_and_shows_every_one(app: Flask) -> None:
    assessment_id = begin()
    save_sheet(actor("manager"), assessment_id, {ONE: ItemDraft(2), TWO: ItemDraft(3, "Theirs")}, {})
    before = audit_rows()
    drafts = {ONE: ItemDraft(5), TWO: ItemDraft(4), THREE: ItemDraft(4)}
    with pytest.raises(Stale) as stale:
        save_sheet(actor("staff"), assessment_id, drafts, {ONE: 0, TWO: 0, THREE: 0})
    assert {key: current["rating"] for key, current in stale.value.current.items()} == {ONE: 2, TWO: 3}  # type: ignore[index]  # a mapping each
    assert _row(assessment_id, THREE) is None
    assert audit_rows() == before


def test_a_sheet_with_a_wrong_item_saves_nothing_and_names_every_wrong_one(app: Flask) -> None:
    assessment_id, before = begin(), audit_rows()
    drafts = {ONE: ItemDraft(5), TWO: ItemDraft(6), THREE: ItemDraft(0)}
    with pytest.raises(Invalid) as refused:
        save_sheet(actor("staff"), assessment_id, drafts, {})
    assert refused.value.problems == {
        TWO: "Item 2: Choose a rating from 1 to 5",
        THREE: "Item 3: Choose a rating from 1 to 5",
    }
    assert item_ratings(assessment_id) == {}
    assert audit_rows() == before
