"""The calendar of communications as a CSV file."""

from __future__ import annotations

from collections.abc import Sequence

from portal.comms.queries import Line
from portal.core.spreadsheets import write_csv

COLUMNS = ("Due", "Title", "Kind", "Owner", "Channel", "State", "Overdue")


def calendar_csv(lines: Sequence[Line]) -> bytes:
    """A line each, in the order of the page."""
    return write_csv(
        COLUMNS,
        [
            (
                one.due.isoformat(),
                one.title,
                one.kind.words,
                one.owner,
                one.channel,
                one.state.words,
                "yes" if one.overdue else "no",
            )
            for one in lines
        ],
    )
