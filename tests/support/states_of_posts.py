"""The pages of EISMs, in every state."""

from __future__ import annotations

from portal.demonstration.people import LEAD_REVIEWER
from portal.demonstration.posts import FOLLOWED, eism_id, holding_id, post_id, record_id
from tests.support.page_states import PageState, enter, hidden, opened, press

S = PageState
_LED, _READS = "lead-manager", "buyer"
_AT = "/workforce/eisms"
_POST = f"{_AT}/posts/{post_id('East Midlands')}"
_HELD = f"{_AT}/holdings/{holding_id('East Midlands', FOLLOWED)}"
_HER = LEAD_REVIEWER.name
_PERSON = f"{_AT}/people/{eism_id(_HER)}"

FIGURES = (
    S("eisms", _LED, _AT, "EISMs", (opened,), "Vetting that needs you"),
    S("eisms-read", _READS, _AT, "EISMs", (), "The last eight quarters"),
    S("eisms-none-found", _LED, f"{_AT}?q=zzzz", "EISMs", (), "No post matches"),
    S("eisms-quarter", _LED, f"{_AT}/quarters/2025-Q3", "October to December 2025", (), "1927/2070"),
    S("eisms-quarter-leave", _READS, f"{_AT}/quarters/2026-Q1", "FTE of EISMs", (), "does not count"),
    S("eisms-quarter-part", _LED, f"{_AT}/quarters/2024-Q4", "FTE of EISMs", (), "78 of 90 days"),
    S("eisms-quarter-outside", _LED, f"{_AT}/quarters/2020-Q1", "FTE of EISMs", (), "no percentage"),
    S("eisms-forecast", _LED, f"{_AT}/forecast", "Forecast", (), "No longer 90% or more"),
    S(
        "eisms-forecast-empty",
        _LED,
        f"{_AT}/forecast?empty=9",
        "Forecast",
        (press("Try it out"),),
        "Choose who leaves",
    ),
    S("eisms-placement", _READS, f"{_AT}/placement", "Placement", (), "Nobody in post"),
)
POSTS = (
    S("eisms-post", _LED, _POST, "East Midlands", (), "Resigned"),
    S("eisms-post-read", _READS, _POST, "East Midlands", (), "Harriet Cole"),
    S("eisms-post-new", _LED, f"{_AT}/posts/new", "Open a post"),
    S(
        "eisms-post-new-empty",
        _LED,
        f"{_AT}/posts/new",
        "Open a post",
        (press("Open the post"),),
        "Enter the title of the post",
    ),
    S("eisms-post-edit", _LED, f"{_POST}/edit", "Change the post"),
    S(
        "eisms-post-edit-stale",
        _LED,
        f"{_POST}/edit",
        "Change the post",
        (enter("#title", "Another title"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
    S("eisms-post-close", _LED, f"{_POST}/close", "Close the post"),
    S("eisms-holding-new", _LED, f"{_POST}/holdings/new", "Who holds the post"),
    S("eisms-hours", _LED, f"{_HELD}/hours", "Other hours"),
    S("eisms-end", _LED, f"{_HELD}/end", "Last day of"),
    S(
        "eisms-end-without-reason",
        _LED,
        f"{_HELD}/end",
        "Last day of",
        (enter("#ends", "1"), enter("#ends-month", "2"), enter("#ends-year", "2027"), press("Save")),
        "Choose the reason",
    ),
)
PEOPLE = (
    S("eisms-person", _LED, _PERSON, _HER, (), "Unpaid leave or career break"),
    S("eisms-person-edit", _LED, f"{_PERSON}/edit", "Name and account"),
    S("eisms-leave-new", _LED, f"{_PERSON}/leave/new", "Leave of"),
    S("eisms-leave", _LED, f"{_AT}/leave/{record_id('leave', _HER)}", "Leave of", (), "Remove what was"),
    S("eisms-check-new", _LED, f"{_PERSON}/checks/new", "A check of"),
    S(
        "eisms-check-new-empty",
        _LED,
        f"{_PERSON}/checks/new",
        "A check of",
        (press("Save"),),
        "Choose the kind of check",
    ),
    S("eisms-check", _LED, f"{_AT}/checks/{record_id('check', _HER)}", "A check of"),
    S("eisms-skill-new", _LED, f"{_PERSON}/skills/new", "A skill of"),
    S("eisms-capacity", _LED, f"{_PERSON}/capacity/2026", "Days of"),
)
STATES = (*FIGURES, *POSTS, *PEOPLE)
