"""The matrix of a contract's cycle: see `lines` and `cycles`.

The supplier compiles, submits and corrects; the buyer decides and closes; both keep meetings, milestones,
risks and cases; governance reads.
"""

from __future__ import annotations

from tests.integration.access import cycles
from tests.integration.access.contracts import CONTRACT, LOCAL_CONTRACT
from tests.integration.access.line import Line, get, post
from tests.integration.access.lines_of_definition import AT, LOCAL, NATIONAL
from tests.integration.access.lines_of_figures import REPORTS
from tests.integration.access.lines_of_payments import DECIDES

KEEPS = "s sn nnn nn* nn *fn n nnnnnnn"
DRAFT = "s sn nnn nn* nn nnn n nnnnnnn"
PAGES = ("/meetings", "/milestones", "/risks", "/managers", "/cases")
R = AT + "/<quarter>/report"
M = AT + "/meetings/<uuid:meeting_id>"
C = AT + "/cases/<uuid:case_id>"
RECORD = AT + "/records/<any(activity,milestone,risk,manager,action):kind>/<uuid:record_id>"
REMOVED = AT + "/records/<any(activity,milestone,risk):kind>/<uuid:record_id>/remove"
REVIEWED, UNBEGUN, COMPILED, SUBMITTED = (
    {"quarter": one.key} for one in (cycles.REVIEWED, cycles.UNBEGUN, cycles.COMPILED, cycles.SUBMITTED)
)
HELD, PLANNED = {"meeting_id": str(cycles.HELD)}, {"meeting_id": str(cycles.PLANNED)}
CASE = {"case_id": str(cycles.CASE)}
FIRST, SECOND = {"version": "1"}, {"version": "2"}
KEPT_BY = {"activity": REPORTS, "milestone": KEEPS, "risk": KEEPS, "manager": REPORTS, "action": KEEPS}


def record(kind: str) -> dict[str, str]:
    """A record of a kind, as addresses have it."""
    return {"kind": kind, "record_id": str(cycles.RECORDS[kind])}


READING = [
    *(get(R, NATIONAL, CONTRACT, **one) for one in (REVIEWED, UNBEGUN, COMPILED, SUBMITTED)),
    get(R, NATIONAL, CONTRACT, "n", quarter="2024-Q3"),  # before its first day
    get(R, LOCAL, LOCAL_CONTRACT, quarter="2025-Q3"),
    *(
        line
        for ending in ("json", "xlsx")
        for line in (
            get(R + ".<any(json,xlsx):ending>", NATIONAL, CONTRACT, ending=ending, **SUBMITTED),
            get(R + ".<any(json,xlsx):ending>", DRAFT, CONTRACT, ending=ending, **COMPILED),
        )
    ),
    get(R + ".pdf", NATIONAL, CONTRACT, **SUBMITTED),
    get(R + ".pdf", NATIONAL, CONTRACT, "n", **COMPILED),
    *(get(AT + page, NATIONAL, CONTRACT) for page in PAGES),
    *(get(AT + page, LOCAL, LOCAL_CONTRACT) for page in PAGES),
    get(M, NATIONAL, CONTRACT, **HELD),
    get(C, NATIONAL, CONTRACT, **CASE),
]
REPORTING = [
    post(R + ".pdf", NATIONAL, CONTRACT, "o", **SUBMITTED),  # it was asked for a moment ago
    post(R + "/compile", REPORTS, CONTRACT, **UNBEGUN),
    post(R + "/compile", REPORTS, CONTRACT, "r", **COMPILED),
    get(R + "/summary", REPORTS, CONTRACT, **COMPILED),
    get(R + "/summary", REPORTS, CONTRACT, "o", **SUBMITTED),
    post(R + "/summary", REPORTS, CONTRACT, send={"summary": "Calm", **FIRST}, **COMPILED),
    post(R + "/summary", REPORTS, CONTRACT, "r", {"summary": "Calm", **SECOND}, **COMPILED),
    get(R + "/submit", REPORTS, CONTRACT, **COMPILED),
    post(R + "/submit", REPORTS, CONTRACT, send=FIRST, **COMPILED),
    post(R + "/submit", REPORTS, CONTRACT, "o", FIRST, **SUBMITTED),
    get(AT + "/<quarter>/activities/new", REPORTS, CONTRACT, **COMPILED),
    post(AT + "/<quarter>/activities/new", REPORTS, CONTRACT, "i", **COMPILED),
    get(R + "/decide", DECIDES, CONTRACT, **SUBMITTED),
    get(R + "/decide", DECIDES, CONTRACT, "o", **COMPILED),
    post(R + "/decide", DECIDES, CONTRACT, "i", SECOND, **SUBMITTED),
    post(R + "/decide", DECIDES, CONTRACT, send={"decision": "accept", **SECOND}, **SUBMITTED),
    post(R + "/decide", DECIDES, CONTRACT, "r", {"decision": "accept", **SECOND}, **REVIEWED),
    post(R + "/close", DECIDES, CONTRACT, "r", SECOND, **SUBMITTED),
    post(R + "/close", DECIDES, CONTRACT, send={"version": "4"}, **REVIEWED),
    get(R + "/correct", REPORTS, CONTRACT, **REVIEWED),
    get(R + "/correct", REPORTS, CONTRACT, "o", **SUBMITTED),
    post(R + "/correct", REPORTS, CONTRACT, "i", **REVIEWED),
    post(R + "/correct", REPORTS, CONTRACT, send={"why": "A mistake", "version": "4"}, **REVIEWED),
]


