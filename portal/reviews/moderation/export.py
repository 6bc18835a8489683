"""The moderation queue as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from portal.core import clock
from portal.core.spreadsheets import write_csv
from portal.reviews.moderation.queue import QueueRow

HEADINGS = (
    "Service", "Service key", "Kind", "Scale", "Round", "Risk", "Flags", "Handed in", "Days waiting",
    "To be done by", "Moderators", "Approvals", "Approvals needed",
)  # fmt: skip


def queue_csv(rows: Iterable[QueueRow], now: datetime) -> bytes:
    """One line for each case; what looks like a formula is made plain text."""
    return write_csv(HEADINGS, (_line(row, now) for row in rows))


def _line(row: QueueRow, now: datetime) -> list[str]:
    return [
        row.service_name,
        row.service_key,
        row.kind.title,
        row.scale_key,
        str(row.round),
        str(row.risk),
        "; ".join(words for _, words in row.flags),
        clock.uk(row.opened_at).date().isoformat(),
        str(row.age(now)),
        row.due_on.isoformat() if row.due_on else "",
        "; ".join(row.moderators),
        str(row.approvals),
        str(row.quorum),
    ]
