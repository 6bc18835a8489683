"""Words of posts that rules, forms and pages share."""

from __future__ import annotations

from enum import StrEnum


class Stream(StrEnum):
    """Which services an expert works with: one or the other (OHID specification, 3.3)."""

    NHS = "nhs"
    DRUG_ALCOHOL = "drug-alcohol"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return STREAM_TITLES[self]


STREAM_TITLES = {
    Stream.NHS: "NHS services",
    Stream.DRUG_ALCOHOL: "Drug and alcohol, and health-led trials",
}


class EndReason(StrEnum):
    """Why somebody holds a post no longer."""

    RESIGNED = "resigned"
    RETIRED = "retired"
    TERM_OVER = "term-over"
    MOVED = "moved"
    HOURS = "hours"
    OTHER = "other"

    @property
    def title(self) -> str:  # type: ignore[override]  # as above
        return REASON_TITLES[self]


REASON_TITLES = {
    EndReason.RESIGNED: "Resigned",
    EndReason.RETIRED: "Retired",
    EndReason.TERM_OVER: "End of a fixed term",
    EndReason.MOVED: "Moved to another post",
    EndReason.HOURS: "Changed hours",
    EndReason.OTHER: "Another reason",
}
