"""The practice library in every state."""

from __future__ import annotations

from portal.demonstration.library import OLD_FORM, OPEN_DAY, TAKEN_OVER
from tests.support.page_states import PageState, enter, press

S = PageState
_STAFF, _EISM, _LEAD = "provider-staff", "eism", "lead-manager"
_NOTE = "/library/note-disclosure"
_NEXT = "Say what changed, for those who used the version before"

STATES = (
    S("library", _STAFF, "/library", "Practice library", (), "Each can be downloaded and edited"),
    S("library-searched", _STAFF, "/library?q=pledge", "Practice library", (), "best match first"),
    S("library-nothing-found", _STAFF, "/library?q=xylophone", "Practice library", (), "Use fewer words"),
    S("library-due", _LEAD, "/library?state=due", "Practice library", (), "Review due"),
    S("library-retired", _LEAD, "/library?state=retired", "Practice library", (), "Retired"),
    S("library-note", _STAFF, _NOTE, "Deciding together", (), "Download to edit"),
    S("library-template", _STAFF, "/library/template-service-pledge", "Service pledge", (), "We promise"),
    S("library-material-kept", _EISM, f"/library/{OPEN_DAY}", "Open day", (), "Write a new version"),
    S("library-material-retired", _LEAD, f"/library/{OLD_FORM}", "Leaflet", (), "Put it back"),
    S("library-history", _STAFF, f"/library/{TAKEN_OVER}/history", "History", (), "As it came with"),
    S("library-history-none", _STAFF, f"{_NOTE}/history", "History", (), "nobody has changed it here"),
    S("library-version", _STAFF, f"/library/{OPEN_DAY}/versions/1", "Open day", (), "an earlier version"),
    S("library-new", _EISM, "/library/new", "Add a material", (), "Next review"),
    S(
        "library-new-empty",
        _EISM,
        "/library/new",
        "Add a material",
        (press("Save"),),
        "Enter a title",
    ),
    S("library-edit", _LEAD, f"{_NOTE}/edit", "Write a new version", (), "came with the portal"),
    S(
        "library-edit-without-reason",
        _LEAD,
        f"{_NOTE}/edit",
        "Write a new version",
        (enter("#title", "Another title"), press("Save")),
        _NEXT,
    ),
)
