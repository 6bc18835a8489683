"""The moderation queue and the pages of its cases, in every state."""

from __future__ import annotations

from tests.support.page_states import PageState, press

S = PageState
_LEAD, _MODERATOR, _REVIEWER, _EISM = "lead-manager", "moderator", "lead-reviewer", "eism"
_REVIEW, _GUIDED = "/reviews/{moderation review}/moderation", "/assessments/{guided case}/moderation"

QUEUE = (
    S("moderation-queue", _LEAD, "/moderation", "Moderation", (), "Evidence missing"),
    S("moderation-queue-mine", _MODERATOR, "/moderation?show=mine", "Moderation", (), "0 of 1 approved"),
    S("moderation-queue-none-match", _LEAD, "/moderation?q=nowhere", "Moderation", (), "No cases match"),
)
OF_REVIEWS = (
    S("moderation-of-review", _MODERATOR, _REVIEW, "Moderation", (), "Look at these first"),
    S("moderation-of-review-for-team", _REVIEWER, _REVIEW, "Moderation", (), "Your answer"),
    S("moderation-of-review-for-lead-manager", _LEAD, _REVIEW, "Moderation", (), "0 of 1 approved"),
    S("moderation-not-ready", _MODERATOR, f"{_REVIEW}/approve", "Check and approve", (), "Not ready yet"),
    S("moderation-return", _MODERATOR, f"{_REVIEW}/return", "Return to the reviewers", (), "Why do you"),
    S(
        "moderation-return-without-reason",
        _MODERATOR,
        f"{_REVIEW}/return",
        "Return to the reviewers",
        (press("Return it"),),
        "Say what the reviewers should do",
    ),
)
OF_GUIDED = (
    S("moderation-of-guided", _MODERATOR, _GUIDED, "Moderation of a guided", (), "A query is open"),
    S("moderation-of-guided-for-guide", _EISM, _GUIDED, "Moderation of a guided", (), "Your answer"),
    S(
        "moderation-of-guided-not-ready",
        _MODERATOR,
        f"{_GUIDED}/approve",
        "Check and approve",
        (),
        "Not ready",
    ),
    S("moderation-send-back", _MODERATOR, f"{_GUIDED}/return", "Send back to the guide", (), "Why do you"),
    S(
        "moderation-send-back-without-reason",
        _MODERATOR,
        f"{_GUIDED}/return",
        "Send back to the guide",
        (press("Send it back"),),
        "Say what the guide should do",
    ),
    S("moderators", _LEAD, f"{_GUIDED}/moderators", "Who moderates", (), "Has not approved"),
    S(
        "moderators-nobody-chosen",
        _LEAD,
        f"{_GUIDED}/moderators",
        "Who moderates",
        (press("Name as moderator"),),
        "Choose who moderates it",
    ),
    S(
        "moderation-told-to-provider",
        "provider-manager",
        "/assessments/{guided case}",
        "",
        (),
        "A moderator looks",
    ),
)
STATES = (*QUEUE, *OF_REVIEWS, *OF_GUIDED)
