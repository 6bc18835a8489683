"""The matrix of remedial plans and payments: see `lines` and `remedies`.

The supplier makes and submits plans, the buyer decides on them and on money, governance reads.
"""

from __future__ import annotations

from tests.integration.access.contracts import CONTRACT, LOCAL_CONTRACT
from tests.integration.access.line import get, post
from tests.integration.access.lines_of_definition import AT, LOCAL, NATIONAL
from tests.integration.access.lines_of_figures import REPORTS

DECIDES = "s sn nnn nnf nn *fn n nnnnnnn"
PLANS, PAYMENTS = AT + "/plans", AT + "/payments"
P, Q = PLANS + "/<quarter>/<number>", PAYMENTS + "/<quarter>"
MOVE, DECIDE = P + "/<any(start,submit):move>", P + "/<any(ask,leave,return,close):move>"
T = P + "/tasks/<uuid:task_id>"
DONE = {"quarter": "2024-Q4", "number": "1"}
DRAFT = {"quarter": "2025-Q1", "number": "1"}
REQUIRED = {"quarter": "2025-Q2", "number": "1"}
ASKABLE = {"quarter": "2025-Q4", "number": "1"}
SUBMITTED = {"quarter": "2026-Q1", "number": "1"}
WHY = {"reason": "As discussed"}
TASK = {"item_title": "Second post", "what": "Fill it", "owner": "Lead manager"}
AMOUNT = {"amount": "1,000.00", "vat": "0", "reason": "Invoice 9", "version": "0"}
RELEASE = {"amount": "100.00", "read_of": "2026-Q4", "version": "2", **WHY}

READING = [
    get(PLANS, NATIONAL, CONTRACT),
    get(PLANS, LOCAL, LOCAL_CONTRACT),
    get(P, NATIONAL, CONTRACT, **DRAFT),
    get(P, NATIONAL, CONTRACT, **REQUIRED),
    get(P, NATIONAL, CONTRACT, "n", quarter="2025-Q1", number="2"),  # it asks for nothing
    get(PAYMENTS, NATIONAL, CONTRACT),
    get(PAYMENTS, LOCAL, LOCAL_CONTRACT),
    *(get(PAYMENTS + ".<any(csv,xlsx):kind>", NATIONAL, CONTRACT, kind=kind) for kind in ("csv", "xlsx")),
    get(Q, NATIONAL, CONTRACT, quarter="2024-Q4"),
    get(Q, NATIONAL, CONTRACT, "n", quarter="2023-Q4"),  # before the contract
]
SUPPLIER = [
    post(MOVE, REPORTS, CONTRACT, send={"version": "0"}, move="start", **REQUIRED),
    post(MOVE, REPORTS, CONTRACT, "r", {"version": "0"}, move="start", **ASKABLE),  # nobody asked
    post(MOVE, REPORTS, CONTRACT, send={"version": "1"}, move="submit", **DRAFT),
    post(MOVE, REPORTS, CONTRACT, "r", {"version": "0"}, move="submit", **DRAFT),  # another version
    get(P + "/closing", REPORTS, CONTRACT, **DRAFT),
    post(P + "/closing", REPORTS, CONTRACT, "i", {"closes_when": ""}, **DRAFT),
    get(P + "/tasks/new", REPORTS, CONTRACT, **DRAFT),
    get(P + "/tasks/new", "s sn nnn nnn nn nnn n nnnnnnn", CONTRACT, **REQUIRED),  # not begun
    post(P + "/tasks/new", REPORTS, CONTRACT, "i", **DRAFT),
    post(P + "/tasks/new", REPORTS, CONTRACT, send=TASK, **DRAFT),
    post(P + "/tasks/new", REPORTS, CONTRACT, "r", TASK, **SUBMITTED),  # what was sent stands
    get(T, REPORTS, CONTRACT, **DRAFT),
    post(T, REPORTS, CONTRACT, "i", {"item_title": ""}, **DRAFT),
    post(T + "/<any(drop,restore):change>", REPORTS, CONTRACT, send={"version": "1"}, change="drop", **DRAFT),
]
BUYER = [
    *(get(DECIDE, DECIDES, CONTRACT, move=move, **ASKABLE) for move in ("ask", "leave")),
    post(DECIDE, DECIDES, CONTRACT, "i", move="ask", **ASKABLE),
    post(DECIDE, DECIDES, CONTRACT, send={**WHY, "version": "0"}, move="ask", **ASKABLE),
    post(DECIDE, DECIDES, CONTRACT, send={**WHY, "version": "0"}, move="leave", **ASKABLE),
    post(DECIDE, DECIDES, CONTRACT, "r", {**WHY, "version": "0"}, move="ask", **REQUIRED),
    post(DECIDE, DECIDES, CONTRACT, send={**WHY, "version": "2"}, move="return", **SUBMITTED),
    post(P + "/agree", DECIDES, CONTRACT, send={"version": "2"}, **SUBMITTED),
    post(P + "/agree", DECIDES, CONTRACT, "r", {"version": "1"}, **DRAFT),
    post(DECIDE, DECIDES, CONTRACT, send={**WHY, "version": "3"}, move="close", **DONE),
]
MONEY = [
    get(Q + "/enter", DECIDES, CONTRACT, quarter="2025-Q1"),
    post(Q + "/enter", DECIDES, CONTRACT, "i", quarter="2025-Q1"),
    post(Q + "/enter", DECIDES, CONTRACT, send=AMOUNT, quarter="2025-Q1"),
    post(Q + "/enter", DECIDES, CONTRACT, "r", AMOUNT, quarter="2024-Q4"),  # entered already
    get(Q + "/retain", DECIDES, CONTRACT, quarter="2026-Q1"),
    post(Q + "/retain", DECIDES, CONTRACT, send={**WHY, "version": "1"}, quarter="2026-Q1"),
    post(Q + "/retain", DECIDES, CONTRACT, "r", {**WHY, "version": "0"}, quarter="2025-Q2"),  # nothing is due
    get(Q + "/release", DECIDES, CONTRACT, quarter="2024-Q4"),
    post(Q + "/release", DECIDES, CONTRACT, send=RELEASE, quarter="2024-Q4"),
    post(Q + "/release", DECIDES, CONTRACT, "i", quarter="2024-Q4"),
    get(Q + "/entries/<uuid:entry_id>/take-back", DECIDES, CONTRACT, quarter="2026-Q1"),
    post(
        Q + "/entries/<uuid:entry_id>/take-back",
        DECIDES,
        CONTRACT,
        send={**WHY, "version": "1"},
        quarter="2026-Q1",
    ),
]
LINES = [*READING, *SUPPLIER, *BUYER, *MONEY]
