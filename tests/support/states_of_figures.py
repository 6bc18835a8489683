"""Figures of contracts, in every state. In the demonstration 2026-Q3 runs, and 2025-Q1 has one by hand."""

from __future__ import annotations

from tests.support.page_states import PageState, enter, hidden, press

S = PageState
_LEADS, _BUYS = "lead-manager", "buyer"
_AT, _PAST = "/contracts/demonstration-2025", "/contracts/ohid-ips-ad-2023"
_NOW = f"{_AT}/2026-Q3"
_ENTER = f"{_NOW}/indicator/1/enter"
_SOCIAL = f"{_NOW}/social-value/paid-placements"

READING = (
    S("contract", _BUYS, _AT, "Demonstration contract", (), "the newest quarter first"),
    S("contract-governed", "governance-reader", _AT, "Demonstration contract", (), "Indicators"),
    S("contract-of-supplier", _LEADS, _AT, "Demonstration contract", (), "Download the figures"),
    S("contract-past", _BUYS, _PAST, "", (), "entered by hand"),
    S("contracts-compared", _BUYS, "/contracts/compare", "Compare contracts", (), "Targets met"),
    S("contract-quarter", _BUYS, _NOW, "2026-Q3", (), "Counted from the records now"),
    S("contract-quarter-first", _BUYS, f"{_AT}/2024-Q4", "2024-Q4", (), "No target set"),
    S("contract-fte", _BUYS, f"{_NOW}/indicator/1", "1. Employment", (), "FTE-days"),
    S("contract-part-quarter", _BUYS, f"{_AT}/2024-Q4/indicator/1", "1. ", (), "the contract covers"),
    S("contract-events", _BUYS, f"{_NOW}/indicator/2", "2. Training", (), "What became of it"),
    S("contract-reviews", _BUYS, f"{_NOW}/indicator/4", "4. 50 fidelity reviews", (), "Provisional"),
    S("contract-satisfaction", _BUYS, f"{_NOW}/indicator/5", "5. Service user", (), "Single answers"),
    S(
        "contract-social-value",
        _LEADS,
        f"{_NOW}/indicator/SV",
        "SV. Social value",
        (),
        "Nothing reported yet",
    ),
    S("contract-by-hand", _BUYS, f"{_AT}/2025-Q1/indicator/2", "2. Training", (), "Entered by hand"),
)
ENTERING = (
    S("figure-enter", _LEADS, _ENTER, "Enter indicator 1 by hand"),
    S("figure-enter-empty", _LEADS, _ENTER, "Enter indicator 1", (press("Save"),), "Say why"),
    S(
        "figure-enter-stale",
        _LEADS,
        _ENTER,
        "Enter indicator 1",
        (
            enter("#numerator", "4.3"),
            enter("#reason", "Entered late"),
            enter("#evidence", "Payroll"),
            hidden("version", "7"),
            press("Save"),
        ),
        "Somebody else changed",
    ),
    S("social-value-report", _LEADS, _SOCIAL, "Paid work placements", (), "target"),
    S("social-value-empty", _LEADS, _SOCIAL, "Paid work", (press("Save"),), "Enter a number"),
)
STATES = (*READING, *ENTERING)
