"""Agreement between reviewers and calibration, in every state."""

from __future__ import annotations

from portal.demonstration.calibration import CLOSED, DRAFT, OPEN
from tests.support.page_states import PageState, enter, hidden, opened, press, tick

S = PageState
_LED, _MODERATES, _RATES = "lead-manager", "moderator", "second-reviewer"
_AT = "/agreement/calibration"

AGREEMENT = (
    S("agreement-overall", _LED, "/agreement", "Agreement", (), "Exact agreement"),
    S("agreement-opened", _MODERATES, "/agreement", "Agreement", (opened,), "takes chance out"),
    S("agreement-sorted", _LED, "/agreement?sort=exact&order=down", "Agreement", (), "Lead less second"),
    S(
        "agreement-none",
        _LED,
        "/agreement?from=1990-01-01&to=1990-01-01",
        "Agreement",
        (),
        "No reviews match",
    ),
    S("agreement-wrong-day", _LED, "/agreement?from=soon", "Agreement", (), "Enter a real date"),
)
CALIBRATION = (
    S("calibration", _LED, _AT, "Calibration", (), "Two teams merge"),
    S("calibration-of-reviewer", _RATES, _AT, "Calibration", (), "Rate"),
    S("calibration-scale", _LED, f"{_AT}/new", "New calibration", (), "Which scale"),
    S("calibration-new", _LED, f"{_AT}/new?scale=ips-25", "New calibration", (), "Items to rate"),
    S(
        "calibration-new-empty",
        _LED,
        f"{_AT}/new?scale=ips-25",
        "New calibration",
        (press("Save"),),
        "Enter the case that everybody rates",
    ),
    S("calibration-draft", _LED, f"{_AT}/{DRAFT}", "Two teams merge", (), "Open the exercise"),
    S("calibration-edit", _LED, f"{_AT}/{DRAFT}/edit", "Edit", (), "Items to rate"),
    S(
        "calibration-edit-stale",
        _LED,
        f"{_AT}/{DRAFT}/edit",
        "Edit",
        (enter("#title", "Another name"), hidden("version", "0"), press("Save")),
        "what you typed",
    ),
    S("calibration-edit-open", _LED, f"{_AT}/{OPEN}/edit", "Edit", (), "stay as they are"),
    S("calibration-open", _LED, f"{_AT}/{OPEN}", "High caseloads", (), "Close the exercise"),
    S("calibration-to-rate", _RATES, f"{_AT}/{OPEN}", "High caseloads", (), "Rate alone"),
    S("calibration-handed-in", _MODERATES, f"{_AT}/{OPEN}", "High caseloads", (), "You handed in"),
    S("calibration-closed", _RATES, f"{_AT}/{CLOSED}", "first year", (), "handed in on"),
)
RATING = (
    S("calibration-rate", _RATES, f"{_AT}/{OPEN}/rate", "Rate the case", (), "Hand in"),
    S("calibration-rate-half", "lead-reviewer", f"{_AT}/{OPEN}/rate", "Rate the case", (), "Hand in"),
    S(
        "calibration-rate-empty",
        _RATES,
        f"{_AT}/{OPEN}/rate",
        "Rate the case",
        (press("Hand in"),),
        "Rate item 1, Caseload size",
    ),
    S(
        "calibration-rate-stale",
        "lead-reviewer",
        f"{_AT}/{OPEN}/rate",
        "Rate the case",
        (tick("#rating-caseload-size"), hidden("version", "0"), press("Save and go on later")),
        "Saved: 3",
    ),
    S("calibration-results", _LED, f"{_AT}/{CLOSED}/results", "compare", (), "Talk about these first"),
    S("calibration-results-opened", _RATES, f"{_AT}/{CLOSED}/results", "compare", (opened,), "five teams"),
)
STATES = (*AGREEMENT, *CALIBRATION, *RATING)
