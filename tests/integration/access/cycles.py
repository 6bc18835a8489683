"""Reports, meetings, records and a case of North's contract with OHID: see `things`.

2024-Q4: its review was held. 2025-Q2: compiled. 2026-Q2: with the buyer. 2025-Q1: not begun.
"""

from __future__ import annotations

from portal.contracts.cycle import queries
from portal.contracts.cycle.models import MeetingKind
from portal.contracts.cycle.rules.agenda import Point
from portal.contracts.cycle.rules.records import (
    ActionDetails,
    ActivityDetails,
    CaseDetails,
    CaseKind,
    Details,
    Grade,
    ManagerDetails,
    MilestoneDetails,
    RiskDetails,
    RiskKind,
)
from portal.contracts.cycle.rules.streams import Stream
from portal.contracts.cycle.service import keeping
from portal.contracts.cycle.service.cases import open_case
from portal.contracts.cycle.service.meetings import MeetingDetails, hold_meeting, plan_meeting
from portal.contracts.cycle.service.moving import compile_report, decide_report, submit_report
from portal.core import clock
from portal.core.rules.quarters import Quarter
from tests.integration.access import contracts, world

KEY = f"alder-{contracts.CONTRACT}"
REVIEWED, UNBEGUN, COMPILED, SUBMITTED = (
    Quarter(2024, 4),
    Quarter(2025, 1),
    Quarter(2025, 2),
    Quarter(2026, 2),
)
HELD, PLANNED, CASE = world.id_of("meeting-held"), world.id_of("meeting"), world.id_of("contract-case")
RECORDS = {name: world.id_of(f"record-{name}") for name in keeping.KINDS}


def fill() -> None:
    """Write them; the contract's file lies there already."""
    lead, buyer = world.actor("lead"), world.actor("buyer")
    for quarter in (REVIEWED, COMPILED, SUBMITTED):
        compile_report(lead, KEY, quarter.key)
        row = queries.newest_report(KEY, quarter.key)
        assert row is not None
        if quarter != COMPILED:
            submit_report(lead, row.id)
        if quarter == REVIEWED:
            decide_report(buyer, row.id, accepted=True)
    for id_, quarter in ((HELD, REVIEWED), (PLANNED, SUBMITTED)):
        details = MeetingDetails(MeetingKind.QUARTERLY, clock.today(), "", (Point("Performance", ""),))
        plan_meeting(lead, KEY, quarter.key, details, id_)
    hold_meeting(buyer, HELD, [("OHID", "B. Lowe")], "Agreed to go on")
    today = clock.today()
    open_case(lead, KEY, CaseDetails(CaseKind.QUERY, today, "A provider", "When is the next review?"), CASE)
    _keep(keeping.ACTIVITY, ActivityDetails(Stream.REVIEWS, "A talk", True), quarter=COMPILED.key)
    _keep(keeping.MILESTONE, MilestoneDetails("Team in place", today))
    _keep(keeping.RISK, RiskDetails(RiskKind.RISK, "Empty posts", Grade.LOW, "", "Lead", today))
    _keep(keeping.MANAGER, ManagerDetails("Rina Cole", today, today))
    _keep(keeping.ACTION, ActionDetails("Send the plan", "Lead", today), meeting_id=HELD)


def _keep(kind: keeping.Kept, details: Details, **more: object) -> None:
    keeping.add(world.actor("lead"), kind, KEY, details, RECORDS[kind.name], **more)
