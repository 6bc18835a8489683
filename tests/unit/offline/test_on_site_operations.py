"""Edits as operations, records under them, receipts and addresses: the client's own rules, run by node."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.node import run

HERE = Path(__file__).parent
ON_SITE = HERE.parents[2] / "portal" / "static" / "js" / "on-site"
STANDS = {"kind": "rating", "key": "k", "version": 3, "fields": {"rating": 2, "rationale": "old"}, "order": 0}


def call(module: str, function: str, *given: Any) -> Any:
    """What a function of one of the client's modules gives."""
    calls = [[function, *given]]
    return run(HERE / "run_module.mjs", {"module": str(ON_SITE / module), "calls": calls})[0]


def edit(record: Any, waiting: list[Any], changed: dict[str, Any]) -> Any:
    facts = {"id": "o9", "seq": 9, "at": "2026-03-02T10:00:00Z", "review": "r", "kind": "rating", "key": "k"}
    return call(
        "operations.js", "operation", facts | {"record": record, "waiting": waiting, "changed": changed}
    )


def test_only_what_differs_is_sent() -> None:
    wanted = {"rating": 2, "rationale": "new", "evidence": None, "entries": {"a": "1"}}
    assert call("operations.js", "changedFields", STANDS["fields"], wanted) == {
        "rationale": "new",
        "entries": {"a": "1"},
    }


@pytest.mark.parametrize(
    "one, other, equal",
    [
        ({"a": "1", "b": True}, {"b": True, "a": "1"}, True),
        ({"a": "1"}, {"a": "1", "b": None}, False),
        (["a", "b"], ["b", "a"], False),
        ([], {}, False),
        (None, {}, False),
        ("1", 1, False),
        (0, False, False),
    ],
)
def test_values_are_compared_as_json(one: Any, other: Any, equal: bool) -> None:
    assert call("operations.js", "same", one, other) is equal


def test_a_first_edit_begins_from_what_the_server_last_said() -> None:
    made = edit(STANDS, [], {"rating": 4})
    assert (made["base_version"], made["base"], made["after"]) == (3, {"rating": 2}, None)
    assert list(made) == [
        "op_id", "seq", "schema", "review", "kind", "key", "base_version", "after", "base", "fields", "at",
    ]  # fmt: skip


def test_a_second_edit_begins_from_the_first_and_names_it() -> None:
    waiting = [{"op_id": "o7", "fields": {"rating": 5}}, {"op_id": "o8", "fields": {"rating": 4}}]
    made = edit(STANDS, waiting, {"rating": 1, "rationale": ""})
    assert (made["base_version"], made["after"]) == (3, "o8")
    assert made["base"] == {"rating": 4, "rationale": "old"}


def test_an_edit_of_nothing_begins_from_nothing() -> None:
    made = edit(None, [], {"rating": 4})
    assert (made["base_version"], made["base"], made["after"]) == (0, {"rating": None}, None)


def test_waiting_edits_lie_over_what_stands_oldest_first() -> None:
    waiting = [{"fields": {"rating": 5}}, {"fields": {"rating": 4, "evidence": "seen"}}]
    laid = call("operations.js", "laidOver", STANDS["fields"], waiting)
    assert laid == {"rating": 4, "rationale": "old", "evidence": "seen"}
    assert call("operations.js", "laidOver", None, []) is None


def settled(record: Any, outcome: str, version: int | None, current: Any = None) -> Any:
    operation = {"kind": "rating", "key": "k", "fields": {"rating": 4}}
    receipt = {"outcome": outcome, "version": version, "current": current, "saved_at": "10:42"}
    return call("operations.js", "settled", record, operation, receipt)


def test_an_applied_edit_becomes_what_stands() -> None:
    found = settled(STANDS, "applied", 4)
    assert (found["version"], found["fields"]) == (4, {"rating": 4, "rationale": "old"})
    fresh = settled(None, "applied", 1)
    assert (fresh["version"], fresh["fields"], fresh["key"]) == (1, {"rating": 4}, "k")


def test_in_a_conflict_the_servers_value_stands() -> None:
    found = settled(STANDS, "conflict", 7, {"rating": 3})
    assert (found["version"], found["fields"]) == (7, {"rating": 3, "rationale": "old"})


@pytest.mark.parametrize("record", [STANDS, None])
def test_an_edit_kept_aside_leaves_what_stands(record: Any) -> None:
    assert settled(record, "quarantined", None) == record


@pytest.mark.parametrize(
    "address, name, params",
    [
        ("", "home", {}),
        ("#/", "home", {}),
        ("#/review/1f-2/item/3?from=gaps", "item", {"id": "1f-2", "number": "3"}),
        ("#/review/1f-2/notes/new?kind=interview", "note", {"id": "1f-2", "note": "new"}),
        ("#/review/1f-2/worksheets/records", "worksheet", {"id": "1f-2", "worksheet": "records"}),
        ("#/check-out/1f-2", "check_out", {"review": "1f-2"}),
    ],
)
def test_an_address_means_a_page(address: str, name: str, params: dict[str, str]) -> None:
    found = call("routes.js", "route", address)
    assert (found["name"], found["params"]) == (name, params)


@pytest.mark.parametrize("address", ["#/review/1f/item/x", "#/elsewhere", "#/review/<b>", "#//"])
def test_other_addresses_mean_none(address: str) -> None:
    assert call("routes.js", "route", address) is None


@pytest.mark.parametrize(
    "agent, touches, name",
    [
        ("Mozilla/5.0 (Linux; Android 14; SM-X710) Chrome/131.0.0.0 Safari/537.36", 5, "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", 5, "Safari on iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", 0, "Safari on Mac"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/131.0 Safari/537.36 Edg/131.0", 0, "Edge on Windows"),
        ("something else", 0, "A browser on a device"),
    ],
)
def test_a_device_is_called_what_people_call_it(agent: str, touches: int, name: str) -> None:
    assert call("device.js", "deviceName", agent, touches) == name
