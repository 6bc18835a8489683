"""The caseload caps of programmes: from the programme's own parameters, else from the fidelity scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from portal.programmes.registry import registry
from portal.workforce.staff.rules.words import StaffRole

SCALE_CAP = Decimal(20)  # domain/fidelity.md, item 1; IPS-25, item 1: rating 5
SCALE_SOURCE = "IPS-25, item 1: no more than 20 active clients for a full-time specialist"


@dataclass(frozen=True)
class Cap:
    """The most active clients of a full-time specialist in a role, and where that is written."""

    clients: Decimal
    source: str


def cap_of(programme_key: str | None, role: StaffRole) -> Cap | None:
    """The cap of a role in a programme; None for team leaders, who have none."""
    if not role.has_caseload:
        return None
    programme = registry().get(programme_key or "")
    parameters = programme.by_key if programme else {}
    wanted = ("senior-caseload", "caseload") if role is StaffRole.SENIOR else ("caseload",)
    for key in wanted:
        found = parameters.get(key)
        if found is not None and found.high is not None:
            return Cap(found.high, found.source)
    return Cap(SCALE_CAP, SCALE_SOURCE)
