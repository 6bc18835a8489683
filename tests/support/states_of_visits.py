"""Planning a review, its own page at each stage, and fieldwork."""

from __future__ import annotations

from tests.support.page_states import PageState, opened, press

S = PageState
_LEAD, _MANAGER, _STAFF = "lead-reviewer", "lead-manager", "provider-manager"
_PLANNED, _FIELD = "/reviews/{planned review}", "/reviews/{fieldwork review}"
_STAGES = (
    "planned",
    "cancelled",
    "preparing",
    "fieldwork",
    "scoring",
    "consensus",
    "moderation",
    "accuracy",
    "published",
)

PLANNING = (
    S("reviews", _MANAGER, "/reviews", "Fidelity reviews"),
    S("reviews-of-provider", _STAFF, "/reviews", "Fidelity reviews"),
    S("reviews-none-match", _MANAGER, "/reviews?q=nowhere", "Fidelity reviews"),
    *(
        S(f"review-{stage}", _MANAGER, f"/reviews/{{{stage} review}}", "External fidelity review", (opened,))
        for stage in _STAGES
    ),
    S("review-plan", _MANAGER, f"{_PLANNED}/plan", "Change the plan"),
    S("review-cancel", _MANAGER, f"{_PLANNED}/do/cancel", "Cancel this review"),
    S(
        "review-cancel-without-reason",
        _MANAGER,
        f"{_PLANNED}/do/cancel",
        "Cancel this review",
        (press("Cancel this review"),),
        "Give a reason",
    ),
    S(
        "review-new",
        _MANAGER,
        "/services/darlington-ips-demonstration/reviews/new",
        "Plan an external fidelity review",
    ),
)
FIELDWORK = (
    S("fieldwork", _LEAD, f"{_FIELD}/fieldwork", "External fidelity review", (opened,), "Write a note"),
    S("fieldwork-gaps", _LEAD, f"{_FIELD}/gaps", "", (opened,)),
    S("fieldwork-guide", _LEAD, f"{_FIELD}/fieldwork/guide/team-leader", ""),
    S("fieldwork-note-new", _LEAD, f"{_FIELD}/fieldwork/notes/new", "", (opened,)),
    S("fieldwork-worksheet", _LEAD, f"{_FIELD}/worksheets/records", "", (opened,)),
)
STATES = (*PLANNING, *FIELDWORK)
