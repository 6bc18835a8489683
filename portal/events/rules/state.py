"""The life of an event: one table. Moving an event changes its dates and not its state."""

from __future__ import annotations

from enum import StrEnum

from portal.core.errors import Refused


class EventState(StrEnum):
    """Where an event stands."""

    PLANNED = "planned"  # seen by its organiser only
    PUBLISHED = "published"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def words(self) -> str:
        return _STATES[self]


class EventAction(StrEnum):
    """What an organiser does to an event."""

    PUBLISH = "publish"
    EDIT = "edit"
    MOVE = "move"
    CANCEL = "cancel"
    HOLD = "hold"
    REOPEN = "reopen"  # it was marked as held by mistake


_STATES = {
    EventState.PLANNED: "Planned",
    EventState.PUBLISHED: "Published",
    EventState.HELD: "Held",
    EventState.CANCELLED: "Cancelled",
}
TABLE: dict[tuple[EventState, EventAction], EventState] = {
    (EventState.PLANNED, EventAction.PUBLISH): EventState.PUBLISHED,
    (EventState.PLANNED, EventAction.EDIT): EventState.PLANNED,
    (EventState.PLANNED, EventAction.MOVE): EventState.PLANNED,
    (EventState.PLANNED, EventAction.CANCEL): EventState.CANCELLED,
    (EventState.PUBLISHED, EventAction.EDIT): EventState.PUBLISHED,
    (EventState.PUBLISHED, EventAction.MOVE): EventState.PUBLISHED,
    (EventState.PUBLISHED, EventAction.CANCEL): EventState.CANCELLED,
    (EventState.PUBLISHED, EventAction.HOLD): EventState.HELD,
    (EventState.HELD, EventAction.EDIT): EventState.HELD,
    (EventState.HELD, EventAction.REOPEN): EventState.PUBLISHED,
}
_WHY_NOT = {
    EventState.PLANNED: "The event is not published yet.",
    EventState.PUBLISHED: "The event is published.",
    EventState.HELD: "The event has been held.",
    EventState.CANCELLED: "The event is cancelled.",
}


def after(state: EventState, action: EventAction) -> EventState:
    """The state that an action leads to. Raises Refused where the state does not allow it."""
    found = TABLE.get((state, action))
    if found is None:
        raise Refused(_WHY_NOT[state])
    return found


def may(state: EventState, action: EventAction) -> bool:
    """Whether the state allows an action."""
    return (state, action) in TABLE
