"""A file of past reviews, read: its reviews, its problems, and what names in it are looked up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.external.rules.past_values import Written
from portal.scales.rules.definition import Scale
from portal.scales.rules.scoring import Score

Key = tuple[UUID, str, Kind, date]  # what makes two reviews the same one


@dataclass(frozen=True)
class Problem:
    """Something wrong in the file. line counts from 1; column is "" for the whole row."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"row {self.line}, column {self.column}" if self.column else f"row {self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True)
class KnownService:
    """A service that past reviews may be brought in for. scale: the default of its programme, or ""."""

    id: UUID
    key: str
    name: str
    scale: str = ""


@dataclass(frozen=True)
class Ground:
    """What the names in a file are looked up in, and the day it is read on."""

    services: Sequence[KnownService]
    scales: Sequence[Scale]
    today: date


@dataclass(frozen=True)
class PastReview:
    """One review of the file, complete."""

    line: int
    service: KnownService
    on: date
    kind: Kind
    scale: Scale
    ratings: Mapping[str, int]
    reviewers: str
    result: Score

    @property
    def key(self) -> Key:
        """What makes two reviews the same one."""
        return self.service.id, self.scale.key, self.kind, self.on

    @property
    def words(self) -> str:
        """The review as a person names it."""
        return f"{self.service.name}, {self.scale.short_title}, {self.kind.title}, {self.on.isoformat()}"


@dataclass
class PastFile:
    """What the file says. `written`: the ways in which its dates were written."""

    reviews: list[PastReview] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    written: set[Written] = field(default_factory=set)
    heading_line: int = 1
