"""The four invariants (assurance, section 3d), over tablets' journals and what the portal has.

I1  Each operation shown as saved is in exactly one of applied, proposal, quarantine, device.
I2  None is applied twice.
I3  Audit rows = applied operations.
I4  Every superseded value can be had again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.soak.journal import Op, Told
from tests.soak.standing import Held, Place, Record, Standing, Stored

HELD_WHY = {"conflict": "proposal", "quarantined": "quarantine"}
VERBS = {"applied": ".apply", "conflict": ".propose", "quarantined": ".quarantine"}


@dataclass(frozen=True)
class Violation:
    """A broken promise: which, and what was seen. Never with what somebody typed."""

    invariant: str
    words: str


def check(
    journals: Iterable[Told], standing: Standing, elsewhere: Mapping[Place, int] | None = None
) -> list[Violation]:
    """Every violation. `elsewhere`: how many changes of a record came not from tablets."""
    told = list(journals)
    return [
        *_nothing_lost(told, standing),
        *_none_twice(standing, elsewhere or {}),
        *_audit_matches(standing),
        *_all_retrievable(told, standing),
        *(Violation("database", fault) for fault in standing.faults),
    ]


def announced_losses(journals: Iterable[Told]) -> tuple[int, int]:
    """How many operations were wiped from devices: announced to the person, and not."""
    lost = [announced for told in journals for announced in told.lost.values()]
    return sum(lost), len(lost) - sum(lost)


def _nothing_lost(journals: list[Told], standing: Standing) -> Iterator[Violation]:
    stored = _by_id(standing.operations)
    held = {one.op_id: one for one in standing.held}
    for told in journals:
        waiting = {op["op_id"] for op in told.waiting}
        for op_id, op in told.operations.items():
            places = [_place_of(row, held) for row in stored.get(op_id, [])[:1]]
            if op_id in waiting:
                places.append("device")
            if op_id in told.lost:
                if not told.lost[op_id]:
                    yield Violation("I1", f"edit {op['seq']} was wiped and nobody was told")
            elif len(places) != 1 or places[0].startswith("nowhere"):
                where = ", ".join(places) or "nowhere"
                yield Violation("I1", f"edit {op['seq']} of {told.device_id[:8]} is in: {where}")
        yield from _numbers_without_gap(told)
        yield from _receipts_hold(told, stored)
    yield from _last_word_stands(standing)


def _place_of(row: Stored, held: Mapping[str, Held]) -> str:
    if row.outcome == "applied":
        return "applied" if row.op_id not in held else "nowhere: applied and held"
    wanted = HELD_WHY.get(row.outcome)
    kept = held.get(row.op_id)
    return wanted if kept and kept.why == wanted else f"nowhere: {row.outcome} and not held"


def _numbers_without_gap(told: Told) -> Iterator[Violation]:
    seqs = [op["seq"] for op in told.operations.values()]
    if seqs != list(range(1, len(seqs) + 1)):
        yield Violation("I1", f"the numbers of {told.device_id[:8]} have a gap")


def _receipts_hold(told: Told, stored: Mapping[str, list[Stored]]) -> Iterator[Violation]:
    """What a tablet was told is what the portal has."""
    for op_id, receipt in told.receipts.items():
        rows = stored.get(op_id, [])
        if receipt["outcome"] in VERBS and [row.outcome for row in rows[:1]] != [receipt["outcome"]]:
            yield Violation(
                "I1", f"a receipt says {receipt['outcome']}, the portal {[row.outcome for row in rows]}"
            )


def _last_word_stands(standing: Standing) -> Iterator[Violation]:
    """What the newest applied edit made of a field is what stands, where tablets alone wrote it."""
    for place, rows in _applied(standing).items():
        record = standing.records.get(place)
        if record is None:
            yield Violation("I1", f"applied edits of a {place.kind} that is not there")
            continue
        newest = max(row.version or 0 for row in rows)
        if record.version != newest or place.kind == "photo":
            continue  # somebody at a desk wrote last
        for name, value in _resulting(rows).items():
            if name in record.fields and _plain(record.fields[name]) != _plain(value):
                yield Violation("I1", f"“{name}” of a {place.kind} is not what its newest edit made of it")


def _plain(value: object) -> object:
    """Space at the ends of a text is left out by the portal: that is no loss."""
    return value.strip() if isinstance(value, str) else value


def _resulting(rows: list[Stored]) -> dict[str, object]:
    result: dict[str, object] = {}
    for row in sorted(rows, key=lambda one: one.version or 0):
        result |= (row.payload or {}).get("fields", {})
    return result


def _none_twice(standing: Standing, elsewhere: Mapping[Place, int]) -> Iterator[Violation]:
    for op_id, rows in _by_id(standing.operations).items():
        if len(rows) > 1:
            yield Violation("I2", f"operation {op_id[:8]} has {len(rows)} rows")
    for op_id, times in Counter(
        done.op_id for done in standing.audit if done.verb.endswith(".apply")
    ).items():
        if times > 1:
            yield Violation("I2", f"operation {op_id[:8]} was applied {times} times")
    for place, rows in _applied(standing).items():
        if place.kind == "photo":
            continue
        record = standing.records.get(place, Record(0, {}))
        made = len({row.op_id for row in rows}) + elsewhere.get(place, 0)
        if record.version != made:
            yield Violation("I2", f"a {place.kind} is at version {record.version} after {made} changes")
        yield from _in_order(place, rows)


def _in_order(place: Place, rows: list[Stored]) -> Iterator[Violation]:
    """One version for each edit, and of each device in the order of its numbers."""
    versions = [row.version for row in rows]
    if len(set(versions)) != len(versions):
        yield Violation("I2", f"two edits of a {place.kind} have one version")
    for device in {row.device_id for row in rows}:
        mine = sorted((row for row in rows if row.device_id == device), key=lambda row: row.seq)
        if [row.version for row in mine] != sorted(row.version or 0 for row in mine):
            yield Violation("order", f"edits of a {place.kind} were applied out of the order of their device")


def _audit_matches(standing: Standing) -> Iterator[Violation]:
    said = Counter(
        (done.op_id, ending)
        for done in standing.audit
        for ending in VERBS.values()
        if done.verb.endswith(ending)
    )
    for row in standing.operations:
        number = said.pop((row.op_id, VERBS[row.outcome]), 0)
        if number != 1:
            yield Violation("I3", f"{number} audit rows for an operation that was {row.outcome}")
    for (op_id, ending), number in said.items():
        yield Violation("I3", f"{number} audit rows {ending} for {op_id[:8] or 'no operation'}")


def _all_retrievable(journals: list[Told], standing: Standing) -> Iterator[Violation]:
    stored = _by_id(standing.operations)
    for told in journals:
        for op_id, op in told.operations.items():
            for row in stored.get(op_id, []):
                if not _same_content(op, row):
                    yield Violation("I4", f"the portal has other content for edit {op['seq']} than was typed")
    for held in standing.held:
        rows = stored.get(held.op_id, [])
        if held.why == "proposal" and rows and not _stood_beside(rows[0], held):
            yield Violation("I4", f"a proposal was kept without what stood against it ({held.op_id[:8]})")


def _same_content(op: Op, row: Stored) -> bool:
    kept = row.payload
    return kept is not None and all(kept.get(name) == op[name] for name in ("fields", "base", "at", "seq"))


def _stood_beside(row: Stored, held: Held) -> bool:
    fields = (row.payload or {}).get("fields", {})
    return held.stood is not None and (not held.stood or bool(set(fields) & set(held.stood)))


def _by_id(rows: Iterable[Stored]) -> dict[str, list[Stored]]:
    found: dict[str, list[Stored]] = defaultdict(list)
    for row in rows:
        found[row.op_id].append(row)
    return found


def _applied(standing: Standing) -> dict[Place, list[Stored]]:
    found: dict[Place, list[Stored]] = defaultdict(list)
    for row in standing.operations:
        if row.outcome == "applied":
            found[row.place].append(row)
    return found
