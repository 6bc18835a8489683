"""Words of services' workforce that rules, forms and pages share."""

from __future__ import annotations

from enum import StrEnum


class StaffRole(StrEnum):
    """What somebody is in an IPS service."""

    SPECIALIST = "specialist"
    SENIOR = "senior"
    TEAM_LEADER = "team-leader"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return ROLE_TITLES[self]

    @property
    def has_caseload(self) -> bool:
        """Whether people in this role are employment specialists, who have clients."""
        return self is not StaffRole.TEAM_LEADER


ROLE_TITLES = {
    StaffRole.SPECIALIST: "Employment specialist",
    StaffRole.SENIOR: "Senior employment specialist",
    StaffRole.TEAM_LEADER: "Team leader",
}


class Honorary(StrEnum):
    """Whether somebody has an honorary contract with the host of the service (briefing note 15a)."""

    NONE = "none"
    ASKED = "asked"
    HELD = "held"

    @property
    def title(self) -> str:  # type: ignore[override]  # as above
        return HONORARY_TITLES[self]


HONORARY_TITLES = {Honorary.NONE: "No", Honorary.ASKED: "Asked for", Honorary.HELD: "Yes"}


class EntryKind(StrEnum):
    """What is logged of a service's people."""

    TEAM = "team-supervision"
    INDIVIDUAL = "individual-supervision"
    CLINICAL = "clinical-supervision"
    MEETINGS = "clinical-meetings"
    REVIEW = "senior-review"
    CASELOAD = "caseload"

    @property
    def title(self) -> str:  # type: ignore[override]  # as above
        return KIND_TITLES[self]

    @property
    def of_one_person(self) -> bool:
        """Whether an entry is about one person, and not about the whole team."""
        return self not in (EntryKind.TEAM, EntryKind.REVIEW)


KIND_TITLES = {
    EntryKind.TEAM: "Team supervision",
    EntryKind.INDIVIDUAL: "Individual supervision",
    EntryKind.CLINICAL: "Clinical supervision",
    EntryKind.MEETINGS: "Clinical team meetings of a month",
    EntryKind.REVIEW: "Minuted review with senior clinical staff",
    EntryKind.CASELOAD: "Caseload",
}
LOGGED = tuple(kind for kind in EntryKind if kind is not EntryKind.CASELOAD)  # caseloads have their own page


class ActionState(StrEnum):
    """How far an action of the workforce strategy is."""

    OPEN = "open"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def title(self) -> str:  # type: ignore[override]  # as above
        return STATE_TITLES[self]

    @property
    def is_over(self) -> bool:
        return self in (ActionState.DONE, ActionState.DROPPED)


STATE_TITLES = {
    ActionState.OPEN: "Not started",
    ActionState.UNDER_WAY: "Under way",
    ActionState.DONE: "Done",
    ActionState.DROPPED: "Dropped",
}
