"""The calendar of communications: what an entry is, and one table of its states and moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TITLE_LONGEST = 160
CHANNEL_LONGEST = 80
NOTE_LONGEST = 2000


class EntryKind(StrEnum):
    """What is made. Every one has an owner and a date."""

    NEWSLETTER = "newsletter"
    SOCIAL = "social"
    DOCUMENT = "document"

    @property
    def words(self) -> str:
        return _KINDS[self]


class EntryState(StrEnum):
    """How far it is."""

    PLANNED = "planned"
    DRAFT = "draft"
    READY = "ready"
    OUT = "out"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        return _STATES[self]


class EntryMove(StrEnum):
    """What is done to an entry. Every move has one that takes it back."""

    BEGIN = "begin"
    FINISH = "finish"
    SEND_OUT = "send-out"
    DROP = "drop"
    UNBEGIN = "unbegin"
    UNFINISH = "unfinish"
    CALL_BACK = "call-back"
    RESTORE = "restore"


@dataclass(frozen=True)
class Words:
    """A move as its button names it, and what is said afterwards."""

    button: str
    done: str


_KINDS = {
    EntryKind.NEWSLETTER: "Newsletter",
    EntryKind.SOCIAL: "Social media post",
    EntryKind.DOCUMENT: "Branded document",
}
_STATES = {
    EntryState.PLANNED: "Planned",
    EntryState.DRAFT: "In draft",
    EntryState.READY: "Ready",
    EntryState.OUT: "Out",
    EntryState.DROPPED: "Dropped",
}
WORDS = {
    EntryMove.BEGIN: Words("Begin the draft", "is in draft."),
    EntryMove.FINISH: Words("Mark as ready", "is ready."),
    EntryMove.SEND_OUT: Words("Mark as out", "is out."),
    EntryMove.DROP: Words("Drop it", "is dropped."),
    EntryMove.UNBEGIN: Words("Back to planned", "is planned again."),
    EntryMove.UNFINISH: Words("Back to draft", "is in draft again."),
    EntryMove.CALL_BACK: Words("Not out after all", "is ready, and not out."),
    EntryMove.RESTORE: Words("Plan it again", "is planned again."),
}
TABLE: dict[tuple[EntryState, EntryMove], EntryState] = {
    (EntryState.PLANNED, EntryMove.BEGIN): EntryState.DRAFT,
    (EntryState.PLANNED, EntryMove.DROP): EntryState.DROPPED,
    (EntryState.DRAFT, EntryMove.FINISH): EntryState.READY,
    (EntryState.DRAFT, EntryMove.UNBEGIN): EntryState.PLANNED,
    (EntryState.DRAFT, EntryMove.DROP): EntryState.DROPPED,
    (EntryState.READY, EntryMove.SEND_OUT): EntryState.OUT,
    (EntryState.READY, EntryMove.UNFINISH): EntryState.DRAFT,
    (EntryState.READY, EntryMove.DROP): EntryState.DROPPED,
    (EntryState.OUT, EntryMove.CALL_BACK): EntryState.READY,
    (EntryState.DROPPED, EntryMove.RESTORE): EntryState.PLANNED,
}
SETTLED = frozenset({EntryState.OUT, EntryState.DROPPED})  # nothing is left to do


@dataclass(frozen=True)
class EntryDetails:
    """What an entry says, as typed."""

    kind: EntryKind
    title: str
    due: date
    channel: str = ""
    note: str = ""


def after(state: EntryState, move: EntryMove) -> EntryState | None:
    """The state that a move leads to; None where it cannot be made."""
    return TABLE.get((state, move))


def moves(state: EntryState) -> tuple[EntryMove, ...]:
    """What can be done to an entry in this state, in the order of the table."""
    return tuple(move for at, move in TABLE if at is state)


def overdue(state: EntryState, due: date, today: date) -> bool:
    """Whether its day has passed and something is left to do. On the day itself it is not."""
    return state not in SETTLED and due < today


def problems(details: EntryDetails) -> dict[str, str]:
    """What is wrong, by field."""
    found = {}
    if not details.title.strip():
        found["title"] = "Enter a title"
    for name, limit in (("title", TITLE_LONGEST), ("channel", CHANNEL_LONGEST), ("note", NOTE_LONGEST)):
        if len(getattr(details, name)) > limit:
            found[name] = f"The {name} must be {limit:,} characters or fewer"
    return found
