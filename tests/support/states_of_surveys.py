"""Surveys, in every state."""

from __future__ import annotations

from portal.demonstration.people import STAFF
from portal.demonstration.surveys import CLOSED, GROUP, NAMED, OPEN
from tests.support.page_states import PageState, enter, press, tick

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
    S("survey-written", _LED, f"/surveys/{CLOSED}/written/helped", "What did the support", (), "in no order"),
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
_LINK, _CODES = "/surveys/open/{survey link}", "/surveys/open/{survey codes}"
BY_LINK = (
    S("survey-link", None, _LINK, "How you use the tool", (), "nothing keeps somebody from answering twice"),
    S("survey-link-empty", None, _LINK, "How you use the tool", (press("Continue"),), "Choose an answer"),
    S(
        "survey-link-second",
        None,
        _LINK,
        "What it is like",
        (tick("#use"), press("Continue")),
        "page 2 of 3",
    ),
    S("survey-link-thanks", None, f"{_LINK}/thanks", "Thank you", (), "Nothing leads from them to you"),
    S("survey-codes", None, _CODES, "How you use the tool", (), "Your invitation code"),
    S(
        "survey-codes-wrong",
        None,
        _CODES,
        "How you use the tool",
        (
            enter("#code", "AAAAA-AAAAA"),
            tick("#use"),
            press("Continue"),
            press("Continue"),
            press("Send my answers"),
        ),
        "Enter a code that has not been used",
    ),
)
NAMES = (
    S("survey-thanks", _STAFF, f"/surveys/{NAMED}/thanks", "Thank you", (), "Read your answers"),
    S("survey-mine", _STAFF, f"/surveys/{NAMED}/mine", "Your answers", (), "No answer"),
    S("survey-people", _LED, f"/surveys/{NAMED}/people", "Who answered", (), "Not yet"),
    S("survey-person", _LED, f"/surveys/{NAMED}/people/{STAFF.id}", STAFF.name, (), "No answer"),
    S("survey-named", _LED, f"/surveys/{NAMED}", "What your team needs", (), "Who answered, and what"),
)
DRAFTS = (
    S("survey-draft", _LED, "/surveys/{survey draft}", "A draft", (), "Would reach"),
    S("survey-edit", _LED, "/surveys/{survey draft}/edit", "Edit the survey"),
    S(
        "survey-edit-empty",
        _LED,
        "/surveys/{survey draft}/edit",
        "Edit the survey",
        (enter("#title", ""), press("Save")),
        "Enter a title",
    ),
    S("survey-discard", _LED, "/surveys/{survey draft}/discard", "Discard the draft", (), "What you chose"),
    S("survey-close", _LED, f"/surveys/{OPEN}/close", "Close the survey for good", (), "opened again"),
    S("survey-link-managed", _LED, "/surveys/{survey codes id}", "By code", (), "Download the codes"),
)
STATES = (*SURVEYS, *BY_LINK, *NAMES, *DRAFTS)
