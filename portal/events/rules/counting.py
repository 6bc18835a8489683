"""Events held against events planned: the second indicator (OHID specification, 12; contract.md).

Held counts in the quarter in which the event took place, wherever it was planned first. A cancelled event is
not held. The plan is the baseline taken when the quarter opened; without one there is no target, which is
neither 0% nor 100%.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.core.rules.quarters import Quarter, quarter_of
from portal.core.rules.rate import Rate, rate
from portal.events.rules.kinds import EventKind
from portal.events.rules.state import EventState


class Outcome(StrEnum):
    """What became of a planned event, or how a held one came to count."""

    HELD = "held"
    HELD_ELSEWHEN = "held-in-another-quarter"
    MOVED = "moved-to-another-quarter"
    CANCELLED = "cancelled"
    TO_COME = "to-come"
    UNMARKED = "over-and-not-marked"
    UNARRANGED = "not-arranged"
    ADDED = "held-beyond-the-plan"

    @property
    def words(self) -> str:
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.HELD: "Held",
    Outcome.HELD_ELSEWHEN: "Held in another quarter",
    Outcome.MOVED: "Moved to another quarter",
    Outcome.CANCELLED: "Cancelled",
    Outcome.TO_COME: "Still to be held",
    Outcome.UNMARKED: "Over, to be confirmed",
    Outcome.UNARRANGED: "Nothing arranged",
    Outcome.ADDED: "Held, not in the plan",
}
COUNTED = frozenset({Outcome.HELD, Outcome.ADDED})


@dataclass(frozen=True)
class PlannedLine:
    """One planned event of a quarter. `month` is the first day of its month."""

    id: UUID
    kind: EventKind
    title: str
    month: date


@dataclass(frozen=True)
class EventFact:
    """What counting needs of an event. `on` is its UK date; `line_id` the planned event that it delivers."""

    id: UUID
    kind: EventKind
    title: str
    on: date
    state: EventState
    line_id: UUID | None


@dataclass(frozen=True)
class CountedEvent:
    """A record that the rate was counted from: a planned event, a held one, or both."""

    title: str
    kind: EventKind
    outcome: Outcome
    planned_month: date | None
    event_id: UUID | None
    on: date | None

    @property
    def counts(self) -> bool:
        """Whether it is one of the events held."""
        return self.outcome in COUNTED


def counted(
    quarter: Quarter, lines: Sequence[PlannedLine], events: Iterable[EventFact], today: date
) -> list[CountedEvent]:
    """What became of each planned event, then the held events that no line planned, by date.

    A line delivered by several events shows each of them; each one held counts. One whose day is over counts
    only once somebody says that it was held.
    """
    known = sorted(events, key=lambda one: (one.on, one.title, str(one.id)))
    found = [record for line in lines for record in _of_line(quarter, line, known, today)]
    planned = {line.id for line in lines}
    return found + [
        CountedEvent(one.title, one.kind, Outcome.ADDED, None, one.id, one.on)
        for one in known
        if one.line_id not in planned and one.state is EventState.HELD and quarter_of(one.on) == quarter
    ]


def events_rate(planned: int | None, records: Iterable[CountedEvent]) -> Rate:
    """Held of planned; of nothing where no plan was baselined or none was planned."""
    return rate(sum(one.counts for one in records), planned or 0)


def _of_line(
    quarter: Quarter, line: PlannedLine, events: Sequence[EventFact], today: date
) -> list[CountedEvent]:
    own = [one for one in events if one.line_id == line.id]
    if not own:
        return [CountedEvent(line.title, line.kind, Outcome.UNARRANGED, line.month, None, None)]
    return [
        CountedEvent(one.title, one.kind, _outcome(quarter, one, today), line.month, one.id, one.on)
        for one in own
    ]


def _outcome(quarter: Quarter, event: EventFact, today: date) -> Outcome:
    here = quarter_of(event.on) == quarter
    if event.state is EventState.CANCELLED:
        return Outcome.CANCELLED
    if event.state is EventState.HELD:
        return Outcome.HELD if here else Outcome.HELD_ELSEWHEN
    if not here:
        return Outcome.MOVED
    return Outcome.UNMARKED if event.on < today else Outcome.TO_COME
