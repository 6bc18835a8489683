"""Events, in every state: the calendar, booking, organising, and the plan of a quarter."""

from __future__ import annotations

from portal.demonstration.events import CANCELLED, DRAFT, FULL, HELD, INSIDE, MOVED, OPEN, TO_CONFIRM
from tests.support.page_states import PageState, enter, follow, hidden, opened, press

S = PageState
_STAFF, _ORGANISES, _LEADS = "provider-staff", "eism", "lead-manager"
_AT = "/events"

CALENDAR = (
    S("events", None, _AT, "Events", (), "places left"),
    S("events-signed-in", _ORGANISES, _AT, "Events", (), "Manage events"),
    S("events-past", None, f"{_AT}?past=1", "Past events", (), "Benefits and work"),
    S("events-none", None, f"{_AT}?kind=networking&where=London", "Events", (), "No event matches"),
    S("events-month", None, f"{_AT}/month/2026-12", "Events in December 2026", (), "Rapid job search"),
    S("events-month-empty", None, f"{_AT}/month/2024-01", "Events in January 2024", (), "Monday"),
)
EVENT = (
    S("event-public", None, f"{_AT}/{OPEN}", "Fidelity in practice", (), "Sign in to book"),
    S("event-to-book", "commissioner", f"{_AT}/{OPEN}", "Fidelity in practice", (), "Book a place"),
    S("event-booked", _STAFF, f"{_AT}/{OPEN}", "Fidelity in practice", (), "You have a place"),
    S("event-waiting", _STAFF, f"{_AT}/{FULL}", "Rapid job search", (), "You are next."),
    S("event-cancelled", None, f"{_AT}/{CANCELLED}", "What worked", (), "This event is cancelled."),
    S("event-moved", None, f"{_AT}/{MOVED}", "Team leaders meet", (), "Moved from"),
    S("event-inside", _STAFF, f"{_AT}/{INSIDE}", "Reviewers compare notes", (), "Places"),
    S("event-planned", _ORGANISES, f"{_AT}/{DRAFT}", "Community of practice", (), "Publish"),
    S("event-held", _ORGANISES, f"{_AT}/{HELD}", "Benefits and work", (), "It was not held after all"),
    S("event-to-confirm", _ORGANISES, f"{_AT}/{TO_CONFIRM}", "community of practice", (), "It was held"),
    S(
        "event-stale-press",
        _ORGANISES,
        f"{_AT}/{TO_CONFIRM}",
        "community of practice",
        (hidden("version", "0"), press("It was held")),
        "Somebody else changed this event first.",
    ),
    S("event-check-in", _STAFF, f"{_AT}/{OPEN}/check-in", "Check in", (), "I am here"),
    S(
        "event-check-in-wrong",
        _STAFF,
        f"{_AT}/{OPEN}/check-in",
        "Check in",
        (enter("#code", "WRONG1"), press("I am here")),
        "This is not the code",
    ),
    S("event-feedback", _STAFF, f"{_AT}/{HELD}/feedback", "Feedback", (), "without your name"),
    S(
        "event-feedback-empty",
        _STAFF,
        f"{_AT}/{HELD}/feedback",
        "Feedback",
        (press("Send"),),
        "Choose how you would rate",
    ),
    S("event-feedback-given", "administrator", f"{_AT}/{HELD}/feedback", "Feedback", (), "You have given"),
    S("my-events", _STAFF, f"{_AT}/mine", "Your events", (), "Past events"),
    S("my-people-events", "provider-manager", f"{_AT}/mine", "Your events", (), "Our people’s bookings"),
    S("my-events-none", "evaluator", f"{_AT}/mine", "Your events", (), "Your events"),
)
ORGANISING = (
    S("events-manage", _ORGANISES, f"{_AT}/manage?quarter=2026-Q3", "Manage events", (), "of 6"),
    S("events-manage-none", _ORGANISES, f"{_AT}/manage?quarter=2030-Q1", "Manage events", (), "appear here"),
    S("event-new", _ORGANISES, f"{_AT}/new", "Plan an event", (opened,), "How often"),
    S(
        "event-new-empty",
        _ORGANISES,
        f"{_AT}/new",
        "Plan an event",
        (press("Save"),),
        "Enter the name of the event",
    ),
    S("event-edit", _ORGANISES, f"{_AT}/{OPEN}/edit", "Edit the event", (opened,), "move the event"),
    S(
        "event-edit-stale",
        _ORGANISES,
        f"{_AT}/{OPEN}/edit",
        "Edit the event",
        (enter("#title", "Another name"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
    S("event-move", _ORGANISES, f"{_AT}/{OPEN}/move", "Move", (), "Leave it where it is"),
    S("event-move-empty", _ORGANISES, f"{_AT}/{OPEN}/move", "Move", (press("Move the event"),), "Enter why"),
    S("event-cancel", _ORGANISES, f"{_AT}/{OPEN}/cancel", "Cancel", (), "Keep the event"),
    S(
        "event-cancel-stale",
        _ORGANISES,
        f"{_AT}/{OPEN}/cancel",
        "Cancel",
        (enter("#because", "Snow"), hidden("version", "0"), press("Cancel the event")),
        "Somebody else changed this event first.",
    ),
    S("event-people", _ORGANISES, f"{_AT}/{FULL}/people", "People and attendance", (), "waiting list"),
    S(
        "event-cancel-booking",
        _ORGANISES,
        f"{_AT}/{FULL}/people",
        "Cancel the booking of Rosa Delgado",
        (follow("Cancel the booking of Rosa Delgado"),),
        "Keep the booking",
    ),
    S("event-attendance", _ORGANISES, f"{_AT}/{HELD}/people", "People and attendance", (), "Ticked"),
    S("event-people-none", _ORGANISES, f"{_AT}/{INSIDE}/people", "People and attendance", (), "appears here"),
    S(
        "event-people-unknown",
        _ORGANISES,
        f"{_AT}/{INSIDE}/people",
        "People and attendance",
        (enter("#email", "nobody@example.org"), press("Book")),
        "Nobody has an account",
    ),
    S("event-room", _ORGANISES, f"{_AT}/{OPEN}/room", "Code for the room", (), "Open check-in"),
    S(
        "event-room-early",
        _ORGANISES,
        f"{_AT}/{OPEN}/room",
        "Code for the room",
        (press("Open check-in"),),
        "on the day",
    ),
    S("event-materials", _ORGANISES, f"{_AT}/{HELD}/materials", "Materials and notes", (), "Recording"),
    S(
        "event-materials-empty",
        _ORGANISES,
        f"{_AT}/{OPEN}/materials",
        "Materials and notes",
        (press("Add the material"),),
        "Enter what the material is called",
    ),
    S("event-results", _ORGANISES, f"{_AT}/{HELD}/results", "Feedback", (), "Good or excellent"),
    S("event-results-few", _ORGANISES, f"{_AT}/{OPEN}/results", "Feedback", (), "so far"),
)
PLAN = (
    S("events-plan", "buyer", f"{_AT}/plan?quarter=2026-Q2", "Events planned and held", (), "of 6"),
    S("events-plan-open", _LEADS, f"{_AT}/plan?quarter=2026-Q4", "Events planned and held", (), "Take out"),
    S(
        "events-plan-empty-line",
        _LEADS,
        f"{_AT}/plan?quarter=2026-Q4",
        "Events planned and held",
        (press("Add to the plan"),),
        "Enter what is planned",
    ),
    S("events-plan-none", "buyer", f"{_AT}/plan?quarter=2020-Q1", "Events planned and held", (), "no target"),
)
STATES = (*CALENDAR, *EVENT, *ORGANISING, *PLAN)
