"""What a tablet keeps: a file that is only added to, each line on the disk before it counts.

An operation is "shown as saved" from the moment its line is synced. A line torn by a kill never counted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Op = dict[str, Any]
Receipt = dict[str, Any]
FINAL = frozenset({"applied", "conflict", "quarantined"})


@dataclass
class Told:
    """What a journal says: everything ever shown as saved, and what the portal answered."""

    device_id: str
    person: str
    operations: dict[str, Op] = field(default_factory=dict)  # by op_id, in order of sequence
    receipts: dict[str, Receipt] = field(default_factory=dict)
    lost: dict[str, bool] = field(default_factory=dict)  # op_id -> whether the loss was announced
    photos: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    check_outs: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def waiting(self) -> list[Op]:
        """Operations without a final receipt, in order: what is on the device only, as far as it knows."""
        return [
            op
            for op_id, op in self.operations.items()
            if op_id not in self.lost and self.receipts.get(op_id, {}).get("outcome") not in FINAL
        ]

    @property
    def sendable(self) -> list[Op]:
        """The waiting ones but those that the portal holds other content for."""
        return [op for op in self.waiting if op["op_id"] not in self.receipts]

    @property
    def highest(self) -> int:
        """The highest sequence number given out."""
        return max((op["seq"] for op in self.operations.values()), default=0)


class Journal:
    """The file and what it says."""

    def __init__(self, path: Path, device_id: str, person: str) -> None:
        self.path = path
        self.told = Told(device_id, person)
        path.parent.mkdir(parents=True, exist_ok=True)
        for line in _whole_lines(path):
            self._take(line)
        if path.exists() and not path.read_bytes().endswith(b"\n"):
            self._write(b"\n")  # what follows a torn line begins on a line of its own

    def add(self, **line: Any) -> None:
        """Put a line on the disk, then believe it."""
        self._write(json.dumps(line).encode() + b"\n")
        self._take(line)

    def _write(self, raw: bytes) -> None:
        with self.path.open("ab") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())

    def _take(self, line: dict[str, Any]) -> None:
        told = self.told
        if "op" in line:
            told.operations[line["op"]["op_id"]] = line["op"]
        if "receipt" in line:
            told.receipts[line["receipt"]["op_id"]] = line["receipt"]
        if "record" in line:
            told.records[line["record"]["kind"], line["record"]["key"]] = line["record"]
        if "photo" in line:
            told.photos[line["photo"]["id"]] = line["photo"]
        if "check_out" in line:
            told.check_outs[line["check_out"]["id"]] = line["check_out"]
        if "lost" in line:
            told.lost |= dict.fromkeys(line["lost"], line["announced"])


def _whole_lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    for raw in path.read_bytes().split(b"\n"):
        try:
            line = json.loads(raw)
        except ValueError:
            continue  # torn by a kill, or the end
        if isinstance(line, dict):
            yield line
