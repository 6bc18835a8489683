"""Bringing in past reviews, in every state."""

from __future__ import annotations

from datetime import date, timedelta

from tests.support.page_states import PageState, press, upload
from tests.support.past_files import a_file, a_row

S = PageState
_WHO, _HOME, _SERVICE = "lead-manager", "/reviews/import", "darlington-ips-demonstration"


def _rows(count: int, year: int = 1998, **ratings: int) -> str:
    """Reviews of long ago, one a day."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range(count)]
    rows = [a_row(_SERVICE, day.isoformat(), "external", "ips-25", "", None, **ratings) for day in days]
    return a_file(*rows).decode("utf-8-sig")


_GOOD, _BAD, _LONG = _rows(3), _rows(3, n7=9), _rows(301, 2005)

STATES = (
    S("history", _WHO, _HOME, "Bring in past reviews", (), "One row is one past review"),
    S(
        "history-no-file",
        _WHO,
        _HOME,
        "Bring in past reviews",
        (press("Read the file"),),
        "Choose a file first",
    ),
    S(
        "history-problems",
        _WHO,
        _HOME,
        "Bring in past reviews",
        (upload("past.csv", _BAD), press("Read the file")),
        "3 problems in past.csv",
    ),
    S(
        "history-preview",
        _WHO,
        _HOME,
        "Check what comes in",
        (upload("past.csv", _GOOD), press("Read the file")),
        "Nothing is saved yet",
    ),
    S(
        "history-done",
        _WHO,
        _HOME,
        "Bring in past reviews",
        (upload("past.csv", _GOOD), press("Read the file"), press("Bring in 3 reviews")),
        "past reviews of 1 service",
    ),
    S(
        "history-waiting",
        _WHO,
        _HOME,
        "Bringing in 301 past reviews",
        (upload("past.csv", _LONG), press("Read the file"), press("Bring in 301 reviews")),
        "You may leave this page",
    ),
)
