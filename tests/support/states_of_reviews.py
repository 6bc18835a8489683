"""A reviewer's own sheet and consensus, in every state."""

from __future__ import annotations

from tests.support.page_states import PageState, enter, follow, hidden, opened, press, tick, waits_for

S = PageState
_LEAD, _SECOND, _OBSERVER, _MANAGER = "lead-reviewer", "second-reviewer", "observer", "lead-manager"
_FIELDWORK, _SCORING = "/reviews/{fieldwork review}/scoring", "/reviews/{scoring review}/scoring"
_CONSENSUS = "/reviews/{consensus review}/consensus"

OWN_SHEETS = (
    S(
        "scoring-before-fieldwork",
        _LEAD,
        "/reviews/{preparing review}/scoring",
        "My ratings",
        (),
        "from the day",
    ),
    S("scoring-in-fieldwork", _LEAD, _FIELDWORK, "My ratings", (), "closed fieldwork"),
    S("scoring-begun", _SECOND, _FIELDWORK, "My ratings", (), "0 of 25 rated"),
    S("scoring-complete", _SECOND, _SCORING, "My ratings", (), "Check and lock"),
    S("scoring-locked", _LEAD, _SCORING, "My ratings", (), "Consensus opens when both reviewers"),
    S("scoring-item", _SECOND, f"{_FIELDWORK}/1", "1. ", (opened,), "Work out a suggestion"),
    S("scoring-item-with-notes", _LEAD, f"{_FIELDWORK}/1", "1. ", (), "The team’s notes on this item"),
    S(
        "scoring-item-saved-elsewhere",
        _LEAD,
        f"{_FIELDWORK}/2",
        "2. ",
        (
            hidden("version", "0"),
            enter("#evidence", "Typed on another device"),
            waits_for("on another device or page"),
            follow("Show both versions"),
        ),
        "You saved this item elsewhere",
    ),
    S("scoring-item-locked", _LEAD, f"{_SCORING}/1", "1. ", (), "locked and stay as they are"),
    S("scoring-sheet", _SECOND, f"{_SCORING}/sheet", "My rating sheet", (), "25 of 25 rated"),
    S(
        "scoring-sheet-saved-elsewhere",
        _SECOND,
        f"{_SCORING}/sheet",
        "My rating sheet",
        (tick("#r-1-1"), hidden("v-1", "0"), press("Save sheet")),
        "You saved some of these items elsewhere",
    ),
    S("scoring-sheet-locked", _LEAD, f"{_SCORING}/sheet", "My rating sheet", (), "locked and stay"),
    S("lock-missing", _OBSERVER, f"{_SCORING}/lock", "Check and lock", (), "Not ready yet"),
    S("lock", _SECOND, f"{_SCORING}/lock", "Check and lock", (), "What locking means"),
    S("lock-unsure", _SECOND, f"{_SCORING}/lock", "Check and lock", (press("Lock my ratings"),), "Confirm"),
)
TOGETHER = (
    S("consensus", _LEAD, _CONSENSUS, "Consensus on", (), "22 agreed · 3 to discuss"),
    S("consensus-opened", _SECOND, _CONSENSUS, "Consensus on", (opened,), "Rated alike"),
    S("consensus-of-observer", _OBSERVER, _CONSENSUS, "Consensus on", (opened,), "Agreed:"),
    S(
        "consensus-of-lead-manager",
        _MANAGER,
        _CONSENSUS,
        "Consensus on",
        (),
        "See what goes to the moderators",
    ),
    S(
        "consensus-neither",
        _LEAD,
        _CONSENSUS,
        "Consensus on",
        (tick("#r-18-2"),),
        "say why it is neither of the two",
    ),
    S(
        "consensus-too-long",
        _LEAD,
        _CONSENSUS,
        "Consensus on",
        (hidden("comment", "x" * 20_001), tick("#r-18-1"), waits_for("must be 20,000 characters or fewer")),
    ),
    S("consensus-handed-in", _LEAD, "/reviews/{moderation review}/consensus", "Consensus on", (), "Agreed:"),
    S(
        "consensus-published",
        _MANAGER,
        "/reviews/{published review}/consensus",
        "Consensus on",
        (),
        "Agreed:",
    ),
    S("hand-in-missing", _LEAD, f"{_CONSENSUS}/hand-in", "Check and hand in", (), "Not ready yet"),
    S(
        "hand-in-of-second",
        _SECOND,
        f"{_CONSENSUS}/hand-in",
        "Check and hand in",
        (),
        "The lead reviewer hands in",
    ),
)
STATES = (*OWN_SHEETS, *TOGETHER)