def _records() -> list[Line]:
    """What is sent empty changes nothing."""
    shown = [get(RECORD, pattern, CONTRACT, **record(kind)) for kind, pattern in KEPT_BY.items()]
    saved = [post(RECORD, pattern, CONTRACT, "o", **record(kind)) for kind, pattern in KEPT_BY.items()]
    removed = [
        post(REMOVED, KEPT_BY[kind], CONTRACT, send=FIRST, **record(kind))
        for kind in ("activity", "milestone", "risk")
    ]
    return shown + saved + removed


KEEPING = [
    *_records(),
    *(get(AT + f"/{kind}/new", KEEPS, CONTRACT) for kind in ("milestones", "risks", "cases")),
    *(post(AT + f"/{kind}/new", KEEPS, CONTRACT, "i") for kind in ("milestones", "risks", "cases")),
    get(AT + "/managers/new", REPORTS, CONTRACT),
    post(AT + "/managers/new", REPORTS, CONTRACT, "i"),
    post(C, KEEPS, CONTRACT, "i", FIRST, **CASE),
    post(C, KEEPS, CONTRACT, send={"what": "noted", "text": "Called back", **FIRST}, **CASE),
    get(AT + "/<quarter>/meetings/new", KEEPS, CONTRACT, **SUBMITTED),
    post(AT + "/<quarter>/meetings/new", KEEPS, CONTRACT, "i", **SUBMITTED),
    get(M + "/edit", KEEPS, CONTRACT, **PLANNED),
    post(M + "/edit", KEEPS, CONTRACT, "r", **PLANNED),  # without the version that they saw
    get(M + "/hold", KEEPS, CONTRACT, **PLANNED),
    post(M + "/hold", KEEPS, CONTRACT, "i", {"attendance": "", "minutes": ""}, **PLANNED),
    post(M + "/cancel", KEEPS, CONTRACT, send=FIRST, **PLANNED),
    post(M + "/cancel", KEEPS, CONTRACT, "r", SECOND, **HELD),
    get(M + "/actions/new", KEEPS, CONTRACT, **HELD),
    post(M + "/actions/new", KEEPS, CONTRACT, "i", **HELD),
]
LINES = [*READING, *REPORTING, *KEEPING]
