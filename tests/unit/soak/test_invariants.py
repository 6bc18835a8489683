"""The invariants' checker is silent where all is well, and names each kind of loss that is planted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.soak.invariants import announced_losses, check
from tests.soak.journal import Journal, Told
from tests.soak.standing import Done, Held, Place, Record, Standing, Stored

NOTE = Place("note", "review", "key")


def _op(number: int, words: str = "typed") -> dict[str, Any]:
    return {
        "op_id": f"op-{number}",
        "seq": number,
        "kind": "note",
        "key": "key",
        "base": {"text": ""},
        "fields": {"text": f"{words} {number}"},
        "at": "2026-11-22T10:00:00+00:00",
    }


def _receipt(number: int, outcome: str = "applied") -> dict[str, Any]:
    return {"op_id": f"op-{number}", "outcome": outcome, "version": number}


def _told() -> Told:
    """Three edits: applied, proposed, waiting."""
    told = Told("device", "lead-reviewer")
    told.operations = {op["op_id"]: op for op in map(_op, (1, 2, 3))}
    told.receipts = {"op-1": _receipt(1), "op-2": _receipt(2, "conflict")}
    return told


def _stored(number: int, outcome: str = "applied", version: int | None = None) -> Stored:
    return Stored(f"op-{number}", "device", number, outcome, version, NOTE, _op(number))


def _standing() -> Standing:
    return Standing(
        [_stored(1, version=1), _stored(2, "conflict")],
        [Held("op-2", "proposal", {"text": "typed 1"})],
        [Done(1, "offline.apply", "op-1", {}), Done(2, "offline.propose", "op-2", {})],
        {NOTE: Record(1, {"text": "typed 1"})},
    )


def _broken(told: Told, standing: Standing) -> set[str]:
    return {violation.invariant for violation in check([told], standing)}


def test_nothing_is_said_where_all_is_well() -> None:
    assert check([_told()], _standing()) == []


def test_an_operation_that_is_nowhere_is_lost() -> None:
    standing = _standing()
    del standing.operations[0], standing.audit[0]
    standing.records = {}
    assert "I1" in _broken(_told(), standing)


def test_an_operation_settled_on_the_device_that_never_arrived_is_lost() -> None:
    told = _told()
    told.receipts["op-3"] = _receipt(3)
    assert "I1" in _broken(told, _standing())


def test_an_operation_both_applied_and_still_waiting_is_in_two_places() -> None:
    told = _told()
    del told.receipts["op-1"]
    assert "I1" in _broken(told, _standing())


def test_a_conflict_without_its_proposal_is_lost() -> None:
    standing = _standing()
    standing.held = []
    assert "I1" in _broken(_told(), standing)


def test_a_receipt_that_says_other_than_the_portal_is_seen() -> None:
    told = _told()
    told.receipts["op-2"] = _receipt(2, "applied")
    assert "I1" in _broken(told, _standing())


def test_a_number_left_out_is_seen() -> None:
    told = _told()
    told.operations["op-3"]["seq"] = 4
    assert "I1" in _broken(told, _standing())


def test_an_applied_edit_whose_value_is_not_what_stands_is_seen() -> None:
    standing = _standing()
    standing.records[NOTE] = Record(1, {"text": "something else"})
    assert "I1" in _broken(_told(), standing)


def test_a_second_row_of_one_operation_is_twice() -> None:
    standing = _standing()
    standing.operations.append(standing.operations[0])
    assert "I2" in _broken(_told(), standing)


def test_a_version_too_many_is_twice() -> None:
    standing = _standing()
    standing.records[NOTE] = replace(standing.records[NOTE], version=2)
    assert _broken(_told(), standing) == {"I2"}
    assert check([_told()], standing, {NOTE: 1}) == []


def test_an_applied_operation_without_audit_row_is_seen() -> None:
    standing = _standing()
    del standing.audit[0]
    assert _broken(_told(), standing) == {"I3"}


def test_an_audit_row_of_no_operation_is_seen() -> None:
    standing = _standing()
    standing.audit.append(Done(3, "offline.apply", "op-9", {}))
    assert _broken(_told(), standing) == {"I3"}


def test_a_value_that_the_portal_has_no_more_is_seen() -> None:
    standing = _standing()
    standing.operations[1] = replace(standing.operations[1], payload=None)
    assert _broken(_told(), standing) == {"I4"}


def test_a_proposal_without_what_stood_is_seen() -> None:
    standing = _standing()
    standing.held = [Held("op-2", "proposal", None)]
    assert _broken(_told(), standing) == {"I4"}


def test_edits_applied_out_of_order_are_seen() -> None:
    told = _told()
    told.receipts["op-2"] = _receipt(2)
    standing = _standing()
    standing.operations = [_stored(1, version=2), _stored(2, version=1)]
    standing.held = []
    standing.audit = [Done(1, "offline.apply", "op-1", {}), Done(2, "offline.apply", "op-2", {})]
    standing.records = {NOTE: Record(2, {"text": "typed 1"})}
    assert _broken(told, standing) == {"order"}


def test_a_fault_of_the_database_is_a_violation() -> None:
    standing = _standing()
    standing.faults = ["integrity: page 3 is torn"]
    assert _broken(_told(), standing) == {"database"}


def test_a_wiped_edit_is_a_violation_unless_somebody_was_told() -> None:
    told = _told()
    told.lost = {"op-3": True}
    assert check([told], _standing()) == []
    assert announced_losses([told]) == (1, 0)
    told.lost = {"op-3": False}
    assert _broken(told, _standing()) == {"I1"}
    assert announced_losses([told]) == (0, 1)


def test_a_line_torn_by_a_kill_was_never_saved(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path, "device", "lead-reviewer")
    journal.add(op=_op(1))
    with path.open("ab") as file:
        file.write(b'{"op": {"op_id": "op-2", "se')
    again = Journal(path, "device", "lead-reviewer")
    assert [op["seq"] for op in again.told.waiting] == [1]
    again.add(op=_op(2))
    reread = Journal(path, "device", "lead-reviewer")
    assert list(reread.told.operations) == ["op-1", "op-2"]
