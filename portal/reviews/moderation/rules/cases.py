"""A case of moderation: what is moderated, how it stands, and the lines of its threads."""

from __future__ import annotations

from enum import StrEnum


class CaseKind(StrEnum):
    """What is moderated."""

    EXTERNAL = "external"
    GUIDED = "guided"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return KIND_TITLES[self]


KIND_TITLES = {CaseKind.EXTERNAL: "External review", CaseKind.GUIDED: "Guided self-assessment"}


class CaseState(StrEnum):
    """How a case stands."""

    OPEN = "open"
    APPROVED = "approved"
    RETURNED = "returned"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return STATE_TITLES[self]


STATE_TITLES = {CaseState.OPEN: "Open", CaseState.APPROVED: "Approved", CaseState.RETURNED: "Returned"}


class MessageKind(StrEnum):
    """What a line of an item's thread is."""

    QUERY = "query"
    ANSWER = "answer"
    RESOLVED = "resolved"
    CHANGED = "changed"

    @property
    def words(self) -> str:
        return MESSAGE_WORDS[self]


MESSAGE_WORDS = {
    MessageKind.QUERY: "asked",
    MessageKind.ANSWER: "answered",
    MessageKind.RESOLVED: "settled the query",
    MessageKind.CHANGED: "changed the rating",
}
