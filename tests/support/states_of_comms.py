"""Communications and the newsletter, in every state."""

from __future__ import annotations

from portal.demonstration.comms import DRAFT, OUT, OVERDUE, PLANNED, SENT
from tests.support.page_states import PageState, enter, hidden, press

S = PageState
_LEADS, _AT = "lead-manager", "/communications"
_LETTERS = f"{_AT}/newsletters"

CALENDAR = (
    S("comms", _LEADS, _AT, "Communications", (), "Overdue: 1 entry"),
    S("comms-none", _LEADS, f"{_AT}?kind=social&month=2001-01", "Communications", (), "Nothing matches"),
    S("comms-new", _LEADS, f"{_AT}/new", "Plan something"),
    S("comms-new-empty", _LEADS, f"{_AT}/new", "Plan something", (press("Save"),), "problem"),
    S("comms-overdue", _LEADS, f"{_AT}/{OVERDUE}", "Leaflet", (), "it was due on"),
    S("comms-out", _LEADS, f"{_AT}/{OUT}", "Autumn newsletter", (), "Not out after all"),
    S("comms-edit", _LEADS, f"{_AT}/{PLANNED}/edit", "Change Winter newsletter"),
    S(
        "comms-edit-stale",
        _LEADS,
        f"{_AT}/{OVERDUE}/edit",
        "Change",
        (enter("#channel", "Elsewhere"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
)
NEWSLETTERS = (
    S("newsletters", _LEADS, _LETTERS, "Newsletters", (), "readers"),
    S("newsletter-new", _LEADS, f"{_LETTERS}/new", "Write a newsletter", (), "Practice notes"),
    S("newsletter-new-empty", _LEADS, f"{_LETTERS}/new", "Write", (press("Save and preview"),), "problem"),
    S("newsletter-draft", _LEADS, f"{_LETTERS}/{DRAFT}", "Winter", (), "Send a test to me"),
    S("newsletter-compose", _LEADS, f"{_LETTERS}/{DRAFT}/compose", "Change the newsletter"),
    S(
        "newsletter-send",
        _LEADS,
        f"{_LETTERS}/{DRAFT}/send",
        "Send the newsletter",
        (),
        "be called back",
    ),
    S(
        "newsletter-send-unread",
        _LEADS,
        f"{_LETTERS}/{DRAFT}/send",
        "Send the newsletter",
        (press("Send the newsletter"),),
        "Tick the box",
    ),
    S("newsletter-sent", _LEADS, f"{_LETTERS}/{SENT}", "Autumn", (), "Course of sending"),
)
PUBLIC = (
    S("newsletter-archive", None, "/newsletter", "Newsletter", (), "Autumn"),
    S("newsletter-issue", None, f"/newsletter/{SENT}", "Autumn", (), "as it was sent"),
    S("newsletter-subscribe", None, "/newsletter/subscribe", "The newsletter by e-mail"),
    S(
        "newsletter-subscribe-empty",
        None,
        "/newsletter/subscribe",
        "The newsletter by e-mail",
        (press("Ask for the newsletter"),),
        "problem",
    ),
    S("newsletter-asked", None, "/newsletter/asked", "Look into your e-mails"),
    S("newsletter-confirm", None, "/newsletter/confirm/{newsletter to confirm}", "Confirm that you want"),
    S("newsletter-confirmed", None, "/newsletter/confirm/{newsletter confirmed}", "You get the newsletter"),
    S("newsletter-stop", None, "/newsletter/stop/{newsletter to stop}", "Stop the newsletter"),
    S("newsletter-stopped", None, "/newsletter/stop/{newsletter stopped}", "The newsletter has stopped"),
    S("newsletter-mine", "provider-staff", "/newsletter/mine", "Your newsletter", (), "You get"),
    S("newsletter-mine-not", "commissioner", "/newsletter/mine", "Your newsletter", (), "You do not get"),
)
STATES = (*CALENDAR, *NEWSLETTERS, *PUBLIC)
