"""What is kept by hand beside the figures, as it is entered, and what is wrong with it, by field.

Source: OHID specification 3.1.3, 8.1 to 8.4; contract.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from portal.contracts.cycle.rules.streams import Stream

LONGEST_TEXT = 300
LONGEST_NAME = 120
LONGEST_NOTE = 4000


class Details(Protocol):
    """Any of the records below."""

    def problems(self, today: date) -> dict[str, str]:
        """What is wrong, by field; nothing where it can be kept."""


class RiskKind(StrEnum):
    """A risk may happen; an issue has."""

    RISK = "risk"
    ISSUE = "issue"


class Grade(StrEnum):
    """How much a risk or issue weighs."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class CaseKind(StrEnum):
    """What somebody came with, or what one party served on the other.

    A notice of poor performance is for contracts whose words give one; what the buyer publishes of social
    value and the case studies it asks for are recorded too (OHID specification 13.4).
    """

    COMPLAINT = "complaint"
    QUERY = "query"
    NOTICE = "performance-notice"
    CASE_STUDY = "case-study"
    PUBLICATION = "publication"

    @property
    def words(self) -> str:
        """As it stands in a sentence."""
        return _CASES[self]


_CASES = {
    CaseKind.COMPLAINT: "complaint",
    CaseKind.QUERY: "query",
    CaseKind.NOTICE: "performance notice",
    CaseKind.CASE_STUDY: "request for a case study",
    CaseKind.PUBLICATION: "publication by the buyer",
}


@dataclass(frozen=True)
class ActivityDetails:
    """An activity of a quarter that no record of the portal tells. `done_on` empty: not done so far."""

    stream: Stream
    text: str
    planned: bool
    done_on: date | None = None

    def problems(self, today: date) -> dict[str, str]:
        found = _text({}, "text", self.text, "Enter what the activity is")
        if self.done_on and self.done_on > today:
            found["done_on"] = "The day it was done must not be later than today"
        if not self.planned and self.done_on is None:
            found["done_on"] = "Enter the day it was done, or mark it as planned"
        return found


@dataclass(frozen=True)
class MilestoneDetails:
    """A milestone of the contract. `awarded_on`: of the mobilisation plan, which is due four weeks later."""

    title: str
    due: date
    done_on: date | None = None
    note: str = ""
    awarded_on: date | None = None

    def problems(self, today: date) -> dict[str, str]:
        found = _text({}, "title", self.title, "Enter what the milestone is")
        if self.done_on and self.done_on > today:
            found["done_on"] = "The day it was reached must not be later than today"
        return _note(found, "note", self.note)


@dataclass(frozen=True)
class RiskDetails:
    """A risk or an issue, what is done about it and by whom."""

    kind: RiskKind
    text: str
    grade: Grade
    response: str
    owner: str
    raised_on: date
    closed_on: date | None = None

    def problems(self, today: date) -> dict[str, str]:
        found = _text({}, "text", self.text, "Enter what the risk or issue is")
        _text(found, "owner", self.owner, "Enter who deals with it", LONGEST_NAME)
        _note(found, "response", self.response)
        if self.raised_on > today:
            found["raised_on"] = "The day it was raised must not be later than today"
        if self.closed_on and not self.raised_on <= self.closed_on <= today:
            found["closed_on"] = "The day it was closed must lie between the day it was raised and today"
        return found


@dataclass(frozen=True)
class ManagerDetails:
    """A change of the supplier's lead manager: who comes, when the buyer was told, when it takes effect."""

    name: str
    told_on: date
    effect_on: date
    note: str = ""

    def problems(self, today: date) -> dict[str, str]:
        found = _text({}, "name", self.name, "Enter the name of the new lead manager", LONGEST_NAME)
        if self.told_on > today:
            found["told_on"] = "The day the buyer was told must not be later than today"
        return _note(found, "note", self.note)


@dataclass(frozen=True)
class CaseDetails:
    """A complaint, a query or another case as it came in."""

    kind: CaseKind
    received_on: date
    sender: str
    about: str

    def problems(self, today: date) -> dict[str, str]:
        found = _text({}, "sender", self.sender, "Enter who it came from", LONGEST_NAME)
        _text(found, "about", self.about, "Enter what it is about", LONGEST_NOTE)
        if self.received_on > today:
            found["received_on"] = "The day it was received must not be later than today"
        return found


@dataclass(frozen=True)
class ActionDetails:
    """What a meeting agreed that somebody does."""

    text: str
    owner: str
    due: date
    done_on: date | None = None

    def problems(self, today: date) -> dict[str, str]:
        found = _text({}, "text", self.text, "Enter what is to be done")
        _text(found, "owner", self.owner, "Enter who does it", LONGEST_NAME)
        if self.done_on and self.done_on > today:
            found["done_on"] = "The day it was done must not be later than today"
        return found


def _text(
    found: dict[str, str], name: str, text: str, missing: str, longest: int = LONGEST_TEXT
) -> dict[str, str]:
    if not text.strip():
        found[name] = missing
    elif len(text) > longest:
        found[name] = f"Use {longest:,} characters or fewer; this has {len(text):,}"
    return found


def _note(found: dict[str, str], name: str, text: str) -> dict[str, str]:
    if len(text) > LONGEST_NOTE:
        found[name] = f"Use {LONGEST_NOTE:,} characters or fewer; this has {len(text):,}"
    return found
