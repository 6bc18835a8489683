"""Surveys, in every state."""

from __future__ import annotations

from portal.demonstration.surveys import CLOSED, GROUP, OPEN
from tests.support.page_states import PageState, press

S = PageState
_LED, _STAFF = "lead-manager", "provider-staff"
SURVEYS = (
    S("surveys", _STAFF, "/surveys", "Surveys", (), "Feedback on the data tool"),
    S("surveys-none", "no-services", "/surveys", "Surveys", (), "When you are invited"),
    S("survey-answer", _STAFF, f"/surveys/{OPEN}/answer", "How you use the tool", (), "It is anonymous"),
    S(
        "survey-answer-empty",
        _STAFF,
        f"/surveys/{OPEN}/answer",
        "How you use the tool",
        (press("Continue"),),
        "There is a problem",
    ),
    S("surveys-manage", _LED, "/surveys/manage", "Manage surveys", (), "Yearly survey"),
    S("survey-new", _LED, "/surveys/new", "New survey"),
    S("survey-new-empty", _LED, "/surveys/new", "New survey", (press("Save as a draft"),), "problem"),
    S("survey-open", _LED, f"/surveys/{OPEN}", "Feedback on the data tool", (), "Close it early"),
    S("survey-closed", _LED, f"/surveys/{CLOSED}", "Yearly survey on our support", (), "Results"),
    S("survey-results", _LED, f"/surveys/{CLOSED}/results", "Yearly survey", (), "not shown"),
    S("survey-results-read", "buyer", f"/surveys/{CLOSED}/results", "Yearly survey", (), "Show as a table"),
    S(
        "survey-results-waiting",
        _LED,
        f"/surveys/{OPEN}/results",
        "Feedback",
        (),
        "once the survey is closed",
    ),
    S("survey-themes", _LED, f"/surveys/{CLOSED}/themes", "Themes", (), "Reports come late"),
    S(
        "survey-themes-empty",
        _LED,
        f"/surveys/{CLOSED}/themes",
        "Themes",
        (press("Record the theme"),),
        "There is a problem",
    ),
    S("surveys-results", "buyer", "/surveys/results", "Results and satisfaction", (), "Indicator 5"),
    S("focus-groups", _LED, "/surveys/focus-groups", "Focus groups", (), "Recording outcome data"),
    S("focus-group", _LED, f"/surveys/focus-groups/{GROUP}", "Recording outcome data"),
    S(
        "focus-group-new-empty",
        _LED,
        "/surveys/focus-groups/new",
        "Record a focus group",
        (press("Save"),),
        "problem",
    ),
)
STATES = SURVEYS
