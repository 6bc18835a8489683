"""What the report of an external review says besides its ratings. Plain data, frozen with the report.

It follows fidelity.md, section 2.6 (method: dates, reviewers, activities) and section 2.5 (status).
Blind ratings, the moderators' threads and the fieldwork notes are no part of a report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ReportMember:
    """Somebody named for the review, and as what."""

    capacity: str
    name: str


@dataclass(frozen=True)
class ReportOverride:
    """What spoke against somebody's independence, and why they reviewed all the same."""

    name: str
    words: str
    reason: str


@dataclass(frozen=True)
class Done:
    """What the reviewers did: “Interviews with employment specialists”, 4."""

    what: str
    count: int


@dataclass(frozen=True)
class ReportComment:
    """The service's comment on the draft of an item, and what the reviewers decided.

    before, after: the rating in the draft and after the decision; None where it did not change.
    """

    number: int
    title: str
    text: str
    files: tuple[str, ...]
    accepted: bool
    reason: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Changed:
    """An item that a later version changed. A rating that stayed is None on both sides."""

    number: int
    title: str
    before: int | None
    after: int | None
    worded: bool  # what is said about the evidence was changed


@dataclass(frozen=True)
class ReviewPart:
    """What an external review adds to the report.

    valid_until: the last day of the accreditation, where the band earns one. next_due_on: when the
    service is to be reviewed again. presented_on: when the service had the draft.
    """

    fieldwork_from: date
    fieldwork_to: date
    virtual: bool
    process: str
    team: tuple[ReportMember, ...]
    overrides: tuple[ReportOverride, ...]
    done: tuple[Done, ...]
    gaps_reason: str
    presented_on: date | None
    comments: tuple[ReportComment, ...]
    accredited: bool
    valid_months: int
    valid_until: date | None
    next_due_on: date | None
