"""A report as plain data: everything the page, the PDF, the tables and the JSON are drawn from.

It is built once, when the assessment becomes final, and kept as canonical JSON. What a report holds
follows fidelity.md, section 2.6: summary first, then section by section and item by item.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from portal.core.rules.chain import canonical
from portal.reviews.assessment.rules.external_part import Changed, ReviewPart
from portal.reviews.assessment.rules.plain import LATER, from_plain, to_plain

FORMAT = 1


def in_words(numbers: Sequence[int]) -> str:
    """Ascending numbers as people write them: "1, 3 to 5 and 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown: list[str] = []
    for run in runs:
        shown += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


@dataclass(frozen=True)
class ReportScale:
    """The definition the ratings were given on, with what is not settled about it.

    derived: items whose anchors are ours, the source giving none. unchecked: items whose anchors
    no person has compared with the published text yet.
    """

    key: str
    version: str
    digest: str
    title: str
    short_title: str
    source: str
    licence: str
    rating_min: int
    rating_max: int
    notes: tuple[str, ...]
    derived: tuple[int, ...]
    unchecked: tuple[int, ...]

    @property
    def derived_words(self) -> str:
        """The items with derived anchors, with runs drawn together."""
        return in_words(self.derived)

    @property
    def unchecked_words(self) -> str:
        """The items with unchecked anchors, with runs drawn together."""
        return in_words(self.unchecked)


@dataclass(frozen=True)
class ReportBand:
    """A band: `lowest` to `highest`, both included."""

    key: str
    title: str
    lowest: int
    highest: int


@dataclass(frozen=True)
class ReportSection:
    """A section's total now and at the result it is compared with."""

    key: str
    title: str
    total: int
    maximum: int
    last: int | None


@dataclass(frozen=True)
class Earlier:
    """An earlier result of the same service on the same scale."""

    kind: str
    kind_title: str
    on: date
    total: int
    band_title: str | None


@dataclass(frozen=True)
class Step:
    """Who did what to reach the result, and on which UK date."""

    what: str
    name: str
    on: date


@dataclass(frozen=True)
class ReportItem:
    """One item. Ratings that were not given are None, texts that were not written are empty.

    change: against the newest earlier result. outcome: a key of `telling.OUTCOMES`.
    """

    key: str
    number: int
    other_number: str
    section: str
    title: str
    definition: str
    rating: int
    anchor: str
    derived: bool
    checked: bool
    how_scored: str
    self_rating: int | None
    guide_rating: int | None
    agreed: bool
    outcome: str
    suggested: int | None
    calculation: tuple[str, ...]
    evidence: str
    files: tuple[str, ...]
    rationale: str
    guide_reason: str
    answer: str
    recommendation: str
    last_own: int | None
    last_external: int | None
    change: int | None


@dataclass(frozen=True)
class Report:
    """A published result. `highlights` and `priorities` are item numbers, the first first.

    own, external: the last earlier result by the service itself and by external reviewers.
    version, reason, changes: of a correction. review: what an external review adds.
    """

    code: str
    service_key: str
    service: str
    provider: str
    kind: str
    kind_title: str
    imported: bool
    period_from: date
    period_to: date
    final_on: date
    steps: tuple[Step, ...]
    scale: ReportScale
    bands: tuple[ReportBand, ...]
    total: int
    lowest: int
    maximum: int
    band: ReportBand | None
    sections: tuple[ReportSection, ...]
    items: tuple[ReportItem, ...]
    highlights: tuple[int, ...]
    priorities: tuple[int, ...]
    own: Earlier | None
    external: Earlier | None
    method: tuple[str, ...]
    format: int = FORMAT
    version: int = field(default=1, metadata=LATER)
    reason: str = field(default="", metadata=LATER)
    changes: tuple[Changed, ...] = field(default=(), metadata=LATER)
    review: ReviewPart | None = field(default=None, metadata=LATER)

    @property
    def is_draft(self) -> bool:
        """Whether it was drawn before publication: it has no code then."""
        return not self.code

    @property
    def share(self) -> Fraction:
        """The total as a share of the maximum, 0 to 1."""
        return Fraction(self.total, self.maximum)

    @property
    def compared_with(self) -> Earlier | None:
        """The newest earlier result, which every change is counted from."""
        found = [one for one in (self.own, self.external) if one is not None]
        return max(found, key=lambda one: one.on, default=None)

    @property
    def change(self) -> int | None:
        """Points gained or lost since the newest earlier result."""
        return None if self.compared_with is None else self.total - self.compared_with.total

    @property
    def not_agreed(self) -> tuple[ReportItem, ...]:
        """The items on which guide and provider still differed."""
        return tuple(item for item in self.items if not item.agreed)

    @property
    def to_next(self) -> tuple[ReportBand, int] | None:
        """The next band up and how many points it is away; None in the highest or without bands."""
        higher = [band for band in self.bands if band.lowest > self.total]
        if not higher:
            return None
        band = min(higher, key=lambda one: one.lowest)
        return band, band.lowest - self.total

    def item(self, number: int) -> ReportItem:
        """The item with this number."""
        return self.items[number - 1]

    def items_of(self, section: str) -> tuple[ReportItem, ...]:
        """The items of one section, in order."""
        return tuple(item for item in self.items if item.section == section)

    def moved(self, direction: int) -> tuple[ReportItem, ...]:
        """The items that rose (1), fell (−1) or stayed (0) since the newest earlier result."""
        changes = ((item, item.change) for item in self.items if item.change is not None)
        return tuple(item for item, change in changes if (change > 0) - (change < 0) == direction)


def canonical_text(report: Report) -> str:
    """The report as canonical JSON: sorted keys, no white space. This text is what is kept and hashed."""
    return canonical(to_plain(report)).decode()


def read_report(data: Mapping[str, Any]) -> Report:
    """The report kept as JSON data."""
    return from_plain(Report, data)


def digest_of(text: str) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
