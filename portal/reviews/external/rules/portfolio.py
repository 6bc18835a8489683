"""The evidence portfolio: what is asked for, how far it is supplied, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from portal.scales.rules.definition import Scale

BASE_SCALE = "ips-25"  # whose item keys the data file uses


class DocumentState(StrEnum):
    """How far a document is supplied, as the service says."""

    NOT_SUPPLIED = "not-supplied"
    SUPPLIED = "supplied"
    PARTLY = "partly"
    NOT_AVAILABLE = "not-available"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _STATES[self]


_STATES = {
    DocumentState.NOT_SUPPLIED: "Not supplied",
    DocumentState.SUPPLIED: "Supplied",
    DocumentState.PARTLY: "Partly supplied",
    DocumentState.NOT_AVAILABLE: "Not available",
}
MISSING = frozenset({DocumentState.NOT_SUPPLIED, DocumentState.PARTLY})


class MeetingKind(StrEnum):
    """What happens at a planned time."""

    INTERVIEW = "interview"
    OBSERVATION = "observation"
    SESSION = "session"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return self.value.capitalize()


@dataclass(frozen=True)
class AskedFor:
    """What the data file says of a document or a meeting: which items of a scale it informs.

    `items` are keys of ips-25; `also` adds keys of another scale that ips-25 has no counterpart for.
    """

    key: str
    title: str
    items: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Document(AskedFor):
    """A document that a service is asked for."""

    send: str = ""
    leave_out: str = ""
    required: bool = True


@dataclass(frozen=True)
class Meeting(AskedFor):
    """An interview (its key is the role), an observation or another session of the visit."""

    kind: MeetingKind = MeetingKind.INTERVIEW
    minutes: int = 30
    people: int = 1
    detail: str = ""
    usual: bool = True  # planned for every review; others are offered


@dataclass(frozen=True)
class RequestList:
    """The whole data file."""

    documents: tuple[Document, ...]
    meetings: tuple[Meeting, ...]
    leave_out: str
    source: str

    def meeting(self, kind: MeetingKind, key: str) -> Meeting | None:
        """The meeting of this kind with this key."""
        return next((one for one in self.meetings if (one.kind, one.key) == (kind, key)), None)


def items_informed(asked: AskedFor, scale: Scale) -> tuple[str, ...]:
    """The keys of the scale's items that this informs, in the scale's order.

    A scale that has ips-25's own keys needs no crosswalk; an item informed by nothing is left out.
    """
    wanted = set(asked.items)
    across = scale.crosswalk.get(BASE_SCALE, {})
    also = set(asked.also.get(scale.key, ()))
    plain = not across
    return tuple(
        item.key
        for item in scale.items
        if item.key in also or across.get(item.key) in wanted or (plain and item.key in wanted)
    )


def items_of_meeting(meeting: Meeting, scale: Scale) -> tuple[str, ...]:
    """An interview informs the items that have a question for its role; others what the file names."""
    if meeting.kind is not MeetingKind.INTERVIEW:
        return items_informed(meeting, scale)
    return tuple(item.key for item in scale.items if meeting.key in item.questions)


def settled(state: DocumentState, files: int, note: str) -> DocumentState:
    """The state once files have come or gone: a file means that something is supplied, and a document
    that was supplied as files only is not supplied any more when the last one goes.
    """
    if files and state is DocumentState.NOT_SUPPLIED:
        return DocumentState.SUPPLIED
    if not files and not note.strip() and state in (DocumentState.SUPPLIED, DocumentState.PARTLY):
        return DocumentState.NOT_SUPPLIED
    return state


def note_needed(state: DocumentState, files: int) -> str | None:
    """Why this state needs a note, or None where it needs none."""
    if state is DocumentState.NOT_AVAILABLE:
        return "Say why it is not available"
    if state in (DocumentState.SUPPLIED, DocumentState.PARTLY) and not files:
        return "Add a file, or say where the reviewers can see it"
    return None


@dataclass(frozen=True)
class Counted:
    """How many documents are in which state. What is not normally required counts where it is supplied."""

    supplied: int = 0
    partly: int = 0
    not_available: int = 0
    asked: int = 0

    @property
    def words(self) -> str:
        """14 of 22 supplied, 2 partly, 1 not available."""
        parts = [f"{self.supplied} of {self.asked} supplied"]
        parts += [f"{self.partly} partly"] if self.partly else []
        parts += [f"{self.not_available} not available"] if self.not_available else []
        return ", ".join(parts)


def counted(documents: Iterable[tuple[DocumentState, bool]]) -> Counted:
    """Count (state, required) of the documents asked for."""
    rows = [(state, required) for state, required in documents]
    asked = [state for state, required in rows if required or state is not DocumentState.NOT_SUPPLIED]
    return Counted(
        supplied=asked.count(DocumentState.SUPPLIED),
        partly=asked.count(DocumentState.PARTLY),
        not_available=asked.count(DocumentState.NOT_AVAILABLE),
        asked=len(asked),
    )


def items_without_evidence(
    scale: Scale, documents: Iterable[tuple[DocumentState, Sequence[str]]]
) -> tuple[int, ...]:
    """The numbers of the items that documents inform and for which nothing at all is supplied yet."""
    informed: set[str] = set()
    covered: set[str] = set()
    for state, keys in documents:
        informed |= set(keys)
        if state in (DocumentState.SUPPLIED, DocumentState.PARTLY):
            covered |= set(keys)
    return tuple(item.number for item in scale.items if item.key in informed - covered)
