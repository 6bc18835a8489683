"""What the portal has, as plain data: so the invariants are checked, and tested, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Place(NamedTuple):
    """Which record: its kind, review and key; of a rating also whose it is."""

    kind: str
    review: str
    key: str
    person: str = ""


@dataclass(frozen=True)
class Stored:
    """A row of the table of operations."""

    op_id: str
    device_id: str
    seq: int
    outcome: str
    version: int | None
    place: Place
    payload: Mapping[str, Any] | None


@dataclass(frozen=True)
class Held:
    """A row of the table of held operations."""

    op_id: str
    why: str
    stood: Mapping[str, Any] | None


@dataclass(frozen=True)
class Done:
    """An audit row of on-site work, or a part of one."""

    number: int
    verb: str
    op_id: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """A rating, note or row as it stands."""

    version: int
    fields: Mapping[str, Any]


@dataclass
class Standing:
    """All that the invariants look at on the server's side."""

    operations: list[Stored] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    audit: list[Done] = field(default_factory=list)
    records: dict[Place, Record] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)  # of the database itself: integrity, keys, audit chain
