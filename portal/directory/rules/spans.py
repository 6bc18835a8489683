"""Dated links that follow one another: what becomes of the old one when a new one starts.

A service has one provider, supplier, supporting EISM and programme at a time, and any number of
commissioners. Ends are inclusive: a link in force on its last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from portal.core.rules.spans import covers
from portal.directory.rules.settings import LinkKind

ONE_AT_A_TIME = frozenset({LinkKind.PROVIDER, LinkKind.SUPPLIER, LinkKind.EISM, LinkKind.PROGRAMME})
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A link that stands. `target` as text, so that organisations, people and programmes compare alike."""

    id: UUID
    target: str
    starts: date
    ends: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the link is in force on this day."""
        return covers(self.starts, self.ends, on)


@dataclass(frozen=True)
class Placement:
    """Where a new link fits: what it `closes` (on a day) and `replaces`, and its own end."""

    closes: tuple[tuple[UUID, date], ...] = ()
    replaces: tuple[UUID, ...] = ()
    ends: date | None = None
    unchanged: bool = False


def place(kind: LinkKind, spans: Sequence[Span], target: str, starts: date) -> Placement:
    """Fit a link to `target` from `starts` among those of its kind.

    The one in force the day before ends that day; one that starts the same day was a mistake and
    is replaced; one that starts later stays, and the new one ends the day before it.
    """
    if any(span.target == target and span.covers(starts) for span in spans):
        return Placement(unchanged=True)
    rivals = spans if kind in ONE_AT_A_TIME else [span for span in spans if span.target == target]
    later = [span.starts for span in rivals if span.starts > starts]
    return Placement(
        closes=tuple(
            (span.id, starts - _DAY) for span in rivals if span.starts < starts and span.covers(starts)
        ),
        replaces=tuple(span.id for span in rivals if span.starts == starts),
        ends=min(later) - _DAY if later else None,
    )
