"""On-site work without a network, as the server's pages show it."""

from __future__ import annotations

from portal.demonstration.people import demo_id
from tests.support.demonstrated import review
from tests.support.page_states import PageState, opened, press, tick

S = PageState
_LEAD, _SECOND, _MANAGER = "lead-reviewer", "second-reviewer", "lead-manager"
_FIELD = "/reviews/{fieldwork review}"
_REVIEW = str(review("fieldwork"))


def _edit(name: str, seq: int) -> str:
    """The address of an edit that a tablet of the demonstration sent: see demonstration/on_site.py."""
    device = demo_id("device", _REVIEW, name)
    return f"{_FIELD}/on-site/held/{demo_id('edit', str(device), str(seq))}"


_LOST = f"{_FIELD}/on-site/devices/{demo_id('check-out', _REVIEW, 'second')}/lost"
_RATING, _TOMORROW, _NOTE = _edit("lead", 2), _edit("lead", 3), _edit("second", 1)

STATES = (
    S("on-site", _LEAD, f"{_FIELD}/on-site", "", (opened,), "17 edits made on this device have not arrived"),
    S("on-site-of-manager", _MANAGER, f"{_FIELD}/on-site", "", (), "can read it."),
    S("on-site-empty", _LEAD, "/reviews/{preparing review}/on-site", "", (), "Nobody has taken this review"),
    S("on-site-lost", _LEAD, _LOST, "Say that a device is lost"),
    S("on-site-proposal", _SECOND, _NOTE, "Note", (), "Both began from"),
    S("on-site-third", _SECOND, _NOTE, "Note", (tick("#part-2-third"),), "Write a third"),
    S(
        "on-site-nothing-chosen",
        _SECOND,
        _NOTE,
        "Note",
        (press("Save what I chose"),),
        "choose what is to stand",
    ),
    S("on-site-own-rating", _LEAD, _RATING, "Your rating of", (), "Both began from"),
    S("on-site-anothers-rating", _SECOND, _RATING, "Ratings", (), "nobody else is shown"),
    S("on-site-quarantine", _LEAD, _TOMORROW, "Note", (), "cannot be later than today"),
    S("on-site-read-only", _MANAGER, _TOMORROW, "Note", (), "Began from"),
    S("on-site-import", _LEAD, "/on-site/import", "Bring in a file of edits"),
    S(
        "on-site-import-nothing",
        _LEAD,
        "/on-site/import",
        "Bring in a file of edits",
        (press("Bring it in"),),
        "Choose a file first",
    ),
    S("on-site-leaving", _LEAD, f"{_FIELD}/do/leave-site", "", (), "17 have not arrived"),
)
