"""The matrix of contracts' figures: see `lines`. Those party to a contract read; its supplier enters."""

from __future__ import annotations

from tests.integration.access.contracts import CONTRACT, LOCAL_CONTRACT
from tests.integration.access.line import get, post
from tests.integration.access.lines_of_definition import AT, LIST, LOCAL, NATIONAL

QUARTER = AT + "/<quarter>"
INDICATOR = QUARTER + "/indicator/<number>"
REPORTS = "s sn nnn nn* nn ffn n nnnnnnn"
LOCAL_REPORTS = "s sn *nn nnn ff nnn n nnnnnnn"
NOW = {"quarter": "2025-Q3"}
ONE = {**NOW, "number": "1"}
COMMITMENT = {**NOW, "commitment": "paid-placements"}
ENTERED = {"numerator": "4", "denominator": "5", "reason": "Late", "evidence": "Payroll", "version": "0"}

LINES = [
    get("/contracts/compare", LIST),
    get(AT, NATIONAL, CONTRACT),
    get(AT, LOCAL, LOCAL_CONTRACT),
    get(QUARTER, NATIONAL, CONTRACT, **NOW),
    get(QUARTER, NATIONAL, CONTRACT, "n", quarter="2024-Q3"),  # before its first day
    get(QUARTER, LOCAL, LOCAL_CONTRACT, **NOW),
    get(INDICATOR, NATIONAL, CONTRACT, **ONE),
    get(INDICATOR, NATIONAL, CONTRACT, "n", **NOW, number="3"),
    *(
        get(at + "/figures.<any(csv,xlsx,json):kind>", NATIONAL, CONTRACT, kind=kind, **fill)
        for kind in ("csv", "xlsx", "json")
        for at, fill in ((AT, {}), (QUARTER, NOW))
    ),
    get(INDICATOR + "/enter", REPORTS, CONTRACT, **ONE),
    post(INDICATOR + "/enter", REPORTS, CONTRACT, "i", **ONE),
    post(INDICATOR + "/enter", REPORTS, CONTRACT, send=ENTERED, **ONE),
    get(QUARTER + "/social-value/<commitment>", REPORTS, CONTRACT, **COMMITMENT),
    post(QUARTER + "/social-value/<commitment>", REPORTS, CONTRACT, "i", **COMMITMENT),
    post(
        QUARTER + "/social-value/<commitment>",
        REPORTS,
        CONTRACT,
        send={"value": "1", "version": "0"},
        **COMMITMENT,
    ),
]
