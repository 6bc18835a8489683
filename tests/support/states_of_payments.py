"""Remedial plans and payments, in every state. In the demonstration 2025-Q3 has a plan and a release."""

from __future__ import annotations

from tests.support.page_states import PageState, enter, follow, hidden, press

S = PageState
_LEADS, _BUYS, _READS = "lead-manager", "buyer", "governance-reader"
_AT, _PAST = "/contracts/demonstration-2025", "/contracts/ohid-ips-ad-2023"
_PLAN, _MONEY = f"{_AT}/plans/2025-Q3/1", f"{_AT}/payments/2025-Q3"

PLANS = (
    S("remedial-plans", _BUYS, f"{_AT}/plans", "Remedial plans", (), "1 overdue"),
    S("remedial-plans-past", _READS, f"{_PAST}/plans", "Remedial plans", (), "Not asked for"),
    S("remedial-plan", _BUYS, _PLAN, "Remedial plan: indicator 1, 2025-Q3", (), "Cover kept ready"),
    S("remedial-plan-own", _LEADS, _PLAN, "Remedial plan: indicator 1, 2025-Q3", (), "Review and closing"),
    S("remedial-plan-closed", _BUYS, f"{_PAST}/plans/2023-Q2/1", "Remedial plan", (), "Closed when"),
    S("remedial-plan-left", _BUYS, f"{_PAST}/plans/2024-Q3/1", "Remedial plan", (), "Ask for a plan"),
    S("remedial-ask", _BUYS, f"{_PAST}/plans/2024-Q3/1/ask", "Ask for a remedial action plan"),
    S(
        "remedial-ask-empty",
        _BUYS,
        f"{_PAST}/plans/2024-Q3/1/ask",
        "Ask for a remedial",
        (press("Ask for the plan"),),
        "Enter the reason",
    ),
    S(
        "remedial-close-refused",
        _BUYS,
        f"{_PLAN}/close",
        "Close the plan",
        (enter("#reason", "Back at target"), press("Close the plan")),
        "still has actions to do",
    ),
    S(
        "remedial-close-stale",
        _BUYS,
        f"{_PLAN}/close",
        "Close the plan",
        (enter("#reason", "Back at target"), hidden("version", "0"), press("Close the plan")),
        "Both versions",
    ),
    S("remedial-closing", _LEADS, f"{_PLAN}/closing", "Review and closing"),
    S(
        "remedial-closing-fixed",
        _LEADS,
        f"{_PLAN}/closing",
        "Review and closing",
        (press("Save"),),
        "what was sent stands",
    ),
    S(
        "remedial-task",
        _LEADS,
        _PLAN,
        "Cover kept ready",
        (follow("Cover kept ready"),),
        "What shows progress",
    ),
    S("remedial-task-new", _LEADS, f"{_PLAN}/tasks/new", "Add a task"),
    S("remedial-task-empty", _LEADS, f"{_PLAN}/tasks/new", "Add a task", (press("Save"),), "problem"),
)
MONEY = (
    S("payments", _BUYS, f"{_AT}/payments", "Payments", (), "Running total"),
    S("payments-governed", _READS, f"{_PAST}/payments", "Payments", (), "Together"),
    S("payments-quarter", _BUYS, _MONEY, "Payments, 2025-Q3", (), "Release what is held"),
    S("payments-quarter-read", _LEADS, _MONEY, "Payments, 2025-Q3", (), "Entries"),
    S("payments-quarter-empty", _BUYS, f"{_AT}/payments/2026-Q2", "Payments", (), "Enter the amount due"),
    S("payments-quarter-to-come", _BUYS, f"{_AT}/payments/2026-Q4", "Payments", (), "in arrears"),
    S(
        "payments-take-back",
        _BUYS,
        _MONEY,
        "Take an entry back",
        (follow("Take back entry 6"),),
        "both stay",
    ),
    S("payments-enter", _BUYS, f"{_AT}/payments/2026-Q2/enter", "Enter the amount due", (), "is left"),
    S(
        "payments-enter-empty",
        _BUYS,
        f"{_AT}/payments/2026-Q2/enter",
        "Enter the amount due",
        (press("Enter the amount"),),
        "Enter the evidence",
    ),
    S(
        "payments-enter-too-much",
        _BUYS,
        f"{_AT}/payments/2026-Q2/enter",
        "Enter the amount due",
        (
            enter("#amount", "9,000,000"),
            enter("#vat", "0"),
            enter("#reason", "Invoice 7"),
            press("Enter the amount"),
        ),
        "above the contract’s value",
    ),
    S(
        "payments-retain-refused",
        _BUYS,
        f"{_AT}/payments/2026-Q1/retain",
        "Retain",
        (enter("#reason", "Late"), press("Retain")),
        "no right to retain",
    ),
    S("payments-release", _BUYS, f"{_MONEY}/release", "Release what is held", (), "2 of 2 done"),
    S(
        "payments-release-empty",
        _BUYS,
        f"{_MONEY}/release",
        "Release what is held",
        (press("Release"),),
        "Enter the reason",
    ),
    S(
        "payments-enter-stale",
        _BUYS,
        f"{_AT}/payments/2026-Q2/enter",
        "Enter the amount due",
        (
            enter("#amount", "1.00"),
            enter("#vat", "0"),
            enter("#reason", "Invoice 7"),
            hidden("version", "7"),
            press("Enter the amount"),
        ),
        "Both versions",
    ),
)
STATES = (*PLANS, *MONEY)
