"""Reading edits as devices send them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from portal.reviews.external.rules.notes import NoteKind
from portal.reviews.offline.rules import operations
from portal.reviews.offline.rules.operations import EditKind, Unreadable, digest, envelope, read

NOTE, PHOTO, REVIEW = str(uuid.uuid4()), str(uuid.uuid4()), str(uuid.uuid4())


def raw(**changes: Any) -> dict[str, Any]:
    whole = {
        "op_id": str(uuid.uuid4()),
        "seq": 1,
        "schema": 1,
        "review": REVIEW,
        "kind": "rating",
        "key": "caseload-size",
        "base_version": 0,
        "after": None,
        "base": {"rating": None},
        "fields": {"rating": 4},
        "at": "2026-11-22T10:42:00Z",
    }
    return whole | changes


def test_an_edit_of_a_rating_is_read() -> None:
    edit = read(
        raw(fields={"rating": 4, "rationale": " Why\r\nso ", "entries": {"clients": 12, "own": True}})
    )
    assert (edit.kind, edit.key, edit.base_version, edit.after) == (EditKind.RATING, "caseload-size", 0, None)
    assert edit.fields == {"rating": 4, "rationale": "Why\nso", "entries": {"clients": "12", "own": True}}


def test_a_rating_may_be_taken_away() -> None:
    assert read(raw(fields={"rating": None})).fields == {"rating": None}


def test_an_edit_of_a_note_is_read() -> None:
    fields = {
        "kind": "document",
        "role": "",
        "source": "DOC",
        "heading": "Minutes",
        "text": "Seen",
        "item_keys": ["caseload-size"],
        "taken_on": "2026-11-22",
        "removed": False,
    }
    edit = read(raw(kind="note", key=NOTE, fields=fields))
    assert edit.fields == {
        **fields,
        "kind": NoteKind.DOCUMENT,
        "item_keys": ("caseload-size",),
        "taken_on": date(2026, 11, 22),
    }


def test_an_edit_of_a_row_names_its_worksheet_and_place() -> None:
    edit = read(raw(kind="row", key="records:12", fields={"joined": "1/3/2026", "removed": True}))
    assert edit.fields == {"joined": "1/3/2026", "removed": True}
    assert operations.worksheet_place(edit.key) == ("records", 12)


def test_a_photo_is_announced_with_its_hash() -> None:
    fields = {"note": NOTE, "sha256": "AB" * 32, "size": 10, "caption": "Board", "content_type": "image/jpeg"}
    edit = read(raw(kind="photo", key=PHOTO, fields=fields))
    assert edit.fields == {"note": uuid.UUID(NOTE), "sha256": "ab" * 32, "size": 10, "caption": "Board"}


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "mood"},
        {"kind": None},
        {"key": ""},
        {"key": 7},
        {"review": "x"},
        {"base_version": -1},
        {"base_version": "0"},
        {"base_version": True},
        {"fields": {}},
        {"fields": None},
        {"base": None},
        {"fields": {"rating": "4"}},
        {"fields": {"rating": True}},
        {"fields": {"rating": 2**31}},
        {"fields": {"rationale": 4}},
        {"fields": {"entries": []}},
        {"fields": {"entries": {"a": None}}},
        {"fields": {"person_id": "x"}},
        {"kind": "note", "fields": {"kind": "gossip"}},
        {"kind": "note", "fields": {"source": "XYZ"}},
        {"kind": "note", "fields": {"item_keys": [1]}},
        {"kind": "note", "fields": {"taken_on": "yesterday"}},
        {"kind": "note", "fields": {"removed": "yes"}},
        {"kind": "note", "fields": {"added_by": "x"}},
        {"kind": "row", "fields": {"joined": 4}},
        {"kind": "row", "fields": {"removed": "no"}},
        {"kind": "photo", "fields": {"note": "x", "sha256": "ab" * 32, "size": 1}},
        {"kind": "photo", "fields": {"note": NOTE, "sha256": "ab", "size": 1}},
        {"kind": "photo", "fields": {"note": NOTE, "sha256": "ab" * 32, "size": 0}},
    ],
)
def test_what_cannot_be_read_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read(raw(**changes))


@pytest.mark.parametrize("seq, fine", [(-1, False), (0, False), (1, True), (2**31 - 1, True), (2**31, False)])
def test_numbers_begin_at_one(seq: int, fine: bool) -> None:
    if fine:
        assert envelope(raw(seq=seq)).seq == seq
    else:
        with pytest.raises(Unreadable):
            envelope(raw(seq=seq))


@pytest.mark.parametrize("op_id", [None, "", "x", 7])
def test_an_edit_has_an_id(op_id: object) -> None:
    with pytest.raises(Unreadable):
        envelope(raw(op_id=op_id))


def test_an_edit_whose_rest_cannot_be_read_is_still_known_by_its_id() -> None:
    found = envelope(raw(kind=3, key=None, review="x"))
    assert (found.kind, found.key, found.review_id) == ("", "", None)


@pytest.mark.parametrize("key", ["records", "records:", ":1", "records:x", "records:²", "records:12345"])
def test_what_names_no_row_is_refused(key: str) -> None:
    with pytest.raises(Unreadable):
        operations.worksheet_place(key)


def test_the_digest_is_of_the_content_and_not_of_its_order() -> None:
    edit = raw()
    assert digest(edit) == digest(dict(reversed(edit.items())))
    assert digest(edit) != digest(edit | {"fields": {"rating": 5}})
    assert len(digest(raw(fields={"rationale": "\ud800"}))) == 64


@pytest.mark.parametrize("text", ["\x00a\x00", "a\ud800"])
def test_text_that_no_database_keeps_is_made_plain(text: str) -> None:
    found = read(raw(fields={"rationale": text})).fields["rationale"]
    assert found.encode("utf-8")
    assert "\x00" not in found


@pytest.mark.parametrize(
    "kind, word",
    [
        ("rating", "blind"),
        ("note", "offline"),
        ("row", "offline"),
        ("photo", "offline"),
        ("Rating ", "blind"),
        ("", "blind"),
    ],
)
def test_only_what_the_team_shares_is_not_sealed(kind: str, word: str) -> None:
    assert operations.family(kind) == word
