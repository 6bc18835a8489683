"""How an external review runs under a programme: its steps with their dates, and the figures it goes by.

Read from data/reviews/*.toml; the format is described in docs/programmes.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Who(StrEnum):
    """Who does a step."""

    SERVICE = "service"
    REVIEWERS = "reviewers"
    LEAD_REVIEWER = "lead-reviewer"
    MODERATOR = "moderator"
    SERVICE_AND_REVIEWERS = "service-and-reviewers"
    SUPPLIER = "supplier"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        """As people read it."""
        return _WHO[self]


_WHO = {
    Who.SERVICE: "Service",
    Who.REVIEWERS: "Reviewers",
    Who.LEAD_REVIEWER: "Lead reviewer",
    Who.MODERATOR: "Moderator",
    Who.SERVICE_AND_REVIEWERS: "Service and reviewers",
    Who.SUPPLIER: "Supplier",
}


class Anchor(StrEnum):
    """The date of a review that a step counts from."""

    FIELDWORK_START = "fieldwork-start"
    FIELDWORK_END = "fieldwork-end"
    PRESENTATION = "presentation"
    PUBLICATION = "publication"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        """As people read it, after “before” or “after”."""
        return _ANCHOR[self]


_ANCHOR = {
    Anchor.FIELDWORK_START: "the first day of fieldwork",
    Anchor.FIELDWORK_END: "the last day of fieldwork",
    Anchor.PRESENTATION: "the presentation",
    Anchor.PUBLICATION: "the final report",
}


class Unit(StrEnum):
    """What an offset counts. A month ends on the month's last day where it must (31 August − 2 = 30 June)."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class StepKind(StrEnum):
    """A day by which something is done, or the days through which it goes on."""

    DEADLINE = "deadline"
    SPAN = "span"


class Fact(StrEnum):
    """What the portal itself knows to have happened; a step that names one needs no tick."""

    SELF_AUDIT = "self-audit"
    FIELDWORK = "fieldwork"
    SUBMITTED = "submitted"
    MODERATED = "moderated"
    PRESENTED = "presented"
    FEEDBACK = "feedback"
    PURGED = "purged"
    PLAN_AGREED = "plan-agreed"


@dataclass(frozen=True)
class Step:
    """One step of the timeline. `offset` is negative before the anchor; `until` ends a span.

    `document` is the linked form's name or empty, `fact` what completes it by itself. `virtual` steps
    belong to virtual reviews only.
    """

    key: str
    title: str
    who: Who
    anchor: Anchor
    offset: int
    unit: Unit
    source: str
    document: str = ""
    detail: str = ""
    kind: StepKind = StepKind.DEADLINE
    until: Anchor | None = None
    fact: Fact | None = None
    virtual: bool = False
    ours: bool = False

    @property
    def words(self) -> str:
        """When it is due, as people read it: 2 months before the first day of fieldwork."""
        if self.until is not None:
            return f"From {self.anchor.title} to {self.until.title}"
        if self.offset == 0:
            return f"On {self.anchor.title}"
        count = abs(self.offset)
        unit = self.unit.value if count != 1 else self.unit.value.removesuffix("s")
        if self.offset < 0:
            return f"{count} {unit} before {self.anchor.title}"
        return f"Within {count} {unit} of {self.anchor.title}"


@dataclass(frozen=True)
class Basis:
    """Where a group of figures comes from. `ours` marks defaults that are our reading."""

    source: str
    ours: bool = False
    note: str = ""


@dataclass(frozen=True)
class ReviewProcess:
    """A complete process. Months and days are calendar ones; points are points of the total."""

    key: str
    title: str
    source: str
    summary: str
    steps: tuple[Step, ...]
    quorum: int  # moderators who must approve
    lean_mean_difference: Fraction  # a reviewer leans at this mean difference from co-reviewers, or more
    lean_reviews: int  # … over at least as many reviews
    edge_points: int  # a total this near a band's edge is flagged
    apart: int  # two ratings this far apart are flagged
    change: int  # a change this large since last time is flagged
    guided_sample_percent: int  # of guided self-assessments without flags, those that are moderated
    independence_months: int
    accredited_bands: tuple[str, ...]
    valid_months: int
    next_accredited_months: int
    next_months: int
    accuracy_days: int
    record_sample: int
    purge_step: str
    basis: Mapping[str, Basis]  # by table of the file: moderation, independence, …

    @property
    def by_key(self) -> Mapping[str, Step]:
        """The steps by key."""
        return {step.key: step for step in self.steps}

    def next_due_months(self, band_key: str | None) -> int:
        """Months from a review to the next, by the band it came to."""
        return self.next_accredited_months if self.accredits(band_key) else self.next_months

    def accredits(self, band_key: str | None) -> bool:
        """Whether this band accredits a service."""
        return band_key in self.accredited_bands
