"""The timeline of a review and its calendar, in every state."""

from __future__ import annotations

from tests.support.page_states import PageState, enter, press

S = PageState
_MANAGER, _REVIEWER = "provider-manager", "lead-reviewer"
_STEP = "/reviews/{preparing review}/timeline/timetable"

TIMELINES = (
    S("timeline-of-planner", "lead-manager", "/reviews/{preparing review}/timeline", "review", (), "Overdue"),
    S("timeline-of-service", _MANAGER, "/reviews/{preparing review}/timeline", "review", (), "Done today"),
    S("timeline-of-reviewer", _REVIEWER, "/reviews/{fieldwork review}/timeline", "review", (), "Timeline"),
    S("timeline-published", _MANAGER, "/reviews/{published review}/timeline", "review", (), "Done"),
    S(
        "timeline-cancelled",
        "lead-manager",
        "/reviews/{cancelled review}/timeline",
        "review",
        (),
        "cancelled",
    ),
    S("timeline-step", _MANAGER, _STEP, "timetable", (), "When was it done?"),
    S(
        "timeline-step-wrong",
        _MANAGER,
        _STEP,
        "timetable",
        (enter("#done_on", "31"), enter("#done_on-month", "2"), press("Save")),
        "Enter a real date",
    ),
)
CALENDARS = (
    S("calendar-address", "eism", "/account/calendar", "your own calendar", (), "Make an address"),
    S(
        "calendar-address-shown",
        "moderator",
        "/account/calendar",
        "your own calendar",
        (press("Make an address"),),
        "it is not shown again",
    ),
)
STATES = (*TIMELINES, *CALENDARS)
