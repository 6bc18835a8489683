"""Who may review a service, and why not: independence, checked and explained.

Reviewers are independent of the service (fidelity.md, section 2.2). Four rules: nobody who belongs to
the reviewed provider; not the service's supporting EISM of the last months (by dated assignments;
the programme sets how many); moderators are not on the team; the lead reviewer is accredited. The
second can be overridden with a reason, which shows on the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.core.rules.months import months_before


class Capacity(StrEnum):
    """In what capacity somebody is named for a review."""

    LEAD = "lead"
    SECOND = "second"
    OBSERVER = "observer"
    MODERATOR = "moderator"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return CAPACITY_TITLES[self]


CAPACITY_TITLES = {
    Capacity.LEAD: "Lead reviewer",
    Capacity.SECOND: "Second reviewer",
    Capacity.OBSERVER: "Observer in training",
    Capacity.MODERATOR: "Moderator",
}
REVIEWERS = frozenset({Capacity.LEAD, Capacity.SECOND})
TEAM = frozenset({Capacity.LEAD, Capacity.SECOND, Capacity.OBSERVER})
NEEDED = (Capacity.LEAD, Capacity.SECOND, Capacity.MODERATOR)


@dataclass(frozen=True)
class Candidate:
    """A person named for a review, with what independence turns on.

    supported_until: the last day they supported this service as its EISM (the day of the check where
    they still do); None where they never did. accredited_until: the last day of their accreditation.
    """

    person_id: UUID
    name: str
    capacity: Capacity
    of_provider: bool = False
    may_review: bool = True  # holds a role that reviews, in the service's supplier
    supported_until: date | None = None
    accredited_until: date | None = None
    override_reason: str = ""


@dataclass(frozen=True)
class Bar:
    """Why somebody may not act in a capacity. An overridable one falls with a reason."""

    person_id: UUID
    words: str
    overridable: bool = False
    overridden: str = ""

    @property
    def stands(self) -> bool:
        """Whether it still bars them."""
        return not self.overridden


def bars(people: Iterable[Candidate], *, on: date, months: int) -> tuple[Bar, ...]:
    """Everything that speaks against these people on the first day of fieldwork."""
    found: list[Bar] = []
    everybody = list(people)
    team = {one.person_id for one in everybody if one.capacity in TEAM}
    for one in everybody:
        found += _bars_of(one, on, months)
        if one.capacity is Capacity.MODERATOR and one.person_id in team:
            found.append(Bar(one.person_id, f"{one.name} is on the team and cannot moderate it too."))
    return tuple(found)


def _bars_of(one: Candidate, on: date, months: int) -> list[Bar]:
    found: list[Bar] = []
    if one.of_provider:
        found.append(Bar(one.person_id, f"{one.name} belongs to the provider that is reviewed."))
    if not one.may_review:
        found.append(Bar(one.person_id, f"{one.name} has no role in the supplier that reviews this service."))
    if one.supported_until is not None and one.supported_until >= months_before(on, months):
        words = f"{one.name} supported this service as its EISM in the last {months} months."
        found.append(Bar(one.person_id, words, overridable=True, overridden=one.override_reason.strip()))
    if one.capacity is Capacity.LEAD and (one.accredited_until is None or one.accredited_until < on):
        since = "has no reviewer accreditation" if one.accredited_until is None else "is no longer accredited"
        found.append(Bar(one.person_id, f"{one.name} {since} on the first day, so cannot lead."))
    return found


def missing(people: Iterable[Candidate]) -> tuple[str, ...]:
    """The capacities that a review needs and nobody has, in words."""
    have = {one.capacity for one in people}
    return tuple(capacity.title.lower() for capacity in NEEDED if capacity not in have)
