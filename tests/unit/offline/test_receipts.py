"""Receipts as devices and replays get them."""

from __future__ import annotations

import json
import uuid
from datetime import date

from portal.reviews.external.rules.notes import NoteKind
from portal.reviews.offline.rules.receipts import mismatch, receipt, wire


def test_a_receipt_of_an_applied_edit() -> None:
    op_id = uuid.uuid4()
    assert receipt(op_id, "applied", version=3, saved_at="10:42") == {
        "op_id": str(op_id),
        "outcome": "applied",
        "version": 3,
        "saved_at": "10:42",
        "reason": "",
        "held": None,
        "current": None,
    }


def test_a_held_edit_is_found_by_its_own_id() -> None:
    op_id = uuid.uuid4()
    found = receipt(op_id, "conflict", reason="Somebody was first.", held=True, current={"rating": 4})
    assert (found["held"], found["current"]) == (str(op_id), {"rating": 4})


def test_a_mismatch_says_that_it_stays_on_the_device() -> None:
    assert "stays on the device" in mismatch("x")["reason"]


def test_fields_go_over_the_wire_as_json() -> None:
    fields = {"kind": NoteKind.RECORD, "taken_on": date(2026, 11, 22), "item_keys": ("a",), "n": None}
    assert json.loads(json.dumps(wire(fields))) == {
        "kind": "record",
        "taken_on": "2026-11-22",
        "item_keys": ["a"],
        "n": None,
    }
