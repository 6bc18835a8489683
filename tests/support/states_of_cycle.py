"""A contract's reports, meetings, records and cases, in every state.

In the demonstration 2025-Q2 was returned and put right, 2026-Q2 is with the buyer, 2026-Q3 is compiled.
"""

from __future__ import annotations

from portal.core.rules.quarters import Quarter
from portal.demonstration.cycle import meeting_id
from portal.demonstration.people import demo_id
from tests.support.page_states import PageState, enter, hidden, press, tick

S = PageState
_LEADS, _BUYS, _READS = "lead-manager", "buyer", "governance-reader"
_AT = "/contracts/demonstration-2025"
_PAST = "/contracts/ohid-ips-ad-2023"
_QUARTERS = ("2025-Q1", "2025-Q2", "2026-Q2", "2026-Q3")
_CLOSED, _RIGHTED, _SENT, _NOW = (f"{_AT}/{one}/report" for one in _QUARTERS)
_HELD = f"{_AT}/meetings/{meeting_id(Quarter(2026, 1))}"
_PLANNED = f"{_AT}/meetings/{meeting_id(Quarter(2026, 2))}"
_RECORD = f"{_AT}/records"
_CASE, _SETTLED = (f"{_AT}/cases/{demo_id('contract-case', one)}" for one in ("1", "0"))
_REPORT = "Quarterly progress report"

