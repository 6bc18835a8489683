"""The evidence portfolio, the visit plan and reviewers' accreditation, in every state."""

from __future__ import annotations

from tests.support.page_states import PageState, enter, hidden, opened, press, tick, upload

S = PageState
_MANAGER, _STAFF, _REVIEWER, _LED = "provider-manager", "provider-staff", "lead-reviewer", "lead-manager"
_REVIEW = "/reviews/{preparing review}"
_DOCUMENT, _MEETING = f"{_REVIEW}/portfolio/{{document}}", f"{_REVIEW}/meetings/{{meeting}}"

PORTFOLIOS = (
    S("portfolio", _MANAGER, f"{_REVIEW}/portfolio", "portfolio", (opened,), "Next missing"),
    S("portfolio-of-staff", _STAFF, f"{_REVIEW}/portfolio", "portfolio", (), "Your manager does it"),
    S("portfolio-of-team", _REVIEWER, f"{_REVIEW}/portfolio", "portfolio", (opened,), "Ask for it again"),
    S("portfolio-followed", _LED, f"{_REVIEW}/portfolio", "portfolio", (), "supplied"),
    S("portfolio-missing", _MANAGER, f"{_REVIEW}/portfolio?show=missing", "portfolio", (), "Show all"),
    S("portfolio-none-found", _MANAGER, f"{_REVIEW}/portfolio?q=zzz", "portfolio", (), "No document matches"),
    S("portfolio-not-yet", _LED, "/reviews/{planned review}/portfolio", "portfolio", (), "appears here when"),
    S("portfolio-closed", _MANAGER, "/reviews/{published review}/portfolio", "portfolio", (), "is closed"),
    S("document", _STAFF, _DOCUMENT, "Fidelity performance snapshot", (opened,), "Put back"),
    S("document-of-team", _REVIEWER, _DOCUMENT, "snapshot", (), "Withdraw this request"),
    S(
        "document-asked-for",
        _STAFF,
        f"{_REVIEW}/portfolio/{{document asked for}}",
        "Cover rota",
        (),
        "Asked for",
    ),
    S(
        "document-withdrawn",
        _REVIEWER,
        f"{_REVIEW}/portfolio/{{document withdrawn}}",
        "Staff list",
        (),
        "Ask for it again",
    ),
    S(
        "document-wrong-file",
        _STAFF,
        _DOCUMENT,
        "snapshot",
        (upload("a.exe", "MZ"), press("Save")),
        "Choose a file of one of these kinds",
    ),
    S(
        "document-without-note",
        _STAFF,
        f"{_REVIEW}/portfolio/{{document asked for}}",
        "Cover rota",
        (tick("#state-4"), press("Save")),
        "Say why it is not available",
    ),
    S(
        "document-stale",
        _STAFF,
        _DOCUMENT,
        "snapshot",
        (enter("#note", "Mine"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
    S("self-audit", _MANAGER, f"{_REVIEW}/portfolio/self-audit", "Self-audit", (), "What is missing"),
    S(
        "self-audit-wrong",
        _MANAGER,
        f"{_REVIEW}/portfolio/self-audit",
        "Self-audit",
        (enter("#comment", "Ask jo@example.org"), press("Self-audit done")),
        "Leave out e-mail addresses",
    ),
    S("document-request", _REVIEWER, f"{_REVIEW}/portfolio/new", "Ask for another"),
    S(
        "document-request-empty",
        _REVIEWER,
        f"{_REVIEW}/portfolio/new",
        "Ask for another",
        (press("Ask for it"),),
        "Enter what you ask for",
    ),
)
VISITS = (
    S("visit-plan", _MANAGER, f"{_REVIEW}/meetings", "Visit plan", (opened,), "more than the reviewers can"),
    S("visit-plan-read", _LED, f"{_REVIEW}/meetings", "Visit plan", (), "Not possible"),
    S("visit-plan-held", _MANAGER, "/reviews/{published review}/meetings", "Visit plan", (), "done"),
    S(
        "visit-plan-not-yet",
        _LED,
        "/reviews/{planned review}/meetings",
        "Visit plan",
        (),
        "appears here when",
    ),
    S("visit-times", _MANAGER, f"{_REVIEW}/meetings/times", "Days and times"),
    S(
        "visit-times-wrong",
        _MANAGER,
        f"{_REVIEW}/meetings/times",
        "Days and times",
        (enter("input[id^=starts-] >> nth=0", "noon"), press("Save days and times")),
        "Enter a time like",
    ),
    S("meeting", _REVIEWER, _MEETING, "Opening meeting", (), "Take out"),
    S(
        "meeting-not-possible",
        _REVIEWER,
        _MEETING,
        "Opening meeting",
        (tick("#state-3"), press("Save")),
        "Say why it was not possible",
    ),
    S(
        "meeting-stale",
        _REVIEWER,
        _MEETING,
        "Opening meeting",
        (enter("#place", "Another room"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
    S("meeting-new", _STAFF, f"{_REVIEW}/meetings/new", "Add a meeting"),
    S(
        "meeting-new-empty",
        _STAFF,
        f"{_REVIEW}/meetings/new",
        "Add",
        (press("Add it"),),
        "Choose what to plan",
    ),
)
REVIEWERS = (
    S("reviewers", _LED, "/workforce/reviewers", "Reviewers", (), "Not accredited"),
    S("reviewers-none-found", _LED, "/workforce/reviewers?q=zzz", "Reviewers", (), "Nobody matches"),
    S("reviewer", _LED, "/workforce/reviewers/{reviewer}", "Accreditation of", (), "Renew it"),
    S("reviewer-empty", _LED, "/workforce/reviewers/{reviewer}", "", (press("Renew"),), "Enter the last day"),
    S(
        "accreditation",
        _LED,
        "/workforce/reviewers/{reviewer}/accreditations/{accreditation}",
        "Change the last day",
    ),
    S(
        "accreditation-wrong",
        _LED,
        "/workforce/reviewers/{reviewer}/accreditations/{accreditation}",
        "Change the last day",
        (enter("#ends-year", "1999"), press("Save")),
        "on or after the day it starts",
    ),
)
STATES = (*PORTFOLIOS, *VISITS, *REVIEWERS)