REPORTS = (
    S("cycle-closed", _READS, _CLOSED, _REPORT, (), "It no longer changes"),
    S("cycle-closed-own", _LEADS, _CLOSED, _REPORT, (), "Correct the report"),
    S("cycle-righted", _BUYS, _RIGHTED, _REPORT, (), "What changed since version 1"),
    S("cycle-returned", _LEADS, f"{_RIGHTED}?version=1", _REPORT, (), "Returned"),
    S("cycle-sent", _BUYS, _SENT, _REPORT, (), "Accept or return"),
    S("cycle-draft", _LEADS, _NOW, _REPORT, (), "A draft, as the records stand now"),
    S("cycle-draft-of-others", _BUYS, _NOW, _REPORT, (), "once it is submitted"),
    S("cycle-not-begun", _LEADS, f"{_PAST}/2024-Q4/report", _REPORT, (), "Begin the report"),
    S("cycle-summary", _LEADS, f"{_NOW}/summary", "Summary of the quarter"),
    S(
        "cycle-summary-stale",
        _LEADS,
        f"{_NOW}/summary",
        "Summary of the quarter",
        (enter("#summary", "Other words"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
    S("cycle-submit", _LEADS, f"{_NOW}/submit", "Submit the report", (), "Without a figure"),
    S(
        "cycle-submit-early",
        _LEADS,
        f"{_NOW}/submit",
        "Submit the report",
        (press("Submit the report"),),
        "Submit the report after that day",
    ),
    S("cycle-decide", _BUYS, f"{_SENT}/decide", "Accept or return the report"),
    S(
        "cycle-decide-empty",
        _BUYS,
        f"{_SENT}/decide",
        "Accept or return the report",
        (press("Save the decision"),),
        "Choose whether",
    ),
    S(
        "cycle-return-without-reason",
        _BUYS,
        f"{_SENT}/decide",
        "Accept or return the report",
        (tick("[value=return]"), press("Save the decision")),
        "Enter what must be put right",
    ),
    S("cycle-correct", _LEADS, f"{_CLOSED}/correct", "Correct the report"),
    S(
        "cycle-correct-empty",
        _LEADS,
        f"{_CLOSED}/correct",
        "Correct the report",
        (press("Begin the correction"),),
        "Enter what is wrong",
    ),
)
MEETINGS = (
    S("meetings", _BUYS, f"{_AT}/meetings", "Meetings", (), "Actions still open"),
    S("meetings-none", _LEADS, f"{_PAST}/meetings", "Meetings", (), "No meeting yet"),
    S("meetings-read", _READS, f"{_AT}/meetings", "Meetings", (), "the newest first"),
    S("meeting-held", _READS, _HELD, "Quarterly review", (), "Who came"),
    S("meeting-held-own", _BUYS, _HELD, "Quarterly review", (), "Complete the minutes"),
    S("meeting-planned", _LEADS, _PLANNED, "Quarterly review", (), "Cancel the meeting"),
    S("meeting-edit", _LEADS, f"{_PLANNED}/edit", "Change the meeting", (), "Agenda"),
    S("meeting-hold", _BUYS, f"{_PLANNED}/hold", "Record the meeting", (), "NHS England"),
    S(
        "meeting-hold-early",
        _BUYS,
        f"{_HELD}/hold",
        "Record the meeting",
        (enter("#attendance", ""), press("Save")),
        "Enter who came",
    ),
    S("review-meeting-new", _BUYS, f"{_AT}/2026-Q2/meetings/new", "Plan a meeting", (), "Payments"),
    S(
        "meeting-ad-hoc-empty",
        _LEADS,
        f"{_AT}/2026-Q3/meetings/new?kind=ad-hoc",
        "Plan a meeting",
        (press("Plan the meeting"),),
        "Enter the day of the meeting",
    ),
    S("meeting-action-new", _BUYS, f"{_HELD}/actions/new", "Add an action"),
    S(
        "meeting-action-edit",
        _BUYS,
        f"{_RECORD}/action/{demo_id('contract-action', '2026-Q1')}",
        "Change the action",
    ),
)
RECORDS = (
    S("milestones", _READS, f"{_AT}/milestones", "Milestones", (), "Late"),
    S("milestones-own", _LEADS, f"{_AT}/milestones", "Milestones", (), "Add a milestone"),
    S("milestones-none", _READS, f"{_PAST}/milestones", "Milestones", (), "No milestone yet"),
    S("milestone-new", _BUYS, f"{_AT}/milestones/new", "Add a milestone"),
    S(
        "milestone-new-empty",
        _BUYS,
        f"{_AT}/milestones/new",
        "Add a milestone",
        (press("Add the milestone"),),
        "Enter what the milestone is",
    ),
    S(
        "milestone-stale",
        _LEADS,
        f"{_RECORD}/milestone/{demo_id('contract-record', '2')}",
        "Change the milestone",
        (enter("#title", "Another title"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
    S("risks", _BUYS, f"{_AT}/risks", "Risks and issues", (), "High"),
    S("risks-none", _READS, f"{_PAST}/risks", "Risks and issues", (), "No risk or issue yet"),
    S("risk-new", _LEADS, f"{_AT}/risks/new", "Add a risk or issue"),
    S("managers", _BUYS, f"{_AT}/managers", "Lead manager", (), "In time"),
    S("managers-none", _READS, f"{_PAST}/managers", "Lead manager", (), "No change yet"),
    S("manager-new", _LEADS, f"{_AT}/managers/new", "Add a change of the lead manager"),
    S("activity-new", _LEADS, f"{_AT}/2026-Q3/activities/new", "Add an activity"),
    S(
        "activity-edit",
        _LEADS,
        f"{_RECORD}/activity/{demo_id('contract-activity', '2026-Q3', '2')}",
        "Change the activity",
        (),
        "Remove this activity",
    ),
)
CASES = (
    S("cases", _BUYS, f"{_AT}/cases", "Complaints and queries", (), "Escalated"),
    S("cases-none", _READS, f"{_PAST}/cases", "Complaints and queries", (), "None yet"),
    S("case-new", _LEADS, f"{_AT}/cases/new", "Record a complaint or query"),
    S("case-escalated", _LEADS, _CASE, "Complaint of", (), "Escalated"),
    S("case-settled", _READS, _SETTLED, "Complaint of", (), "Settled"),
    S("case-empty-step", _BUYS, _CASE, "Complaint of", (press("Save the step"),), "Choose what was done"),
)
STATES = (*REPORTS, *MEETINGS, *RECORDS, *CASES)
